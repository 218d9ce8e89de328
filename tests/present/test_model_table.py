"""The table shows the numbers of the tidy results, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from scipy import stats
from underbalance.coding.describe import with_codings
from underbalance.config import read_codings
from underbalance.models.tidy import not_estimated
from underbalance.present.model_groups import model_groups
from underbalance.present.model_table import Table, model_table
from underbalance.registry import read_codebook
from underbalance.specifications import Specification

ROOT = Path(__file__).parents[2]
SAMPLES = {"core": "Formal allies"}


@pytest.fixture
def codebook() -> pd.DataFrame:
    return with_codings(read_codebook(ROOT / "config/codebook.csv"), read_codings())


@pytest.fixture
def table(
    panel_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    codebook: pd.DataFrame,
) -> Table:
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    return model_table("models_H2", specs, pd.concat([panel_rows, grouped_rows]), codebook, SAMPLES)


def cells(table: Table, label: str) -> list[tuple[str, ...]]:
    """Return the three rows of a term without their labels."""
    start = next(k for k, row in enumerate(table.body) if row[0].startswith(label))
    return [row[1:] for row in table.body[start : start + 3]]


def test_every_model_has_a_column_and_every_term_three_rows(table: Table) -> None:
    assert table.header == ("", "(1) Effort", "(2) Delivery")
    labels = [row[0].split("\u00a0")[0] for row in table.body if row[0]]
    assert labels == ["Political obstacle (t", "Log GDP (t", "Local production"]
    assert len(table.body) == 3 * len(labels)


def test_estimate_error_and_p_value_are_those_of_the_tidy_result(table: Table) -> None:
    p = 2 * stats.t(29).sf(0.51249 / 0.25)
    assert cells(table, "Political") == [
        ("0.512", "−0.500"),
        ("(0.250)", "(0.050)"),
        (f"p = {p:.3f}", "p < 0.001"),
    ]


def test_term_that_a_model_has_not_is_empty(table: Table) -> None:
    assert [row[1] for row in cells(table, "Log GDP")] == ["", "", ""]
    assert [row[0] for row in cells(table, "Local production")] == ["", "", ""]


def test_dummies_are_named_but_not_shown(table: Table) -> None:
    assert ("Ally fixed effects", "yes", "") in table.summary
    assert ("Dummies: armament category", "", "yes") in table.summary
    assert "Armament category against Missiles." in table.notes


def test_counts_and_methods_are_stated(table: Table) -> None:
    assert ("Observations", "1,234", "1,234") in table.summary
    assert ("Events", "", "77") in table.summary
    assert ("Allies (clusters)", "30", "30") in table.summary
    text = " ".join(table.notes)
    said = ("clustered by ally (CRV1)", "t(29)", "Formal allies", "(2) Delivery: first delivery")
    assert [words for words in said if words not in text] == []
    assert "iso3" not in text


def test_title_is_that_of_the_hypothesis_and_role(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    beside = panel_spec.model_copy(update={"role": "beside"})
    table = model_table("x", {"growth": beside}, panel_rows, codebook, SAMPLES)
    assert table.title.startswith("H2: ")
    assert table.title.endswith("(beside the primary models)")


def test_too_few_clusters_leave_p_empty_and_say_why(
    withheld_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table("x", {"growth": panel_spec}, withheld_rows, codebook, SAMPLES)
    assert cells(table, "Political")[2] == ("",)
    assert "Too few clusters: 5 < 10." in table.notes
    assert "p-values" not in " ".join(table.notes)


def test_model_that_was_not_estimated_has_an_empty_column_and_its_reason(
    grouped_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_spec: Specification,
    codebook: pd.DataFrame,
) -> None:
    names = {"outcome": "effort_growth", "sample": "core", "data_sha": "0"}
    none = not_estimated("no event", spec_id="growth", **names)
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    table = model_table("x", specs, pd.concat([none, grouped_rows]), codebook, SAMPLES)
    assert {row[1] for row in table.body} == {""}
    assert ("Observations", "", "1,234") in table.summary
    assert "Not estimated: no event." in table.notes


def test_products_and_low_obstacles_have_labels(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    product = panel_spec.model_copy(
        update={"obstacles": ("political", "social"), "products": (("political", "social"),)}
    )
    low = panel_spec.model_copy(update={"low_low": True})
    for spec, label in (
        (product, "Political obstacle × Social obstacle (t"),
        (low, "Low obstacles, all of them (t"),
    ):
        table = model_table("x", {"growth": spec}, panel_rows, codebook, SAMPLES)
        assert any(row[0].startswith(label) for row in table.body)


def test_models_of_a_hypothesis_and_role_stand_together_five_on_a_table(
    panel_spec: Specification,
) -> None:
    beside = panel_spec.model_copy(update={"role": "beside"})
    silent = panel_spec.model_copy(update={"tests": ()})
    specs = {f"m{k}": panel_spec for k in range(6)} | {"b": beside, "s": silent}
    assert model_groups(specs) == {
        "models_H2_1": ("m0", "m1", "m2", "m3", "m4"),
        "models_H2_2": ("m5",),
        "models_H2_beside": ("b",),
        "models_other": ("s",),
    }
