"""The scorecard from made-up tidy rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.hypotheses.scorecard import COLUMNS, STATEMENTS, corrected_by_test, scorecard
from underbalance.models.inference import INFERENCE_COLUMNS
from underbalance.schemas import hypotheses as schemas
from underbalance.tables import check_frame

EMPTY = "not estimated: no rows are complete"
WILD = "wild cluster bootstrap (Rademacher, 9999 draws)"


def prediction(hypothesis: str, spec_id: str, term: str, sign: int) -> dict[str, Any]:
    return {
        "hypothesis": hypothesis,
        "spec_id": spec_id,
        "outcome": spec_id.title(),
        "estimator": "panel",
        "scale": "unsteadiness",
        "term": term,
        "predicted_sign": sign,
    }


def tidy_row(spec_id: str, term: str, estimate: float, p: float, **other: Any) -> dict[str, Any]:
    return {
        "spec_id": spec_id,
        "term": term,
        "estimate": estimate,
        "std_error": 0.1,
        "ci_low": estimate - 0.2,
        "ci_high": estimate + 0.2,
        "p_value": p,
        "p_method": WILD,
        "n": 900,
        "n_events": None,
        "n_clusters": 30,
        "note": "years 1990 to 2021",
    } | other


def contrast(**other: Any) -> dict[str, Any]:
    return {
        "hypothesis": "H2",
        "term": "political_lag1",
        "more": "inconsistency",
        "less": "slowness",
        "effect": -0.05,
        "std_error": 0.04,
        "ci_low": -0.13,
        "ci_high": 0.03,
        "p_value": 0.2,
        "draws": 990,
        "allies": 36,
        "note": "",
    } | other


TESTS = pd.DataFrame(
    [
        prediction("H2", "alignment", "political_lag1", 1),
        prediction("H2", "effort", "political_lag1", 1),
        prediction("H2", "sourcing", "political_lag1", 1),
        prediction("R1", "alignment", "threat_lag1", -1),
    ]
)
ESTIMATES = pd.DataFrame(
    [
        tidy_row("alignment", "political_lag1", 0.3, 0.02),
        tidy_row("alignment", "threat_lag1", 0.3, 0.01),
        tidy_row("effort", "political_lag1", 0.2, 0.04),
        tidy_row("sourcing", "", np.nan, np.nan, n=None, n_clusters=None, note=EMPTY),
    ]
)
INFERENCE = pd.DataFrame(
    [
        {"spec_id": "effort", "term": "political_lag1", "method": method, **numbers}
        for method, numbers in {
            "crv1": {"p_value": 0.01, "effective_clusters": 7.5},
            "crv3": {"p_value": 0.2},
            "wild": {"p_value": 0.04},
        }.items()
    ],
    columns=INFERENCE_COLUMNS,
)
CARD = scorecard(TESTS, ESTIMATES, INFERENCE, pd.DataFrame([contrast()]))


def of(hypothesis: str, kind: str = "model") -> pd.DataFrame:
    return CARD[(CARD["hypothesis"] == hypothesis) & (CARD["kind"] == kind)].reset_index(drop=True)


def test_every_hypothesis_has_a_row_in_order() -> None:
    assert list(dict.fromkeys(CARD["hypothesis"])) == list(STATEMENTS)
    assert list(CARD.columns) == COLUMNS
    check_frame(CARD, schemas.scorecard(), "scorecard")


def test_holm_corrects_within_a_hypothesis_over_the_models_that_count() -> None:
    assert of("H2")["p_holm"].tolist()[:2] == [0.04, 0.04]
    assert pd.isna(of("H2")["p_holm"][2])
    assert of("R1")["p_holm"].tolist() == [0.01]


def test_corrected_p_values_are_found_by_test() -> None:
    found = corrected_by_test(CARD)
    assert found["H2", "effort", "political_lag1"] == 0.04
    assert ("H2", "sourcing", "political_lag1") not in found


def test_other_methods_stand_beside_where_they_are_known() -> None:
    beside = of("H2")[["p_crv3", "p_permutation", "effective_clusters"]]
    assert beside.loc[1, ["p_crv3", "effective_clusters"]].tolist() == [0.2, 7.5]
    assert beside.isna().sum().tolist() == [2, 3, 2]


def test_estimates_of_the_other_sign_do_not_agree() -> None:
    assert of("H2")["agrees"].tolist() == ["yes", "yes", ""]
    assert of("R1")["agrees"].tolist() == ["no"]


def test_verdicts_follow_from_the_rows() -> None:
    verdicts = CARD.groupby("hypothesis")["verdict"].unique()
    assert verdicts["H2"].tolist() == ["supported"]
    assert verdicts["R1"].tolist() == ["contradicted"]
    assert verdicts["H3"].tolist() == ["no verdict"]


def test_a_model_that_was_not_estimated_keeps_its_reason() -> None:
    assert of("H2")["role"][2] == EMPTY


def test_a_contrast_has_its_row_and_changes_no_verdict() -> None:
    (row,) = of("H2", "contrast").to_dict("records")
    assert (row["estimate"], row["agrees"], row["role"]) == (
        -0.05,
        "no",
        "shown: enters no verdict",
    )
    assert pd.isna(row["p_holm"])
    clear = scorecard(
        TESTS, ESTIMATES, INFERENCE, pd.DataFrame([contrast(effect=-5.0, p_value=0.001)])
    )
    assert clear["verdict"].tolist() == CARD["verdict"].tolist()


def test_h5_points_to_the_weights() -> None:
    (row,) = of("H5", "pointer").to_dict("records")
    assert row["role"] == "descriptive: see results/hypotheses/weights.csv"
    assert row["verdict"] == "no verdict"


def test_a_term_that_is_not_estimated_is_a_fault() -> None:
    wrong = pd.DataFrame([prediction("H2", "alignment", "polticial_lag1", 1)])
    with pytest.raises(FaultsError, match="polticial_lag1"):
        scorecard(wrong, ESTIMATES, INFERENCE, pd.DataFrame([contrast()]))
