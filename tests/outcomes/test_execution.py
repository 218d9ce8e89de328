import numpy as np
import pandas as pd
import pytest
from underbalance.outcomes.execution import SHORTFALL, execution
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.spending_plans import milex_releases, nato_editions
from underbalance.schemas.limits import REDEFINED
from underbalance.schemas.outcomes import execution as schema
from underbalance.tables import check_frame, read_table

NATIONAL, CONSTANT, EQUIPMENT = "defence_national_m", "defence_usd_constant_m", "equipment_percent"
RELEASE = {"currency": "EUR", "quality": "", "adopted_budget": False}
NATO_TYPES = {
    **dict.fromkeys(["iso3", "edition", "series", "currency"], "str"),
    **dict.fromkeys(["year", "price_base"], "Int64"),
    **{"value": "float64", "estimate": "boolean"},
}
SIPRI_TYPES = {
    **dict.fromkeys(["iso3", "currency", "quality"], "str"),
    **dict.fromkeys(["year", "release_year"], "Int64"),
    **{"local_currency_m": "float64", "adopted_budget": "boolean"},
}
Figure = tuple[int, str, float, bool]


def nato(*figures: Figure, iso3: str = "BEL", series: str = NATIONAL, **columns) -> pd.DataFrame:
    """Figures as (year, edition, value, estimate)."""
    table = pd.DataFrame(figures, columns=["year", "edition", "value", "estimate"])
    base = 2015 if "_constant_" in series else None
    usual = {"currency": "EUR" if series == NATIONAL else "", "price_base": base}
    return table.assign(iso3=iso3, series=series, **(usual | columns)).astype(NATO_TYPES)


def sipri(*figures: tuple[int, int, float], iso3: str = "BEL", **columns) -> pd.DataFrame:
    """Figures as (year, release, value)."""
    table = pd.DataFrame(figures, columns=["year", "release_year", "local_currency_m"])
    return table.assign(iso3=iso3, **(RELEASE | columns)).astype(SIPRI_TYPES)


def made(*parts: pd.DataFrame, years: tuple[tuple[str, int, bool], ...] = ()):
    """The outcome of NATO's and SIPRI's figures, and its ledger."""
    editions = [part for part in parts if "edition" in part] or [nato()]
    releases = [part for part in parts if "release_year" in part] or [sipri()]
    allied = pd.DataFrame(list(years), columns=["iso3", "year", "is_ally"])
    return execution(pd.concat(releases), pd.concat(editions), allied)


PLAN = (2022, "2022-06", 100.0, True)
OUTTURN = (2022, "2024-06", 90.0, False)
NEXT_PLAN = (2024, "2024-06", 120.0, True)


def test_figure_carried_out_is_set_against_the_plan_of_the_year():
    table, _ = made(nato(PLAN, OUTTURN, NEXT_PLAN), years=(("BEL", 2022, True),))
    (row,) = table.to_dict("records")
    assert row["execution"] == pytest.approx(np.log(0.9))
    assert row["execution_error"] == pytest.approx(-np.log(0.9))
    assert (row["planned_edition"], row["outcome_edition"]) == ("2022-06", "2024-06")
    assert (row["year"], row["source"], row["is_ally"]) == (2022, "nato", True)
    assert row["shortfall"]
    check_frame(table, schema(), "outcome.execution")


def test_year_that_a_later_edition_still_estimates_waits_for_the_one_that_has_it_settled():
    still = (2022, "2023-06", 97.0, True)
    own = (2023, "2023-06", 1.0, True)
    table, _ = made(nato(PLAN, still, own, OUTTURN, NEXT_PLAN))
    row = table.set_index("year").loc[2022]
    assert (row["outcome_edition"], row["execution"]) == ("2024-06", pytest.approx(np.log(0.9)))


def test_of_two_settled_editions_the_first_counts():
    later = (2022, "2026-06", 50.0, False)
    table, _ = made(nato(PLAN, OUTTURN, NEXT_PLAN, later, (2026, "2026-06", 1.0, True)))
    assert table["outcome_edition"].tolist() == ["2024-06"]


def test_estimate_of_a_year_already_over_is_no_plan():
    table, ledger = made(
        nato((2021, "2022-06", 80.0, True), PLAN, (2021, "2024-06", 70.0, False), NEXT_PLAN)
    )
    assert table.empty
    assert ledger["key"].tolist() == ["BEL 2022 nato", "BEL 2024 nato"]
    assert set(ledger["rule"]) == {"not_settled"}


@pytest.mark.parametrize(("ratio", "short"), [(1 - SHORTFALL, False), (0.979, True), (1.5, False)])
def test_shortfall_is_more_than_two_percent_below_the_plan(ratio, short):
    table, _ = made(nato(PLAN, (2022, "2024-06", 100 * ratio, False), NEXT_PLAN))
    assert table["shortfall"].tolist() == [short]


def test_kuna_are_converted_into_euro_at_the_fixed_rate_and_the_ledger_says_so():
    table, ledger = made(
        nato((2022, "2022-06", 7534.5, True), iso3="HRV", currency="HRK"),
        nato((2022, "2024-06", 1000.0, False), (2024, "2024-06", 1.0, True), iso3="HRV"),
    )
    assert table["execution"].tolist() == pytest.approx([0])
    entry = ledger.set_index("rule").loc["converted_to_euro"]
    assert (entry["key"], entry["old"], entry["new"]) == ("HRV 2022 nato", "7534.5", "1000.0")
    assert "7.5345" in entry["reason"]


def test_currency_without_a_fixed_rate_is_left_out_and_told():
    table, ledger = made(
        nato((2022, "2022-06", 100.0, True), currency="BGN"),
        nato((2022, "2024-06", 51.0, False), (2024, "2024-06", 1.0, True)),
    )
    assert table.empty
    assert "redenominated" in set(ledger["rule"])


def test_redefinition_shows_in_a_year_that_both_editions_count_as_settled():
    settled = [(2020, "2022-06", 100.0, False), (2020, "2024-06", 130.0, False)]
    table, ledger = made(nato(PLAN, (2022, "2024-06", 130.0, False), NEXT_PLAN, *settled))
    assert table.empty
    entry = ledger.set_index("rule").loc["redefined"]
    assert (entry["key"], entry["old"]) == ("BEL 2022 nato", "0.2624")
    assert "1.300" in entry["reason"]


def test_small_revision_of_a_settled_year_is_kept_and_given():
    factor = np.exp(REDEFINED - 0.001)
    settled = [(2020, "2022-06", 100.0, False), (2020, "2024-06", 100 * factor, False)]
    older = [(2019, "2022-06", 100.0, False), (2019, "2024-06", 200.0, False)]
    table, _ = made(nato(PLAN, OUTTURN, NEXT_PLAN, *settled, *older))
    # of the settled years the latest is the one that counts
    assert table["settled_revision"].tolist() == pytest.approx([REDEFINED - 0.001])


def test_settled_litas_are_converted_before_they_are_compared():
    table, _ = made(
        nato((2014, "2016-01", 345.28, False), iso3="LTU", currency="LTL"),
        nato((2015, "2016-01", 100.0, True), iso3="LTU"),
        nato(
            (2014, "2022-06", 100.0, False),
            (2015, "2022-06", 99.0, False),
            (2022, "2022-06", 1.0, True),
            iso3="LTU",
        ),
    )
    assert table["settled_revision"].tolist() == pytest.approx([0])


def test_plan_known_in_dollars_alone_is_compared_at_constant_prices_of_one_base():
    plan = nato((2019, "2019-06", 200.0, True), series=CONSTANT)
    other_base = nato((2019, "2020-06", 500.0, False), series=CONSTANT, price_base=2010)
    outturn = nato((2019, "2022-06", 210.0, False), series=CONSTANT)
    table, _ = made(plan, other_base, outturn)
    assert table["basis"].tolist() == ["constant_usd"]
    assert table["execution"].tolist() == pytest.approx([np.log(1.05)])


def test_national_currency_is_preferred_where_both_are_known():
    dollars = nato(PLAN, (2022, "2024-06", 50.0, False), NEXT_PLAN, series=CONSTANT)
    table, _ = made(dollars, nato(PLAN, OUTTURN, NEXT_PLAN))
    assert table[["basis", "execution"]].to_numpy().tolist() == [
        ["national_currency", pytest.approx(np.log(0.9))]
    ]


def test_equipment_gap_is_in_percentage_points_of_the_same_two_editions():
    shares = nato((2022, "2022-06", 25.0, True), (2022, "2024-06", 22.0, False), series=EQUIPMENT)
    table, _ = made(nato(PLAN, OUTTURN, NEXT_PLAN), shares)
    assert table["equipment_gap"].tolist() == [-3]


def test_sipri_sets_the_first_release_against_the_latest():
    table, _ = made(sipri((2015, 2016, 100.0), (2015, 2025, 110.0)))
    (row,) = table.to_dict("records")
    assert (row["source"], row["planned_edition"], row["outcome_edition"]) == (
        "sipri",
        "2016",
        "2025",
    )
    assert row["execution"] == pytest.approx(np.log(1.1))
    assert not row["is_ally"]
    check_frame(table, schema(), "outcome.execution")


def test_budget_that_never_became_an_outturn_is_left_out():
    first, last = sipri((2015, 2016, 100.0)), sipri((2015, 2025, 110.0), adopted_budget=True)
    table, ledger = made(first, last)
    assert table.empty
    assert ledger[["key", "rule"]].to_numpy().tolist() == [["BEL 2015 sipri", "budget_no_outturn"]]


def test_first_figure_that_sipri_estimated_is_no_plan_of_the_ally():
    first, last = sipri((2015, 2016, 100.0), quality="estimate"), sipri((2015, 2025, 110.0))
    table, ledger = made(first, last)
    assert table.empty
    assert ledger["rule"].tolist() == ["estimated_by_sipri"]


def test_ratio_that_only_a_change_of_unit_can_make_is_left_out():
    table, ledger = made(sipri((2015, 2016, 100.0), (2015, 2025, 1000.0)))
    assert table.empty
    assert ledger["rule"].tolist() == ["implausible_ratio"]


@pytest.fixture
def shipped(project):
    releases = read_table(RAW_FOLDER / "milex_releases.csv", milex_releases())
    editions = read_table(RAW_FOLDER / "nato_editions.csv", nato_editions())
    allied = editions[["iso3", "year"]].drop_duplicates().assign(is_ally=True)
    table, ledger = execution(releases, editions, allied)
    return table.set_index(["iso3", "year", "source"]), ledger.set_index(["key", "rule"])


@pytest.mark.parametrize(
    ("case", "planned", "carried_out"),
    [
        # national currency, NATO's tables of June 2022 and June 2024
        (("LTU", 2022, "nato"), 1499.236, 1648.869),
        (("ALB", 2022, "nato"), 32632.805, 25847.998),
        (("HRV", 2022, "nato"), 9373 / 7.5345, 1218.844),
        # of January 2016 and June 2022
        (("LTU", 2015, "nato"), 425.003, 424.910),
        (("DEU", 2015, "nato"), 35516.614, 35898.052),
        # SIPRI's releases of 2023 and 2025
        (("JPN", 2022, "sipri"), 6174283, 5556000),
        (("PHL", 2022, "sipri"), 216050.1, 289958.5),
    ],
)
def test_shipped_cases_have_the_two_figures_of_their_sources(shipped, case, planned, carried_out):
    table, _ = shipped
    assert table.loc[case, "execution"] == pytest.approx(np.log(carried_out / planned), abs=1e-4)


def test_what_is_known_to_be_counted_anew_is_not_taken_for_spending(shipped):
    table, ledger = shipped
    # Croatia put its pensions in: all years are a third higher in the edition of 2022
    assert ("HRV", 2015, "nato") not in table.index
    assert ("HRV 2015 nato", "redefined") in ledger.index
    assert ("HRV 2022 nato", "converted_to_euro") in ledger.index


def test_settled_years_hardly_move_which_is_why_two_percent_is_a_shortfall(shipped):
    table, _ = shipped
    assert (table["settled_revision"].dropna().abs() < SHORTFALL).mean() > 0.95
