"""The rows of cases: who is at risk when, and in which row the event falls."""

import pandas as pd
import pytest
from underbalance.models.design_cases import lapse_rows
from underbalance.models.design_months import agreement_rows
from underbalance.models.design_years import adoption_rows, commitment_rows, pledge_rows

FAMILIES = pd.DataFrame({"family": ["f_16", "aegis"], "category": ["Aircraft", "Sensors"]})


def spell(rows: pd.DataFrame, name: str, duration: str, event: str) -> list[tuple[int, int, bool]]:
    """Return year, duration and event of the rows of one case."""
    own = rows[rows["spell"] == name]
    return list(zip(own["year"], own[duration], own[event], strict=True))


@pytest.fixture
def commitment() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "iso3": ["JPN", "JPN", "KOR"],
            "year": [2010, 2012, 2020],
            "notice_id": ["n1", "n2", "n3"],
            "family": ["f_16", "aegis", "f_16"],
            "cost_usd_m": [100.0, 0.0, None],
            "years_to_order": pd.array([2, 5, 3], dtype="Int64"),
            "ordered": pd.array([True, False, False], dtype="boolean"),
            "lapsed": pd.array([False, True, False], dtype="boolean"),
            "censored": pd.array([False, False, True], dtype="boolean"),
        }
    )


def test_request_is_at_risk_from_its_year_to_the_order(commitment):
    rows = commitment_rows(commitment, FAMILIES)
    assert spell(rows, "n1 f_16", "years_since_notice", "ordered") == [
        (2010, 0, False),
        (2011, 1, False),
        (2012, 2, True),
    ]


def test_lapsed_and_censored_requests_have_no_event(commitment):
    rows = commitment_rows(commitment, FAMILIES)
    assert [year for year, _, _ in spell(rows, "n2 aegis", "years_since_notice", "ordered")] == [
        *range(2012, 2018)
    ]
    assert len(rows[rows["spell"] == "n3 f_16"]) == 4
    assert rows["ordered"].sum() == 1


def test_request_has_the_category_of_its_family_its_cohort_and_the_log_of_its_cost(commitment):
    first = commitment_rows(commitment, FAMILIES).drop_duplicates("spell").set_index("spell")
    assert first["category"].tolist() == ["Aircraft", "Sensors", "Aircraft"]
    assert first["cohort"].tolist() == ["2010-2014", "2010-2014", "2020-2024"]
    assert first["log_cost"].iloc[0] == pytest.approx(4.605170185988092)
    assert first["log_cost"].isna().tolist() == [False, True, True]


def test_lapse_has_one_row_for_each_request_whose_fate_is_known(commitment):
    rows = lapse_rows(commitment, FAMILIES)
    assert rows["spell"].tolist() == ["n1 f_16", "n2 aegis"]
    assert rows["lapsed"].tolist() == [False, True]
    assert rows["year"].tolist() == [2010, 2012]


def test_adoption_is_at_risk_from_the_year_after_the_first_export_or_from_entry():
    adoption = pd.DataFrame(
        {
            "iso3": ["JPN", "KOR", "POL", "DEU"],
            "year": [1990, 1990, 1999, 1990],
            "family": ["f_16"] * 4,
            "first_export_year": pd.array([1990] * 4, dtype="Int64"),
            "years_at_entry": pd.array([0, 0, 9, 0], dtype="Int64"),
            "years_to_adoption": pd.array([0, 2, 10, 1], dtype="Int64"),
            "adopted": pd.array([True, True, True, False], dtype="boolean"),
        }
    )
    rows = adoption_rows(adoption, FAMILIES)
    clock = ("years_since_export", "adopted")
    assert spell(rows, "JPN f_16", *clock) == []  # its order is time zero
    assert spell(rows, "KOR f_16", *clock) == [(1991, 1, False), (1992, 2, True)]
    assert spell(rows, "POL f_16", *clock) == [(1999, 9, False), (2000, 10, True)]
    assert spell(rows, "DEU f_16", *clock) == [(1991, 1, False)]
    assert set(rows["cohort"]) == {"1990-1994"}


def test_pledge_is_at_risk_from_the_year_after_its_start_and_not_if_kept_from_the_start():
    pledge = pd.DataFrame(
        {
            "iso3": ["DEU", "DEU", "USA"],
            "year": [2014, 2014, 2014],
            "pledge": ["gdp", "equipment", "gdp"],
            "years_to_pledge": pd.array([2, 1, pd.NA], dtype="Int64"),
            "reached": pd.array([False, True, pd.NA], dtype="boolean"),
            "at_target_at_start": pd.array([False, False, True], dtype="boolean"),
        }
    )
    rows = pledge_rows(pledge)
    clock = ("years_since_pledge", "reached")
    assert spell(rows, "DEU gdp", *clock) == [(2015, 1, False), (2016, 2, False)]
    assert spell(rows, "DEU equipment", *clock) == [(2015, 1, True)]
    assert len(rows) == 3


def test_agreement_is_at_risk_month_by_month_over_the_turn_of_the_year():
    agreement = pd.DataFrame(
        {
            "iso3": ["ITA", "ITA", "ITA"],
            "year": [1999, 2001, 2002],
            "agreement_id": ["a", "b", "c"],
            "months_to_force": pd.array([2, 0, pd.NA], dtype="Int64"),
            "in_force": pd.array([True, True, pd.NA], dtype="boolean"),
        }
    )
    signed = agreement.assign(signed=["1999-11-30", "2001-12", "2002-01-01"])
    rows = agreement_rows(agreement, signed)
    clock = ("months_since_signature", "in_force")
    assert spell(rows, "a ITA", *clock) == [(1999, 0, False), (1999, 1, False), (2000, 2, True)]
    assert spell(rows, "b ITA", *clock) == [(2001, 0, True)]
    assert len(rows) == 4  # of the third the date is not known
    assert set(rows["cohort"]) == {"1995-1999", "2000-2004"}
