"""What a page begins with."""

import pytest
from underbalance.present.ally.summary import coded, membership, ordered, sentences


def types(*kinds, committed=True):
    return [
        {"year": 1990 + n, "type": kind, "committed": committed} for n, kind in enumerate(kinds)
    ]


def deals(*spans):
    return [
        {"order_year": order, "until": until, "open": is_open} for order, until, is_open in spans
    ]


def test_most_frequent_type_comes_first():
    text = coded("Japan", types("slow", "failing", "slow", ""), "median")
    assert text.startswith("By its obstacles Japan is coded slow in 2 of 3 years, failing in 1:")
    assert "cut at the reference median" in text


def test_years_without_a_commitment_do_not_count():
    rows = types("slow") + types("failing", "failing", committed=False)
    assert "slow in 1 of 1 year:" in coded("Poland", rows, "median")


@pytest.mark.parametrize(
    ("rows", "years"), [([], "0 years"), (types(""), "1 year"), (types("", ""), "2 years")]
)
def test_ally_without_a_known_type_says_so(rows, years):
    assert f"not known for any of its {years} with" in coded("Sweden", rows, "median")


def test_orders_are_counted_with_those_still_open():
    text = ordered(deals((1990, 1994, False), (1992, 1994, False), (2001, 2025, True)), 2025)
    assert text == (
        "3 orders of US arms of 1990 to 2001, 2 of them delivered in part or whole, after a median "
        "of 3 years; 1 without a delivery by the end of 2025."
    )


def test_orders_none_of_which_is_delivered_have_no_median():
    text = ordered(deals((2020, 2025, True)), 2025)
    assert text == "1 order of US arms of 2020; 1 without a delivery by the end of 2025."


def test_orders_that_are_all_delivered_leave_none():
    assert ordered(deals((2018, 2018, False)), 2025).endswith(
        "; none without a delivery by the end of 2025."
    )


def test_ally_without_orders_says_so():
    assert ordered([], 2025) == "The register has no order of US arms by it up to 2025."


def test_ties_have_their_years_and_those_that_ended_their_end(facts):
    rows = [
        {"iso3": "NZL", "commitment": "MNNA", "start": "1996-01-01", "end": ""},
        {"iso3": "NZL", "commitment": "ANZUS", "start": "1951-09-01", "end": "1986-08-12"},
    ]
    assert membership(facts(alliance=rows), "NZL") == (
        "ANZUS 1951 to 1986; major non-NATO ally since 1996"
    )


def test_observed_types_are_listed_by_decade(facts):
    rows = [
        {"iso3": "JPN", "decade_start": start, "observed_type": kind}
        for start, kind in [(1990, "slow"), (2000, "slow_inconsistent"), (2010, "slow"), (2020, "")]
    ]
    told = sentences(facts(observed_types=rows), "JPN", [], [])
    assert (
        "Observed by decade: slow in the 1990s and the 2010s; slow and inconsistent in the 2000s."
        in told
    )


def test_nothing_is_said_of_types_that_were_not_observed(facts):
    assert not any(text.startswith("Observed") for text in sentences(facts(), "JPN", [], []))
