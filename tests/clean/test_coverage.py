import pandas as pd
import pytest
from underbalance.clean.coverage import coverage, outcome_coverage

ALLY_YEARS = pd.DataFrame({"iso3": "JPN", "year": [1999, 2000, 2001]})


def registered(table: str, source: str, unit: str, first: int = 2000, **columns: str):
    row = {"allies_outside": "", "years_by_ally": "", "years_outside": ""} | columns
    return {"table": table, "source": source, "unit": unit, "first_year": first} | row


def statuses(facts: pd.DataFrame, *rows: dict, ally_years: pd.DataFrame = ALLY_YEARS) -> list[str]:
    sources = pd.DataFrame(rows).assign(last_year=2001)
    return coverage(ally_years, {rows[0]["table"]: facts}, sources)["status"].tolist()


def test_year_without_a_row_is_missing_inside_coverage_and_outside_before():
    facts = pd.DataFrame({"iso3": ["JPN"], "year": [2001], "polyarchy": [0.8]})
    found = statuses(facts, registered("institutions", "vdem", "year"))
    assert found == ["outside", "missing", "observed"]


def test_value_outside_the_registered_coverage_is_outside():
    facts = pd.DataFrame({"iso3": "JPN", "year": [1999, 2000, 2001], "polyarchy": 0.8})
    found = statuses(facts, registered("institutions", "vdem", "year", allies_outside="TWN;JPN"))
    assert found == ["outside"] * 3


def test_source_of_which_an_extension_has_rows_is_told_once_for_each_ally_year():
    facts = pd.DataFrame({"iso3": ["EGY", "JPN"], "year": 2000, "polyarchy": [0.2, 0.8]})
    years = pd.DataFrame({"iso3": ["EGY", "JPN", "TWN"], "year": 2000})
    shipped = registered("institutions", "vdem", "year", extension="", allies_outside="EGY")
    own = registered("institutions", "vdem", "year", extension="EGY")
    found = statuses(facts, shipped, own, ally_years=years)
    assert found == ["observed", "observed", "missing"]


def test_row_whose_values_are_all_empty_is_missing_whatever_its_flags_say():
    facts = pd.DataFrame(
        {"iso3": "JPN", "year": [2000, 2001], "share_gdp": [None, 0.01], "adopted_budget": True}
    ).astype({"share_gdp": "float64", "adopted_budget": "boolean"})
    assert statuses(facts, registered("milex", "sipri_milex", "year")) == [
        "outside",
        "missing",
        "observed",
    ]


def test_month_of_a_report_is_no_value():
    facts = pd.DataFrame(
        {"iso3": "JPN", "year": [2000, 2001], "month": 9, "active_duty": [pd.NA, 5]}
    ).astype({"active_duty": "Int64"})
    assert statuses(facts, registered("us_troops", "troops", "month")) == [
        "outside",
        "missing",
        "observed",
    ]


def test_estimates_do_not_count_as_observed_and_sources_are_told_apart():
    facts = pd.DataFrame(
        {
            "iso3": "JPN",
            "year": [2000, 2000, 2001],
            "source": ["imf_weo", "wb_fiscal_space", "imf_weo"],
            "value": 1.0,
            "status": ["estimate", "observed", "observed"],
        }
    )
    sources = pd.DataFrame(
        [
            registered("economy", "wb_fiscal_space", "year", first=1999),
            registered("economy", "imf_weo", "year"),
        ]
    ).assign(last_year=2001)
    found = coverage(ALLY_YEARS, {"economy": facts}, sources)
    assert found[["year", "source", "status"]].to_dict("split")["data"] == [
        [1999, "imf_weo", "outside"],
        [1999, "wb_fiscal_space", "missing"],
        [2000, "imf_weo", "missing"],
        [2000, "wb_fiscal_space", "observed"],
        [2001, "imf_weo", "observed"],
        [2001, "wb_fiscal_space", "missing"],
    ]


def test_ally_stands_among_other_states_in_a_table_of_states():
    facts = pd.DataFrame({"state": ["JPN", "PRK"], "year": [2001, 2000], "cinc": [0.05, 0.01]})
    assert statuses(facts, registered("capabilities", "cow_nmc", "year")) == [
        "outside",
        "missing",
        "observed",
    ]


@pytest.mark.parametrize("unit", ["deal", "commitment", "election", "spell"])
def test_register_without_an_event_in_the_year_has_observed_it(unit):
    nothing = pd.DataFrame({"iso3": [], "order_year": []})
    assert statuses(nothing, registered("deals", "register", unit)) == [
        "outside",
        "observed",
        "observed",
    ]


def test_ally_covered_later_than_the_others_is_outside_until_then():
    facts = pd.DataFrame({"iso3": "JPN", "year": [2000, 2001], "ideal_point": 1.0})
    row = registered("ideal_points", "un", "year", first=1985, years_by_ally="KOR=1991;JPN=2001")
    assert statuses(facts, row) == ["outside", "outside", "observed"]


def test_an_outcome_is_outside_where_one_of_its_tables_is_and_no_case_is_not_missing():
    sources = pd.DataFrame(
        [
            registered("deals", "sipri", "deal", first=1999),
            registered("milex", "sipri_milex", "year", first=2000),
        ]
    ).assign(last_year=2001)
    cases = {"delivery": pd.DataFrame({"iso3": ["JPN", "JPN"], "year": [2001, 2001]})}
    found = outcome_coverage(ALLY_YEARS, cases, {"delivery": ["deals", "milex"]}, sources)
    assert found["status"].tolist() == ["outside", "no_case", "observed"]
    assert set(found["table"]) == {"outcome.delivery"}
