"""The ally pages of a finished run: their data are those of the tables, and they open."""

import json
import random
import re
import shutil

import numpy as np
import pandas as pd
import pytest
from underbalance.explain.answer import explain
from underbalance.explain.facts import Facts
from underbalance.explain.page import as_html
from underbalance.explain.shared import shared
from underbalance.present.ally.explained import CALL
from underbalance.present.site.frame import write_assets

pytestmark = pytest.mark.end_to_end

LARGEST = 1_500_000
# one with many orders, one without any, one that was an ally at the beginning only, two that
# joined late, one of them as a new state
LOOKED_AT = ("JPN", "ISL", "NZL", "SWE", "MNE")
PAGE_OF = "results/report/allies/{}.html"


@pytest.fixture(scope="module")
def facts(finished):
    return Facts(finished)


def explained(finished, iso3):
    text = (finished / f"results/report/allies/explain/{iso3}.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix(f"{CALL} = ").removesuffix(";\n"))


def chart_data(finished, iso3, chart):
    page = (finished / PAGE_OF.format(iso3)).read_text(encoding="utf-8")
    found = re.search(rf'id="spec-{chart}">(.*?)</script>', page)
    return pd.DataFrame(json.loads(found[1])["datasets"]["rows"])


def test_every_ally_of_the_sample_has_a_page_in_the_list(finished, facts):
    listed = (finished / PAGE_OF.format("index")).read_text(encoding="utf-8")
    pages = {path.stem for path in (finished / "results/report/allies").glob("[A-Z]*.html")}
    committed = facts.ally_year.loc[facts.ally_year["is_ally"] == 1, "iso3"]
    assert pages == set(committed)
    assert set(re.findall(r'href="([A-Z]{3})\.html"', listed)) == pages


def test_page_and_explanations_of_an_ally_are_small(finished):
    folder = finished / "results/report/allies"
    sizes = {
        page.stem: page.stat().st_size + (folder / f"explain/{page.stem}.js").stat().st_size
        for page in folder.glob("[A-Z]*.html")
    }
    assert max(sizes.values()) < LARGEST, max(sizes, key=sizes.get)


@pytest.mark.parametrize("iso3", LOOKED_AT)
@pytest.mark.parametrize("obstacle", ["political", "economic", "legal", "social"])
def test_obstacles_drawn_are_those_of_ally_year(finished, facts, iso3, obstacle):
    drawn = chart_data(finished, iso3, f"obstacles-{obstacle}")
    table = facts.ally_year[facts.ally_year["iso3"] == iso3]
    assert drawn["year"].tolist() == table["year"].tolist()
    coded = table[obstacle].astype("float64").to_numpy()
    np.testing.assert_allclose(drawn["value"].astype("float64"), coded, rtol=1e-6)


@pytest.mark.parametrize("iso3", ["JPN", "NZL"])
def test_orders_drawn_are_those_of_the_table(finished, iso3):
    deals = pd.read_csv(finished / "data/processed/deals.csv").query("iso3 == @iso3")
    drawn = chart_data(finished, iso3, "deals").replace("–", np.nan)
    key = ["designation", "order_year", "first_delivery_year"]
    both = [frame[key].astype(dict.fromkeys(key[1:], "float64")) for frame in (drawn, deals)]
    ordered = [frame.sort_values(key, ignore_index=True) for frame in both]
    pd.testing.assert_frame_equal(*ordered, check_dtype=False)
    still_open = deals["first_delivery_year"].isna().sum()
    assert (drawn["state"] == "not delivered yet").sum() == still_open


def test_ally_without_orders_has_no_chart_of_them(finished):
    page = (finished / PAGE_OF.format("ISL")).read_text(encoding="utf-8")
    assert 'data-chart="deals"' not in page
    assert "no order of US arms" in page


@pytest.mark.parametrize("iso3", LOOKED_AT)
def test_explanations_on_a_page_are_those_of_the_command(finished, facts, iso3):
    years = facts.ally_year.loc[facts.ally_year["iso3"] == iso3, "year"]
    trees = {int(year): explain(iso3, int(year), (), facts) for year in years}
    assert explained(finished, iso3) == json.loads(json.dumps(shared(trees)))


@pytest.fixture(scope="module")
def report(finished, tmp_path_factory):
    """The ally pages with what they load, moved elsewhere as a reader would."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copytree(finished / "results/report/allies", folder / "allies")
    write_assets(folder / "assets")
    return folder


def text_of(page, selector):
    """Return the text without spaces, which the two forms set differently."""
    return re.sub(r"\s", "", page.locator(selector).text_content())


@pytest.mark.needs("chromium")
def test_year_in_the_address_shows_what_the_command_prints(report, browser, page, facts):
    draw = random.Random(facts.config.seed)
    keys = facts.ally_year.loc[facts.ally_year["iso3"].isin(LOOKED_AT), ["iso3", "year"]]
    for iso3, year in [("JPN", 1998), *draw.sample(keys.to_numpy().tolist(), 4)]:
        page.goto((report / f"allies/{iso3}.html").as_uri() + f"#{year}")
        page.wait_for_selector(f'#explanation[data-year="{year}"]')
        printed = browser.new_page()
        printed.set_content(as_html(explain(iso3, year, (), facts), ""))
        assert text_of(page, "#explanation-body") == text_of(printed, "body"), (iso3, year)
        printed.close()
    assert page.faults == []


@pytest.mark.needs("chromium")
def test_year_is_chosen_and_closed_by_keyboard(report, page):
    page.goto((report / "allies/KOR.html").as_uri())
    page.focus('button[data-year="1998"]')
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector('#explanation[data-year="1999"]')
    assert page.get_attribute('button[data-year="1999"]', "aria-pressed") == "true"
    assert page.url.endswith("#1999")
    page.focus('[data-do="close"]')
    page.keyboard.press("Enter")
    assert page.is_hidden("#explanation")
    assert page.evaluate("document.activeElement.dataset.year") == "1999"


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("iso3", LOOKED_AT)
@pytest.mark.parametrize("width", [1280, 400])
def test_page_draws_every_chart_and_fits_the_screen(report, page, iso3, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((report / f"allies/{iso3}.html").as_uri())
    page.wait_for_function(
        "document.querySelectorAll('figure[data-chart]:not([data-drawn])').length === 0"
    )
    assert page.locator("figure.chart svg").count() > 4
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.faults == []


@pytest.mark.needs("chromium")
def test_link_below_a_chart_opens_its_table(report, page):
    page.goto((report / "allies/JPN.html").as_uri())
    page.click('figure[data-chart="deals"] figcaption a')
    assert page.evaluate("document.getElementById('table-deals').open")


@pytest.mark.needs("chromium")
def test_list_is_sorted_by_a_column_with_missing_values_last(report, page):
    page.goto((report / "allies/index.html").as_uri())
    page.click("th >> text=US orders")
    counts = [int(text) for text in page.locator("tbody td:nth-last-child(2)").all_text_contents()]
    assert counts == sorted(counts, reverse=True)
    page.click("th >> text=US orders")
    assert page.locator("tbody td:nth-last-child(2)").first.text_content() == "0"


@pytest.mark.needs("chromium")
def test_ally_is_found_by_name_or_region(report, page):
    page.goto((report / "allies/index.html").as_uri())
    page.fill("#ally-search", "pola")
    assert page.locator("#allies tbody tr:visible th").all_text_contents() == ["Poland"]
