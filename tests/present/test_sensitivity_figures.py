"""Figures of sensitivity: written in both formats, the same bytes, also with gaps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.present.curve_figure import named
from underbalance.present.leave_one_out_figure import Panel
from underbalance.present.power_figure import said, with_found
from underbalance.present.sensitivity_figures import draw_sensitivity, model_name, panel_of
from underbalance.registry import read_codebook
from underbalance.specifications import read_models

MODELS = {name: spec for name, spec in read_models().items() if name in ("effort", "delivery")}
CODEBOOK = read_codebook()
HYPOTHESES = {"effort": "H2", "delivery": "H3"}


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    without, power, curve = [], [], []
    for spec_id in MODELS:
        named = {"spec_id": spec_id, "hypothesis": HYPOTHESES[spec_id]}
        full = {"full_estimate": 0.2, "full_ci_low": 0.05, "full_ci_high": np.inf, "note": ""}
        without += [
            {**named, "left_out": f"A{g:02d}", "estimate": 0.01 * g, "influence": g - 6, **full}
            for g in range(12)
        ]
        power += [
            {**named, "effect": e, "power": 0.05 + 1.9 * e, "detectable_effect": 0.38, "note": ""}
            for e in (0.0, 0.25, 0.5)
        ]
        for kind, choice, effect in (("primary", "", 0.1), ("coding", "political_pca", -0.2)):
            ends = {"effect_low": effect - 0.1, "effect_high": effect + 0.1}
            one = {"kind": kind, "choice": choice, "effect": effect, **ends, "p_value": 0.04}
            one |= {"term": "political_lag1", "counted": int(kind == "primary")}
            curve.append(named | one)
    return {
        "leave_one_out": pd.DataFrame(without),
        "power": pd.DataFrame(power),
        "specification_curve": pd.DataFrame(curve),
    }


def drawn(tables: dict[str, pd.DataFrame], folder: Path) -> dict[str, bytes]:
    draw_sensitivity(tables, MODELS, {"political_pca": "First component"}, CODEBOOK, 0.95, folder)
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


def test_every_figure_has_a_caption_and_no_text_is_on_another(
    tables: dict[str, pd.DataFrame], figures, text_faults, tmp_path: Path
) -> None:
    found = draw_sensitivity(tables, MODELS, {}, CODEBOOK, 0.95, tmp_path)
    assert set(found) == {path.stem for path in tmp_path.iterdir()}
    assert [text_faults(figure) for figure in figures] == [[]] * len(found)


def test_no_estimate_at_all_is_said(
    tables: dict[str, pd.DataFrame], figures, tmp_path: Path
) -> None:
    tables["leave_one_out"]["estimate"] = np.nan
    tables["power"]["power"] = np.nan
    draw_sensitivity(tables, MODELS, {}, CODEBOOK, 0.95, tmp_path)
    said = {text.get_text() for figure in figures for axes in figure.axes for text in axes.texts}
    assert {"no model is estimated", "no test with a known power"} <= said


def test_model_names_are_short_words() -> None:
    assert model_name("delivery_product") == "Delivery product"


def test_a_panel_has_its_unit_and_what_is_predicted() -> None:
    models = read_models()
    assert panel_of("effort", models["effort"], CODEBOOK) == Panel(
        "Effort", "log variance per SD", "H2: > 0"
    )
    sourcing = panel_of("sourcing", models["sourcing"], CODEBOOK)
    assert sourcing.unit == "share points per SD"
    product = panel_of("delivery_product", models["delivery_product"], CODEBOOK)
    assert (product.unit, product.predicted) == ("log hazard ratio per SD × SD", "H4: < 0")
    lapse = panel_of("lapse", models["lapse"], CODEBOOK)
    assert lapse.unit == "cloglog coefficient per SD × SD"


def test_dot_stands_at_the_effect_of_the_tables_and_on_its_curve(
    tables: dict[str, pd.DataFrame], figures, tmp_path: Path
) -> None:
    drawn(tables, tmp_path)
    panel = figures[1].axes[0]
    (dot,) = [line for line in panel.lines if line.get_marker() == "o"]
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (0.38, 0.8)
    curves = [list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in panel.lines]
    assert any((0.38, 0.8) in points and len(points) > 2 for points in curves)


@pytest.mark.parametrize("found", [0.7, np.nan])
def test_effect_that_was_not_simulated_adds_no_point(found: float) -> None:
    rows = pd.DataFrame({"effect": [0.0, 0.5], "power": [0.05, 0.6], "detectable_effect": found})
    assert with_found(rows)["effect"].tolist() == [0.0, 0.5]


def test_models_without_power_or_with_few_events_are_named() -> None:
    notes = ["", "not estimated: no events", "descriptive: n events < 30"]
    rows = pd.DataFrame({"spec_id": ["a", "b", "c"], "note": notes})
    names = {name: name.upper() for name in "abc"}
    assert said(rows, names) == " B: not estimated. C: fewer than 30 events."


def test_a_rival_that_is_left_out_has_its_label_and_acronyms_stay() -> None:
    labels = {"log_gdp": "Log GDP", "us_troops_per_1000": "US troops"}
    assert named("without log_gdp", labels) == "without log GDP"
    assert named("without us_troops_per_1000", labels) == "without US troops"
    assert named("all components known", labels) == "all components known"
