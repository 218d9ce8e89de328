"""Descriptive statistics as they are shown: labels, units, decimals, panels."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from underbalance.config import Coding
from underbalance.present.tables_of_data.descriptives import obstacles_table, outcomes_table
from underbalance.specifications import Specification

CODEBOOK = pd.DataFrame(
    [
        ("ally_year", "political", "Political obstacle", "mean z-score"),
        ("ally_year", "debt", "Gross debt", "percent of GDP"),
        ("ally_year", "log_gdp", "Log GDP", "ln billion US$"),
        ("outcome.effort", "effort_growth", "Growth of expenditure", "log points x 100"),
        ("deal_spells", "delivered", "First delivery", "0/1"),
        ("deal_spells", "local_production", "Local production", "0/1"),
        ("deal_spells", "category", "Armament category", "code"),
    ],
    columns=["table", "name", "label", "unit"],
)
POLITICAL = Coding.model_validate(
    {
        "label": "Political obstacle", "concept": "political", "transform": "z",
        "aggregate": "mean", "min_components": 1,
        "components": [{"variable": "debt", "sign": 1}],
    }
)  # fmt: skip


def row(panel: str, variable: str, **more: Any) -> dict[str, Any]:
    common = {
        "panel": panel, "spec_id": "", "table": "ally_year", "variable": variable,
        "role": "variable", "unit_of_rows": "ally-years", "n": 1288, "possible": 1300,
        "share_missing": 0.0123, "allies": 34, "first_year": 1990, "last_year": 2020,
        "mean": 63.06, "sd": 41.129, "sd_within": 20.411, "minimum": -3.908, "median": 54.352,
        "maximum": 1258.369,
    }  # fmt: skip
    return common | more


SMALL = {"mean": -0.0314, "sd": 0.525, "sd_within": 0.37, "minimum": -1.034, "median": -0.054,
         "maximum": 2.484}  # fmt: skip


def test_an_index_heads_its_components_and_rivals_come_last():
    rows = pd.DataFrame(
        [row("political", "political", **SMALL), row("political", "debt"), row("rivals", "log_gdp")]
    )
    table = obstacles_table(rows, {"political": POLITICAL}, CODEBOOK, "Treaty allies")
    assert [cells[0] for cells in table.body] == [
        "Political obstacle", "Political obstacle", "Gross debt (percent of GDP)",
        "Rival explanations", "Log GDP (ln billion US$)",
    ]  # fmt: skip
    assert table.notes[0].startswith("Ally-years of the sample from 1990 to 2020,")
    assert "Sample: Treaty allies." in table.notes


def test_numbers_are_those_of_the_tidy_row_with_decimals_by_their_spread():
    rows = pd.DataFrame([row("political", "political", **SMALL), row("political", "debt")])
    table = obstacles_table(rows, {"political": POLITICAL}, CODEBOOK, "Treaty allies")
    assert table.body[1][1:] == (
        "1,288", "34", "1990–2020", "−0.03", "0.53", "0.37", "−1.03", "−0.05", "2.48", "1.2",
    )  # fmt: skip
    assert table.body[2][4:10] == ("63", "41", "20", "−4", "54", "1,258")


@pytest.fixture
def outcomes() -> pd.DataFrame:
    cases = {"spec_id": "d", "table": "deal_spells", "unit_of_rows": "cases"}
    return pd.DataFrame(
        [
            row("outcomes", "effort_growth", spec_id="e", table="outcome.effort", role="outcome"),
            row("outcomes", "years_since_order", **cases, role="duration"),
            row("outcomes", "delivered", **cases, role="event", first_year=2016, last_year=2016),
            row("controls", "local_production", **cases, role="control"),
        ]
    )


def test_outcomes_stand_by_their_rows_under_the_name_of_their_model(
    outcomes, panel_spec: Specification, grouped_spec: Specification
):
    specs = {"e": panel_spec, "d": grouped_spec}
    table = outcomes_table(outcomes, specs, CODEBOOK, "Treaty allies")
    assert [cells[0] for cells in table.body] == [
        "Outcomes by ally-year", "Effort: growth of expenditure (log points x 100)",
        "Outcomes by case", "Delivery: years since order", "Delivery: first delivery",
        "Controls", "Delivery: local production",
    ]  # fmt: skip
    assert table.body[4][3] == "2016"
    assert any("left out: armament category." in note for note in table.notes)


def test_a_kind_without_rows_has_no_heading(outcomes, panel_spec):
    table = outcomes_table(outcomes.iloc[:1], {"e": panel_spec}, CODEBOOK, "Treaty allies")
    assert [cells[0] for cells in table.body][0::2] == ["Outcomes by ally-year"]
