"""A chart is a specification in the page, with words for those who do not see it."""

import json
import re

import altair as alt
import pandas as pd
import pytest
from underbalance.present.site.charts import chart


@pytest.fixture
def shown():
    data = pd.DataFrame({"x": [1 / 3, 2.0], "y": ["</script><b>", "b"]})
    spec = alt.Chart(data).mark_point().encode(x="x:Q", y="y:N")
    return str(chart(spec, "points", alt="Two <points>", caption="A & B.", fallback="t.html"))


def spec_in(text):
    return json.loads(re.search(r'id="spec-points">(.*?)</script>', text, re.DOTALL).group(1))


def test_data_cannot_end_the_script_they_stand_in(shown):
    assert shown.count("</script>") == 1
    assert "</script><b>" in json.dumps(spec_in(shown))


def test_what_the_chart_shows_is_said_in_words(shown):
    assert spec_in(shown)["description"] == "Two <points>"
    assert '<figcaption>A &amp; B. <a href="t.html">The numbers</a>' in shown


def test_numbers_are_short(shown):
    assert "0.3333333" in shown
    assert "0.33333333" not in shown


def test_chart_names_no_address(shown):
    assert "http" not in shown
