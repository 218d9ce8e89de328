"""The page of an ally, and the list of allies."""

import re
from dataclasses import replace

import pytest
from underbalance.present.ally.by_year import Series
from underbalance.present.ally.index import ally_line, write_ally_index
from underbalance.present.ally.page import legend, level, write_ally_page, year_button
from underbalance.present.extension_use import Use
from underbalance.present.tie_words import Counting

TYPES = [
    {"iso3": "JPN", "year": year, "quantile": 0.5, "type": kind, "is_ally": ally}
    for year, kind, ally in [(1990, "slow", 1), (1991, "", 0)]
]
DEAL = {"deal_id": 1, "iso3": "JPN", "designation": "<SM-3>", "description": "missile"}
DEAL |= {"number_ordered": 2, "number_delivered": 0, "exclusion": "", "order_year": 1995}
DEAL |= {"order_year_uncertain": 0, "first_delivery_year": None, "last_delivery_year": None}


def test_button_of_a_year_has_letter_and_words():
    button = year_button({"year": 1998, "type": "failing", "committed": True})
    assert (button["letter"], button["words"]) == ("F", "1998: failing")


def test_button_of_a_year_outside_the_alliance_says_so():
    button = year_button({"year": 1990, "type": "", "committed": False})
    assert button["words"] == "1990: not known, no US defence commitment"
    assert button["kind"] == "unknown"


def test_button_outside_the_years_of_a_designation_does_not_speak_of_a_commitment():
    made = Counting("designation", "designation")
    button = year_button({"year": 1986, "type": "", "committed": False}, made)
    assert button["words"] == "1986: not known, no US designation"


def test_legend_has_the_types_of_the_ally_only():
    assert [letter for letter, _, _ in legend([{"type": "slow"}, {"type": ""}])] == ["S", "·"]


def test_level_says_value_year_and_side():
    rows = ({"year": 1990, "value": 1.0}, {"year": 1991, "value": None})
    series = Series("legal", "Legal obstacle", "0 to 1", rows, (0.1, 1.0, 1.2))
    assert level(series) == (
        "Legal obstacle (0 to 1): 1.00 in 1990, not above the reference median of 1.00."
    )


def test_level_of_what_is_never_known_says_so():
    assert (
        level(Series("legal", "Legal obstacle", "", ()))
        == "Legal obstacle: not known for any year."
    )


@pytest.fixture
def page(facts, shared):
    made = facts(typology=TYPES, deals=[DEAL])
    return write_ally_page(made, "JPN", shared).read_text(encoding="utf-8")


def test_page_has_a_button_for_each_year(page):
    assert re.findall(r'data-year="(\d+)"', page) == ["1990", "1991"]
    assert 'data-explain="explain/JPN.js"' in page
    assert 'data-title="Japan {year}: what it is coded as, and why"' in page


def test_every_chart_leads_to_a_table_of_the_page(page):
    charts = re.findall(r'<figure class="chart".*?</figure>', page, re.DOTALL)
    targets = [re.search(r'href="#(table-\w+)"', chart)[1] for chart in charts]
    assert len(targets) == 5
    assert set(targets) == {"table-obstacles", "table-deals"}
    assert all(f'id="{target}"' in page for target in targets)


def test_text_of_the_tables_is_shown_as_text(page):
    assert "&lt;SM-3&gt;" in page
    assert "<SM-3>" not in page


def test_page_leads_to_the_case_where_there_is_one(page, facts, shared):
    assert 'href="../cases/JPN.html"' in page
    no_case = replace(shared, cases=frozenset())
    assert "cases/JPN.html" not in write_ally_page(facts(), "JPN", no_case).read_text("utf-8")


def test_ally_without_orders_or_outcomes_has_a_page_that_says_so(facts, shared):
    page = write_ally_page(facts(), "JPN", shared).read_text(encoding="utf-8")
    assert "The register has no order of US arms by this ally." in page
    assert 'id="table-deals"' not in page
    assert "No primary model has a case of this ally." in page


def test_ally_without_legal_data_has_a_page(facts, shared):
    years = [
        {"iso3": "JPN", "year": year, "is_ally": 1, "in_reference": 1}
        | {"political": 1.0, "economic": 1.0, "legal": None, "social": None}
        for year in (1990, 1991)
    ]
    page = write_ally_page(facts(years, typology=TYPES), "JPN", shared).read_text(encoding="utf-8")
    assert "Legal obstacle: not known for any year." in page


def test_same_tables_give_the_same_bytes(facts, shared):
    pages = [
        write_ally_page(facts(typology=TYPES, deals=[DEAL]), "JPN", shared).read_bytes()
        for _ in range(2)
    ]
    assert pages[0] == pages[1]


def test_list_has_type_and_obstacles_of_the_last_year_with_a_type(facts):
    line = ally_line(facts(typology=TYPES, deals=[DEAL]), "JPN")
    assert (line["type"], line["type_year"]) == ("slow", 1990)
    assert [one["text"] for one in line["obstacles"]] == ["1.00"] * 4
    assert (line["deals"], line["open"]) == (1, 1)


def test_list_marks_a_type_of_a_year_without_a_commitment(facts, shared):
    years = [
        {"iso3": "JPN", "year": year, "is_ally": committed, "in_reference": 1}
        | dict.fromkeys(("political", "economic", "legal", "social"), 1.0)
        for year, committed in ((1990, 1), (1991, 0))
    ]
    types = [{**row, "type": "slow"} for row in TYPES]
    assert ally_line(facts(years, typology=types), "JPN")["outside"] is True
    assert ally_line(facts(years, typology=types[:1]), "JPN")["outside"] is False
    write_ally_index(facts(years, typology=types), ["JPN"], shared.site)
    assert "no commitment in force" in (shared.site.root / "allies/index.html").read_text("utf-8")


def test_ally_without_a_type_is_listed_without_obstacles(facts):
    line = ally_line(facts(), "JPN")
    assert (line["type"], {one["text"] for one in line["obstacles"]}) == ("", {""})


def test_list_is_sorted_by_name_and_can_be_searched(facts, shared):
    years = [
        {"iso3": iso3, "year": 1990, "is_ally": 1, "in_reference": 1}
        | dict.fromkeys(("political", "economic", "legal", "social"), 1.0)
        for iso3 in ("ALB", "DEU", "GBR")
    ]
    write_ally_index(facts(years), ["DEU", "GBR", "ALB"], shared.site)
    text = (shared.site.root / "allies/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<a href="(\w+)\.html">', text) == ["ALB", "DEU", "GBR"]
    assert 'data-filter="allies"' in text


def test_page_of_an_added_ally_says_what_is_used_of_it_and_speaks_of_no_commitment(facts, shared):
    tie = {"iso3": "JPN", "commitment": "MNNA", "start": "1987", "end": ""}
    made = facts(typology=TYPES, deals=[DEAL], alliance=[tie])
    vars(made)["ties"] = frozenset({("JPN", "MNNA", "1987")})
    use = Use("It is in one model.", "Not in two.", "")
    text = write_ally_page(made, "JPN", replace(shared, uses={"JPN": use})).read_text("utf-8")
    assert text.count("It is in one model.") == 2
    assert text.count("Not in two.") == 1
    assert "US designation as major non-NATO ally" in text
    assert "commitment" not in re.sub(r'href="[^"]*"|outcomes/\w+', "", text)
