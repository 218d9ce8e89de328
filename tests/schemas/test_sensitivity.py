"""Tables of results/sensitivity and results/inference: no number is missing without a reason."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.models.frames import frame_of, joined
from underbalance.models.inference import INFERENCE_COLUMNS
from underbalance.schemas import sensitivity as schemas
from underbalance.schemas.inference import inference
from underbalance.sensitivity import alternatives, curve, placebo, primary
from underbalance.tables import check_frame, read_table, write_table

LABELS = {"spec_id": "delivery", "hypothesis": "H3", "term": "social_lag1"}
TABLES = {
    "alternatives": (schemas.alternatives(), alternatives.COLUMNS, alternatives.TEXTS),
    "specification_curve": (schemas.specification_curve(), curve.COLUMNS, curve.TEXTS),
    "placebo": (schemas.placebo(), placebo.COLUMNS, placebo.TEXTS),
    "leave_one_out": (schemas.leave_one_out(), primary.LEAVE_ONE_OUT, primary.TEXTS),
    "robustness_value": (schemas.robustness_value(), primary.STRENGTH, primary.TEXTS),
    "power": (schemas.power(), primary.POWER, primary.TEXTS),
}
CODES = {"estimator": "cox", "scale": "log hazard ratio", "kind": "primary"}
CODES |= {"model": "lag", "when": "lag", "counted": False}


def failed(name: str, note: str) -> pd.DataFrame:
    _, columns, texts = TABLES[name]
    return frame_of([LABELS | CODES | {"note": note}], columns, texts)


@pytest.mark.parametrize("name", TABLES)
def test_a_model_that_failed_keeps_its_row_with_the_reason(name: str, tmp_path: Path) -> None:
    path, schema = tmp_path / "table.csv", TABLES[name][0]
    write_table(failed(name, "not estimated: one cluster only"), path, schema)
    assert "nan" not in path.read_text(encoding="utf-8").lower()
    assert read_table(path, schema)["note"].tolist() == ["not estimated: one cluster only"]


@pytest.mark.parametrize("name", TABLES)
def test_a_number_that_is_missing_without_a_reason_is_a_fault(name: str) -> None:
    with pytest.raises(FaultsError, match="must not be missing without a note"):
        check_frame(failed(name, ""), TABLES[name][0], name)


def test_inference_without_a_p_value_says_why() -> None:
    row = dict.fromkeys(INFERENCE_COLUMNS) | {"spec_id": "a", "term": "x", "method": "wild"}
    row |= {"estimate": 1.0, "note": "not available: no information"}
    check_frame(pd.DataFrame([row]), inference(), "inference")
    with pytest.raises(FaultsError, match="p_value must not be missing"):
        check_frame(pd.DataFrame([row | {"note": ""}]), inference(), "inference")


def test_an_empty_inference_is_written_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "inference.csv"
    write_table(pd.DataFrame(columns=INFERENCE_COLUMNS), path, inference())
    assert read_table(path, inference()).empty


def test_frames_with_a_column_that_is_empty_in_one_of_them_are_joined_by_kind() -> None:
    parts = [pd.DataFrame([{"a": None, "note": "why"}]), pd.DataFrame([{"a": 2, "note": None}])]
    found = joined(parts, ["a", "note"], ["note"])
    assert found["a"].dtype == "float64"
    assert found["note"].tolist() == ["why", ""]
