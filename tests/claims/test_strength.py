import math

import pandas as pd
import pytest
from underbalance.claims.strength import (
    Cuts,
    coded_strength,
    period_mean,
    strength_agreement,
    worst,
)
from underbalance.schemas.claim_words import AGREES, DISAGREES, IN_DIRECTION, NOT_KNOWN

CUTS = Cuts(median=-0.05, upper=0.31)
VALUES = pd.Series({1994: 0.2, 1995: 0.6, 1996: float("nan"), 1997: float("nan")})


def test_mean_is_of_the_known_years():
    assert period_mean(VALUES, [1994, 1995]) == pytest.approx(0.4)


def test_mean_is_known_with_half_of_the_years_and_not_with_less():
    assert period_mean(VALUES, [1994, 1995, 1996, 1997]) == pytest.approx(0.4)
    assert math.isnan(period_mean(VALUES, [1995, 1996, 1997]))


def test_years_outside_the_table_are_not_known():
    assert math.isnan(period_mean(VALUES, [1995, 2030, 2031]))


@pytest.mark.parametrize(
    ("mean", "strength"),
    [
        (0.32, "major"),
        (0.31, "minor"),
        (-0.04, "minor"),
        (-0.05, "none"),
        (-1.0, "none"),
        (float("nan"), ""),
    ],
)
def test_strength_is_coded_above_the_cuts_and_not_at_them(mean, strength):
    assert coded_strength(mean, CUTS) == strength


def test_mean_that_differs_from_its_cut_in_the_last_digit_is_tied():
    third = (0.1 + 0.2) / 1  # 0.30000000000000004
    assert third > 0.3
    assert coded_strength(third, Cuts(0.0, 0.3)) == "minor"


@pytest.mark.parametrize(
    ("claimed", "coded", "answer"),
    [
        ("major", "major", AGREES),
        ("major", "minor", IN_DIRECTION),
        ("major", "none", DISAGREES),
        ("minor", "minor", AGREES),
        ("minor", "none", IN_DIRECTION),
        ("minor", "major", DISAGREES),
        ("none", "none", AGREES),
        ("none", "minor", IN_DIRECTION),
        ("none", "major", DISAGREES),
        ("major", "", NOT_KNOWN),
        ("none", "", NOT_KNOWN),
    ],
)
def test_every_pair_of_claimed_and_coded_strength_has_its_answer(claimed, coded, answer):
    assert strength_agreement(claimed, coded) == answer


@pytest.mark.parametrize(
    ("answers", "of_all"),
    [
        ([AGREES, AGREES], AGREES),
        ([AGREES, IN_DIRECTION], IN_DIRECTION),
        ([IN_DIRECTION, NOT_KNOWN, AGREES], NOT_KNOWN),
        ([AGREES, DISAGREES, NOT_KNOWN], DISAGREES),
    ],
)
def test_several_obstacles_count_as_the_worst_of_them(answers, of_all):
    assert worst(answers) == of_all
