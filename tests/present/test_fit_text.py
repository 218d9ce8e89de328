import pandas as pd
import pytest
from underbalance.models.tidy import TIDY_COLUMNS
from underbalance.present.fit_text import fit_text
from underbalance.specifications import Specification

SPEC = Specification.model_validate(
    {
        "title": "title",
        "role": "primary",
        "outcome": "delivery",
        "estimator": "grouped",
        "years": [1991, 2021],
        "obstacles": ["political", "social"],
        "tests": [{"hypothesis": "H3", "term": "social", "sign": "-"}],
        "note": "A caveat.",
    }
)
CODEBOOK = pd.DataFrame({"table": ["ally_year"], "name": ["social"], "label": ["Social obstacle"]})


def shown(spec: Specification = SPEC, **options: bool) -> str:
    terms = ["duration[0]", "duration[1]", "political_lag1", "social_lag1"]
    rows = pd.DataFrame({"term": terms}).reindex(columns=TIDY_COLUMNS)
    rows = rows.assign(
        outcome="delivered", sample="core", se_type="clustered by iso3", note="", n=10,
        n_events=3, n_clusters=5, estimate=-0.6931471805599453, std_error=0.5, ci_low=-1.0,
        ci_high=1.0, p_value=[0.5, 0.5, 0.00001, 0.5], p_method=["t", "t", "wild", "wild"],
    )  # fmt: skip
    return fit_text("mine", spec, rows, CODEBOOK, **options)


def test_dummies_are_counted_in_one_line_unless_all_are_asked_for():
    assert "and 2 more terms (2 of duration): --all shows them" in shown()
    assert "duration[1]" not in shown()
    assert "duration[1]" in shown(every_term=True)
    assert "--all" not in shown(every_term=True)


def test_hazard_has_its_ratio_and_other_models_have_none():
    assert "hazard ratio" in shown()
    assert "0.500" in shown()
    linear = SPEC.model_copy(update={"estimator": "linear_probability"})
    assert "hazard ratio" not in shown(linear)


def test_row_has_label_and_direction_and_a_small_p_is_no_zero():
    lines = shown().splitlines()
    (social,) = [line for line in lines if line.startswith("Social obstacle (t")]
    assert social.endswith("H3: slower")
    assert "<0.0001" in shown()
    assert "0.0000" not in shown()
    assert "note: A caveat." in lines


@pytest.mark.parametrize(
    ("outcome", "estimator", "word"),
    [
        ("delivery", "cox", "slower"),
        ("delivery", "aft_weibull", "faster"),
        ("alignment", "panel", "steadier"),
        ("loss", "grouped", "fails less"),
    ],
)
def test_word_for_a_negative_coefficient_is_that_of_outcome_and_estimator(outcome, estimator, word):
    spec = SPEC.model_copy(update={"outcome": outcome, "estimator": estimator})
    assert f"H3: {word}" in shown(spec)
