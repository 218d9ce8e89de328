"""Numbers in words."""

from __future__ import annotations

import math

import pytest
from underbalance.present.wording import (
    decimal,
    grouped_decimal,
    interval_words,
    places_for,
    ratio_of,
    rounded_percent,
    three_digits,
    within_line,
)


@pytest.mark.parametrize(
    ("spread", "places"),
    [(41.1, 0), (4.1, 1), (0.53, 2), (0.04, 3), (0.000_01, 4), (0, 2), (math.nan, 2)],
)
def test_decimals_show_two_digits_of_the_spread(spread, places):
    assert places_for(spread) == places


def test_an_end_that_is_not_there_is_open():
    assert interval_words(-0.1234, 0.5, 2) == "[−0.12, 0.50]"
    assert interval_words(-math.inf, 0.5, 2) == "(−∞, 0.50]"
    assert interval_words(0.5, math.inf, 2) == "[0.50, ∞)"
    assert interval_words(math.nan, math.nan) == ""


def test_thousands_are_grouped():
    assert grouped_decimal(-1258.369, 1) == "−1,258.4"


def test_shares_are_rounded_and_missing_ones_empty():
    assert rounded_percent(0.8574) == "86 %"
    assert rounded_percent(0.0123, 1) == "1.2 %"
    assert rounded_percent(math.nan) == ""


def test_abbreviations_keep_their_capitals_within_a_line():
    assert within_line("US troops") == "US troops"
    assert within_line("Log GDP") == "log GDP"


@pytest.mark.parametrize(
    ("log", "ratio"), [(0.0, 1.0), (-math.inf, 0.0), (math.inf, math.inf), (1000.0, math.inf)]
)
def test_a_log_beyond_all_numbers_is_an_infinite_ratio(log: float, ratio: float) -> None:
    assert ratio_of(log) == ratio
    assert math.isnan(ratio_of(math.nan))


def test_a_zero_after_rounding_has_no_sign() -> None:
    assert decimal(-0.0004) == "0.000"
    assert grouped_decimal(-0.04, 1) == "0.0"
    assert decimal(-0.0006) == "−0.001"


@pytest.mark.parametrize(
    ("number", "text"),
    [(-0.012345, "−0.0123"), (12.0, "12"), (1234.5, "1,234"), (math.nan, "")],
)
def test_three_digits_are_never_a_power_of_ten(number: float, text: str) -> None:
    assert three_digits(number) == text
