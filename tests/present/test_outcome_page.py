"""The page of an outcome counts the sample's cases and shows what was left out."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.ledger import LEDGER_COLUMNS
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.found_wording import Found
from underbalance.present.outcome_figure import outcome_svg
from underbalance.present.outcome_numbers import outcome_numbers, summary_line, waiting_curve
from underbalance.present.outcome_page import write_outcome_page
from underbalance.present.outcome_summary import describe_outcomes
from underbalance.present.site.frame import Site
from underbalance.registry import read_codebook, read_sources

GROUP = Group(label="Sample <of> two", members=("JPN", "KOR"), years="committed")
NAMES = {"JPN": "Japan", "KOR": "South Korea"}
FOUND = Found("slower, as predicted", "−0.141 (log hazard ratio)", "p = 0.028")
MEMBERS = frozenset({"JPN", "KOR"})
DELIVERY, EFFORT = OUTCOMES["delivery"], OUTCOMES["effort"]


def orders(*waited: tuple[int, bool], iso3: str = "JPN") -> pd.DataFrame:
    years, delivered = zip(*waited, strict=True)
    return pd.DataFrame(
        {
            "iso3": iso3,
            "year": 2000,
            "is_ally": True,
            "deal_id": range(1, len(waited) + 1),
            "years_to_delivery": pd.array(years, dtype="Int64"),
            "delivered": delivered,
        }
    )


def growth(*values: float) -> pd.DataFrame:
    span = range(2000, 2000 + len(values))
    return pd.DataFrame({"iso3": "JPN", "year": span, "is_ally": True, "effort_growth": values})


def page(
    folder: Path, table: pd.DataFrame, *entries: tuple[str, ...], name: str = "delivery"
) -> str:
    ledger = pd.DataFrame(entries, columns=LEDGER_COLUMNS, dtype="str")
    lists = {"codebook": read_codebook(), "sources": read_sources(), "ledger": ledger}
    sample = {"group": GROUP, "members": MEMBERS, "lists": lists, "names": NAMES}
    said = {"hypothesis": "H3", "term": "Social obstacle", "found": FOUND}
    models = [said | {"title": "A model", "address": "tables/models_H3.html"}]
    site = Site(folder, GROUP.label)
    write_outcome_page(name, OUTCOMES[name], table, site, **sample, models=models)
    return (folder / f"outcomes/{name}.html").read_text(encoding="utf-8")


def test_censored_orders_count_as_waiting_and_not_as_ended():
    cases = orders((1, True), (2, True), (3, False), (9, False))
    numbers = outcome_numbers(cases, DELIVERY, MEMBERS)
    assert (numbers.rows, numbers.ended) == (4, 2)
    # a quarter ended by 1 and half by 2; the mean of what was waited so far says nothing
    assert numbers.spread["p25"] == 1
    assert numbers.spread["median"] == 2
    assert pd.isna(numbers.spread["p75"])
    assert pd.isna(numbers.spread["mean"])


def test_yearly_measure_is_described_by_its_moments():
    numbers = outcome_numbers(growth(1, 2, 3, 4), EFFORT, MEMBERS)
    assert numbers.ended is None
    assert numbers.spread["mean"] == 2.5
    assert numbers.spread["sd"] == pytest.approx(1.2909944)
    assert (numbers.first_year, numbers.last_year) == (2000, 2003)


def test_allies_without_a_case_are_named():
    numbers = outcome_numbers(growth(1, 2), EFFORT, MEMBERS)
    assert numbers.without == ("KOR",)
    assert summary_line("effort", EFFORT, numbers)["allies_without"] == "KOR"


def test_only_allied_years_of_members_are_on_the_page(tmp_path):
    mixed = pd.concat(
        [
            orders((1, True), (2, True)),
            orders((1, True), iso3="TWN"),
            orders((5, True)).assign(is_ally=False),
        ]
    )
    text = page(tmp_path, mixed)
    assert '<th scope="row">Cases</th><td class="number">2</td>' in text
    assert "Sample &lt;of&gt; two" in text


def test_the_ledger_is_summed_by_rule(tmp_path):
    entries = [
        ("outcome.delivery", f"deal {n}", "too_old", "", "", "before the register")
        for n in (1, 2, 3)
    ]
    other = ("outcome.effort", "JPN 2000", "gap", "", "", "not observed")
    text = page(tmp_path, orders((1, True)), *entries, other)
    assert 'too old <code>too_old</code></th><td class="number">3</td>' in text
    assert "<code>gap</code>" not in text


def test_a_sample_without_a_case_gets_a_page_that_says_so(tmp_path):
    empty = orders((1, True)).iloc[:0]
    assert "The sample has no case." in page(tmp_path, empty)


def test_same_cases_give_the_same_bytes(tmp_path):
    cases = orders((1, True), (2, False))
    assert page(tmp_path / "a", cases) == page(tmp_path / "b", cases)


def test_a_case_that_is_watched_late_is_not_at_risk_before():
    late = replace(DELIVERY, entry="entered")
    cases = orders((1, True), (3, True), (4, True)).assign(entered=[0, 0, 3])
    # in year 1 two are at risk and one ends, in year 3 two and one
    assert waiting_curve(cases, late)[[1, 3]].tolist() == [0.5, 0.25]
    assert waiting_curve(cases, DELIVERY)[[1, 3]].round(3).tolist() == [0.667, 0.333]


def test_a_curve_with_a_gap_in_the_risk_set_is_left_out_and_the_page_is_made():
    late = replace(DELIVERY, entry="entered")
    cases = orders((1, True), (3, True)).assign(entered=[0, 3])
    assert waiting_curve(cases, late).empty
    assert "too few cases" in outcome_svg(cases, late, "Years")


def test_cases_without_a_known_measure_are_counted_apart():
    cases = orders((1, True), (2, True)).astype({"delivered": "boolean"})
    cases.loc[1, ["years_to_delivery", "delivered"]] = pd.NA
    numbers = outcome_numbers(cases, DELIVERY, MEMBERS)
    assert (numbers.rows, numbers.unknown, numbers.ended) == (2, 1, 1)


def test_of_a_yes_or_no_only_the_share_is_shown(tmp_path):
    table = pd.DataFrame(
        {"iso3": "JPN", "year": 2016, "is_ally": True, "lost": [True, False, False, False]}
    ).astype({"lost": "boolean"})
    text = page(tmp_path, table, name="loss")
    assert '<th scope="row">Share of yes</th><td class="number">0.25</td>' in text
    assert "Lower quartile" not in text


def test_models_of_the_outcome_say_what_they_found_and_lead_to_their_table(tmp_path):
    text = page(tmp_path, orders((1, True)))
    assert "H3, A model. Social obstacle: slower, as predicted; −0.141" in text
    assert 'p = 0.028. <a href="../tables/models_H3.html">' in text


def test_allies_without_a_case_have_names_on_the_page(tmp_path):
    assert "without a case: South Korea." in page(tmp_path, orders((1, True)))


def test_share_that_has_not_ended_yet_is_said_to_be_not_reached(tmp_path):
    text = page(tmp_path, orders((1, True), (2, False), (9, False)))
    assert '<th scope="row">Half by</th><td class="number">not reached</td>' in text


def test_entry_of_the_ledger_has_the_label_of_its_column(tmp_path):
    entry = ("outcome.delivery", "deal 1 tiv_order", "size_unknown", "", "", "0 is shown")
    text = page(tmp_path, orders((1, True)), entry)
    assert "(tiv_order): 0 is shown" in text


@pytest.mark.parametrize(
    ("waited", "shown"),
    [(((1, True), (2, True)), "median 1 (calendar years)"), (((1, False),), "median not reached")],
)
def test_index_has_the_median_with_its_unit_or_says_that_it_is_not_reached(tmp_path, waited, shown):
    lists = {"codebook": read_codebook(), "sources": read_sources()}
    lists["ledger"] = pd.DataFrame(columns=LEDGER_COLUMNS, dtype="str")
    describe_outcomes(
        {"delivery": orders(*waited)},
        Site(tmp_path, GROUP.label),
        tmp_path / "summary.csv",
        group=GROUP,
        members=MEMBERS,
        lists=lists,
        names=NAMES,
        models={},
    )
    index = (tmp_path / "outcomes/index.html").read_text(encoding="utf-8")
    assert f'<td class="told">{shown}</td>' in index
