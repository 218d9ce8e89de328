import pandas as pd
import pytest
from underbalance.claims.record_tests import (
    EVENTS,
    almost_seven_years,
    another_head,
    first_in_period,
    more_spent_than_in,
    none_in_period,
    some_in_period,
)

CLAIM = {
    "claim_id": "JPN03",
    "iso3": "JPN",
    "period_start": "1994-06-30",
    "period_end": "1996-01-11",
}


def deals(*years: int) -> dict[str, pd.DataFrame]:
    return {
        "deals": pd.DataFrame(
            {"iso3": "JPN", "order_year": pd.array(years, dtype="Int64"), "designation": "E-767"}
        )
    }


@pytest.mark.parametrize(
    ("years", "holds", "numbers"),
    [
        ([1994, 1993], False, "first 1993"),
        ([1995, 1994], True, "first 1994"),
        ([], None, "no such row"),
    ],
)
def test_only_the_first_order_decides_whether_it_falls_in_the_period(years, holds, numbers):
    test = first_in_period("deals", designation="^E-767")
    assert test(CLAIM, deals(*years)) == (holds, numbers)


def test_order_year_that_the_register_doubts_is_told():
    tables = deals(1994)
    doubted = {"deals": tables["deals"].assign(order_year_uncertain=pd.array([True]))}
    assert first_in_period("deals")(CLAIM, doubted) == (True, "first 1994, year uncertain")
    sure = {"deals": tables["deals"].assign(order_year_uncertain=pd.array([False]))}
    assert first_in_period("deals")(CLAIM, sure) == (True, "first 1994")


def test_other_designations_and_allies_are_not_taken():
    tables = deals(1995)
    assert first_in_period("deals", designation="^767")(CLAIM, tables)[0] is None
    assert first_in_period("deals", designation="E")(CLAIM | {"iso3": "KOR"}, tables)[0] is None


def test_some_and_none_in_the_period_are_opposites_and_name_the_dates(events):
    tables = {EVENTS: events({"date": "1995-03"}, {"date": "1994-06-29"}, {"date": "1994-07-01"})}
    assert some_in_period(EVENTS)(CLAIM, tables) == (True, "1994-07-01, 1995-03")
    assert none_in_period(EVENTS)(CLAIM, tables) == (False, "1994-07-01, 1995-03")
    assert some_in_period(EVENTS, within="1995")(CLAIM, tables) == (True, "1995-03")
    assert some_in_period(EVENTS, direction=-1)(CLAIM, tables) == (False, "none")
    assert none_in_period(EVENTS, in_seed=1)(CLAIM, tables) == (True, "none")


@pytest.mark.parametrize(
    ("date", "holds", "length"),
    [
        ("2005-12-24", True, "7.0"),  # 2556 days
        ("2005-12-27", False, "7.0"),  # 2559 days: just over seven years
        ("2005-06-25", False, "6.5"),  # 2374 days are 6.4997 years
        ("2005-06-26", True, "6.5"),
        ("2005", True, "6.0 to 7.0"),
        ("2003-12-19", False, "5.0"),
    ],
)
def test_time_from_the_decision_to_join_is_almost_seven_years(events, date, holds, length):
    joined = {"date": "1998-12-25", "stage": "decision", "programme": "joint research (NTW)"}
    tables = {EVENTS: events(joined, {"date": date, "stage": "contract"})}
    claim = CLAIM | {"period_start": "1998-12-25", "period_end": "2005-12-31"}
    found = almost_seven_years({"stage": "^contract$"})(claim, tables)
    assert found == (holds, f"1998-12-25 to {date}: {length} years")


def test_time_without_a_decision_or_an_act_cannot_be_said(events):
    claim = CLAIM | {"period_start": "1998-12-25"}
    tables = {EVENTS: events({"date": "2005", "stage": "contract"})}
    assert almost_seven_years({"stage": "^contract$"})(claim, tables)[0] is None


def test_heads_of_government_of_two_events_are_compared(events):
    rows = [
        {"date": "1995-01", "direction": -1, "head_of_government": "A"},
        {"date": "1995-05", "stage": "contract", "head_of_government": "A"},
        {"date": "1995-09", "stage": "delivery", "head_of_government": "B"},
        {"date": "1995-09", "stage": "test"},
    ]
    tables, suspended = {EVENTS: events(*rows)}, {"direction": -1}
    same = another_head(suspended, {"stage": "contract"})(CLAIM, tables)
    other = another_head(suspended, {"stage": "delivery"})(CLAIM, tables)
    nobody = another_head(suspended, {"stage": "test"})(CLAIM, tables)
    assert same == (False, "1995-01 A, 1995-05 A")
    assert other == (True, "1995-01 A, 1995-09 B")
    assert nobody[0] is None


def test_spending_is_the_mean_of_the_years_of_each_period():
    claims = pd.DataFrame(
        [
            CLAIM,
            CLAIM | {"claim_id": "JPN04", "period_start": "1996-01-12", "period_end": "1997-12-31"},
        ]
    )
    # 1994 and 1995 (mean 3000) against 1996 and 1997 (mean 2500)
    spent = {1994: 2000.0, 1995: 4000.0, 1996: 2000.0, 1997: 3000.0}
    years = pd.DataFrame(
        {"iso3": "JPN", "year": list(spent), "milex_constant_usd_m": list(spent.values())}
    )
    tables = {"seed_claims": claims, "ally_year": years}
    found = more_spent_than_in("JPN04")(CLAIM, tables)
    assert found == (True, "1994–1995: 3.00 billion, 1996–1997: 2.50 billion")
    missing = tables | {"ally_year": years.assign(milex_constant_usd_m=float("nan"))}
    assert more_spent_than_in("JPN04")(CLAIM, missing)[0] is None
    assert more_spent_than_in("JPN99")(CLAIM, tables)[0] is None
