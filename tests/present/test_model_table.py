"""The table shows the numbers of the tidy result, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from underbalance.coding.describe import with_codings
from underbalance.config import Specification, read_codings
from underbalance.present.model_table import model_table
from underbalance.registry import read_codebook

ROOT = Path(__file__).parents[2]
SAMPLE = "Formal allies"


@pytest.fixture
def codebook() -> pd.DataFrame:
    return with_codings(read_codebook(ROOT / "config/codebook.csv"), read_codings())


def test_obstacles_stand_first_and_errors_in_their_own_row(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table(panel_rows, panel_spec, codebook, SAMPLE)
    assert [row[0].split("\u00a0")[0] for row in table.body] == [
        "Political obstacle (t", "", "Log GDP (t", "",
    ]  # fmt: skip
    assert table.body[0][1] == "0.512"
    assert table.body[1][1] == "(0.250)"


def test_p_value_and_interval_are_those_of_the_tidy_result(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table(panel_rows, panel_spec, codebook, SAMPLE)
    reach = stats.t(29).ppf(0.975) * 0.25
    assert table.body[0][2] == f"[{0.51249 - reach:.3f}, {0.51249 + reach:.3f}]"
    assert table.body[0][3] == f"{2 * stats.t(29).sf(0.51249 / 0.25):.3f}"


def test_hazard_ratio_is_the_exponential_of_the_estimate(
    grouped_rows: pd.DataFrame, grouped_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table(grouped_rows, grouped_spec, codebook, SAMPLE)
    assert table.header == ("", "Log hazard ratio", "95 % interval", "Hazard ratio", "p")
    assert (table.body[0][1], table.body[0][3]) == ("−0.500", f"{np.exp(-0.5):.3f}")
    assert table.body[0][4] == "< 0.001"


def test_dummies_are_named_but_not_shown(
    grouped_rows: pd.DataFrame, grouped_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table(grouped_rows, grouped_spec, codebook, SAMPLE)
    assert len(table.body) == 2 * 2
    assert ("Dummies: armament category", "yes", "", "", "") in table.summary
    assert "Armament category against Missiles." in table.notes


def test_counts_and_method_are_stated(
    grouped_rows: pd.DataFrame, grouped_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table(grouped_rows, grouped_spec, codebook, SAMPLE)
    summary = {row[0]: row[1] for row in table.summary}
    assert summary["Observations"] == "1,234"
    assert summary["Events"] == "77"
    assert summary["Allies (clusters)"] == "30"
    text = " ".join(table.notes)
    for said in ("clustered by ally (CRV1)", "30 clusters", "t(29)", "Formal allies"):
        assert said in text


def test_too_few_clusters_leave_p_and_interval_empty_and_say_why(
    withheld_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    table = model_table(withheld_rows, panel_spec, codebook, SAMPLE)
    assert table.body[0][2:] == ("", "")
    assert "Too few clusters: 5 < 10." in table.notes
    assert "p-values" not in " ".join(table.notes)


def test_notes_speak_of_allies_not_of_codes(
    panel_rows: pd.DataFrame, panel_spec: Specification, codebook: pd.DataFrame
) -> None:
    assert "iso3" not in " ".join(model_table(panel_rows, panel_spec, codebook, SAMPLE).notes)
