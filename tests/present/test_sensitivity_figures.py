"""Figures of sensitivity: written in both formats, the same bytes, also with gaps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.present.sensitivity_figures import draw_sensitivity, model_name

MODELS = ["effort", "delivery"]
HYPOTHESES = {"effort": "H2", "delivery": "H3"}


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    without, power, curve = [], [], []
    for spec_id in MODELS:
        named = {"spec_id": spec_id, "hypothesis": HYPOTHESES[spec_id]}
        full = {"full_estimate": 0.2, "full_reach": 0.15}
        without += [
            {**named, "left_out": f"A{g:02d}", "estimate": 0.01 * g, "influence": g - 6, **full}
            for g in range(12)
        ]
        power += [{**named, "effect": e, "power": 0.05 + e} for e in (0.0, 0.25, 0.5)]
        for kind, choice, effect in (("primary", "", 0.1), ("coding", "political_pca", -0.2)):
            ends = {"effect_low": effect - 0.1, "effect_high": effect + 0.1}
            one = {"kind": kind, "choice": choice, "effect": effect, **ends, "p_value": 0.04}
            curve.append(named | one)
    return {
        "leave_one_out": pd.DataFrame(without),
        "power": pd.DataFrame(power),
        "specification_curve": pd.DataFrame(curve),
    }


def drawn(tables: dict[str, pd.DataFrame], folder: Path) -> dict[str, bytes]:
    draw_sensitivity(tables, MODELS, {"political_pca": "First component"}, 0.95, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_figure_is_a_pdf_and_a_png(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    names = ("leave_one_out", "power", "specification_curve_h2", "specification_curve_h3")
    expected = {f"sensitivity_{name}.{end}" for name in names for end in ("pdf", "png")}
    assert set(drawn(tables, tmp_path)) == expected


def test_same_tables_give_the_same_bytes(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    assert drawn(tables, tmp_path / "a") == drawn(tables, tmp_path / "b")


def test_models_without_estimates_are_drawn_without_numbers(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    for name, column in (("leave_one_out", "estimate"), ("power", "power")):
        table = tables[name]
        table.loc[table["spec_id"] == "delivery", column] = np.nan
    tables["specification_curve"].loc[2:, ["effect", "effect_low", "effect_high"]] = np.nan
    assert len(drawn(tables, tmp_path)) == 8


def test_model_names_are_short_words() -> None:
    assert model_name("delivery_product") == "Delivery product"
