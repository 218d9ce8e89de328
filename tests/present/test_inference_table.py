"""One method of inference beside the other, for the terms that primary models test."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.coding.describe import with_codings
from underbalance.config import read_codings
from underbalance.present.inference_table import inference_names, inference_tables
from underbalance.present.table import Table
from underbalance.present.table_style import Style
from underbalance.registry import read_codebook
from underbalance.specifications import Specification

STYLE = Style(label="x", below=("std_error",), decimals=2)
NAN = float("nan")


def rows(spec_id: str, term: str, note: str = "") -> pd.DataFrame:
    p = NAN if note else 0.03
    records = [
        (spec_id, term, "crv1", -0.5, 0.25, 29.0, -2.0, p, -1.0, 0.0, NAN, 8.28, note),
        (spec_id, term, "crv3", -0.5, 0.35, 29.0, -1.4, p, -1.2, 0.2, NAN, NAN, note),
        (spec_id, term, "wild", -0.5, NAN, NAN, -2.0, p, -1.3, float("inf"), 9999, NAN, note),
    ]
    columns = ["spec_id", "term", "method", "estimate", "std_error", "df", "statistic", "p_value"]
    return pd.DataFrame(
        records, columns=[*columns, "ci_low", "ci_high", "draws", "effective_clusters", "note"]
    )


@pytest.fixture
def codebook(project: Path) -> pd.DataFrame:
    return with_codings(read_codebook(project / "config/codebook.csv"), read_codings())


def made(specs: dict[str, Specification], found: pd.DataFrame, codebook: pd.DataFrame) -> Table:
    (table,) = inference_tables(specs, found, codebook, STYLE, 0.9)
    return table


def test_each_method_has_a_column_with_p_error_and_interval(
    panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    others = rows("growth", "log_gdp_lag1").assign(estimate=7.0)
    found = pd.concat([rows("growth", "political_lag1"), others])
    table = made({"growth": panel_spec}, found, codebook)
    assert table.name == "inference_H2"
    assert table.header == ("", "Estimate", "CRV1", "CRV3", "Wild bootstrap", "Permutation")
    assert table.body == (
        ("Political obstacle (t\u00a0−\u00a01)",),
        ("Effort", "−0.50", "p = 0.030", "p = 0.030", "p = 0.030", ""),
        ("", "8.3 allies", "(0.25)", "(0.35)", "", ""),
        ("", "", "[−1.00, 0.00]", "[−1.20, 0.20]", "[−1.30, ∞)", ""),
    )
    assert "90 % intervals" in table.notes[0]


def test_too_few_clusters_are_said_in_place_of_p(
    panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    found = rows("growth", "political_lag1", "too few clusters: 5 < 10")
    table = made({"growth": panel_spec}, found, codebook)
    assert table.body[1][2:5] == ("too few clusters",) * 3


def test_a_model_that_was_not_estimated_says_so(
    panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    found = rows("other", "political_lag1")
    table = made({"growth": panel_spec}, found, codebook)
    assert table.body[1:] == (("Effort", "not estimated", "", "", "", ""),)


def test_only_hypotheses_of_primary_models_have_a_table(panel_spec: Specification) -> None:
    beside = panel_spec.model_copy(update={"role": "beside"})
    assert inference_names({"a": panel_spec, "b": beside}) == ["inference_H2"]
    assert inference_names({"b": beside}) == []
