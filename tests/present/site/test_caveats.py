"""Caveats are computed: they follow the numbers, and are silent where there are none."""

import pandas as pd
import pytest
from underbalance.hypotheses.scorecard import COLUMNS
from underbalance.present.site.caveats import caveats

KEYS = {"hypothesis": "H2", "spec_id": "effort", "term": "political_lag1"}
NAMES = {"JPN": "Japan", "KOR": "South Korea"}


def sensitivity(estimates=(0.1, -0.2), lead=0.01, rv=0.123, detectable=(0.1, 0.8)):
    without = [
        KEYS | {"left_out": i, "estimate": e, "full_estimate": 0.3, "influence": e - 0.3}
        for i, e in zip(NAMES, estimates, strict=True)
    ]
    curve = {"n_counted": 20, "share_predicted_sign": 0.75, "share_predicted_and_significant": 0.1}
    curves = [KEYS | {"spec_id": name} | curve for name in ("effort", "all")]
    power = [KEYS | {"spec_id": str(n), "detectable_effect": d} for n, d in enumerate(detectable)]
    return {
        "leave_one_out": pd.DataFrame(without),
        "specification_curve_summary": pd.DataFrame(curves),
        "placebo": pd.DataFrame([KEYS | {"model": "both", "when": "lead", "p_value": lead}]),
        "robustness_value": pd.DataFrame([KEYS | {"rv": rv, "e_value": float("nan")}]),
        "power": pd.DataFrame(power),
    }


@pytest.fixture
def card():
    row = KEYS | {"kind": "model", "outcome": "Growth", "p_value": 0.01}
    return pd.DataFrame([row], columns=COLUMNS)


def told(tables, card):
    return {caveat.title: caveat.text for caveat in caveats(tables, card, NAMES)}


def test_ally_without_whom_the_sign_turns_is_named(card):
    text = told(sensitivity(), card)["Single allies"]
    assert "turns the sign of 1 of 1 estimates: Growth (without South Korea)." in text
    assert "from 0.300 to −0.200 without South Korea" in text


def test_no_turn_is_said_as_such(card):
    text = told(sensitivity(estimates=(0.1, 0.2)), card)["Single allies"]
    assert "turns the sign of none of 1 estimates. It" in text


def test_shares_of_other_choices_are_those_of_all_models_counted_once(card):
    text = told(sensitivity(), card)["Other choices, H2"]
    assert "Of 20 estimates" in text
    assert "75 % have the predicted sign; 10 % have it and p < 0.05" in text


@pytest.mark.parametrize(("p", "counted"), [(0.01, "in 1 of 1 models: Growth"), (0.2, "in none")])
def test_obstacle_of_the_year_after_is_counted(card, p, counted):
    assert counted in told(sensitivity(lead=p), card)["Obstacles of the year after"]


def test_omitted_variable_is_told_only_of_clear_estimates(card):
    assert (
        "12 % of the variance that is left (“Growth”)"
        in (told(sensitivity(), card)["Variables left out"])
    )
    assert "Variables left out" not in told(sensitivity(), card.assign(p_value=0.3))


def test_power_is_told_as_the_range_of_the_tests(card):
    assert "effects of 0.10 to 0.80" in told(sensitivity(), card)["What could be found"]
