import pandas as pd
import pytest
from underbalance.outcomes.commitment import commitment
from underbalance.schemas.outcomes import commitment as schema
from underbalance.tables import check_frame

SOURCES = pd.DataFrame({"table": ["deals"], "last_year": [2025]})
ALLY_YEARS = pd.DataFrame(
    {"iso3": "FIN", "year": range(2008, 2026), "is_ally": [y >= 2023 for y in range(2008, 2026)]}
).assign(milex_share_gdp=0.02, gdp_usd_bn=[y - 2007 for y in range(2008, 2026)])


def outcome(*requests: tuple[str, int | None]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the outcome of requests of Finland (day of the notice, order year)."""
    table = pd.DataFrame(
        {
            "notice_id": [f"FIN {number}" for number in range(len(requests))],
            "family": "f_35",
            "iso3": "FIN",
            "notice_date": [date for date, _ in requests],
            "year": pd.array([int(date[:4]) for date, _ in requests], dtype="Int64"),
            "cost_usd_m": 10.0,
            "families_in_notice": 1,
            "competing": False,
            "deal_id": pd.array([order and 1 for _, order in requests], dtype="Int64"),
            "order_year": pd.array([order for _, order in requests], dtype="Int64"),
            "order_year_uncertain": False,
            "match_rule": ["one_to_one" if order else "no_order" for _, order in requests],
            "ambiguous": False,
        }
    )
    years = (table["order_year"] - table["year"]).clip(lower=0)
    table, ledger = commitment(table.assign(years_to_order=years), ALLY_YEARS, SOURCES)
    return check_frame(table, schema(), "commitment"), ledger


def row(date: str, order: int | None) -> dict:
    return outcome((date, order))[0].iloc[0].to_dict()


def test_order_two_years_later_lies_between_its_new_years_days():
    found = row("2010-07-02", 2012)
    assert (found["years_to_order"], found["ordered"], found["lapsed"]) == (2, True, False)
    # 182 of 365 days had passed
    assert found["years_low"] == pytest.approx(2 - 182 / 365)
    assert found["years_high"] == pytest.approx(3 - 182 / 365)


def test_order_of_the_same_year_came_after_the_notice():
    found = row("2010-07-02", 2010)
    assert (found["years_low"], found["years_to_order"]) == (0, 0)
    assert found["years_high"] == pytest.approx(1 - 182 / 365)


def test_request_without_an_order_lapses_once_five_years_are_observed():
    found = row("2020-01-01", None)
    assert (found["lapsed"], found["censored"], found["years_to_order"]) == (True, False, 5)
    assert (found["years_low"], pd.isna(found["years_high"])) == (6, True)


def test_request_is_censored_when_the_register_ends_before():
    found = row("2021-01-01", None)
    assert (found["lapsed"], found["censored"], found["years_to_order"]) == (False, True, 4)
    assert found["years_low"] == 5


def test_notice_of_the_last_year_is_in_the_ledger_instead():
    table, ledger = outcome(("2025-02-01", 2025), ("2024-02-01", 2024))
    assert table["year"].tolist() == [2024]
    assert ledger["rule"].tolist() == ["notice_in_last_year"]


def test_commitment_of_the_usa_is_that_of_the_year_of_the_notice():
    table, _ = outcome(("2022-02-01", 2024), ("2023-02-01", 2024))
    assert table["is_ally"].tolist() == [False, True]


def test_without_a_request_that_counts_there_is_no_row():
    table, _ = outcome(("2025-05-01", None))
    assert table.empty


def test_each_request_is_ordered_lapsed_or_censored():
    table, _ = outcome(("2010-01-01", 2011), ("2010-01-01", None), ("2024-01-01", None))
    assert (table[["ordered", "lapsed", "censored"]].sum(axis=1) == 1).all()


def test_burden_is_of_the_current_expenditure_of_the_year_before_the_notice():
    # 10 million / (0.02 x 2 billion) of 2009; nothing is known of 2007
    assert row("2010-07-02", 2012)["burden"] == pytest.approx(0.25)
    assert pd.isna(row("2008-07-02", 2012)["burden"])
