"""The figure of coefficients, and the lines that it is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from underbalance.models.tidy import not_estimated
from underbalance.present.coefficients import draw_coefficients
from underbalance.present.forest import Line, forest
from underbalance.present.style import HIGHEST
from underbalance.specifications import Specification


def test_coefficients_are_drawn_for_every_specification(
    panel_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    tmp_path: Path,
) -> None:
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    rows = pd.concat([panel_rows, grouped_rows])
    paths = [tmp_path / "f.png"]
    draw_coefficients(rows, specs, {}, 0.95, "G", paths)
    first = paths[0].read_bytes()
    rows.loc[rows["term"] == "political_lag1", "estimate"] += 0.2
    draw_coefficients(rows, specs, {}, 0.95, "G", paths)
    changed = paths[0].read_bytes()
    assert changed != first
    draw_coefficients(rows, specs, {("H2", "growth", "political_lag1"): 0.04}, 0.95, "G", paths)
    assert paths[0].read_bytes() != changed


def test_model_without_an_estimate_or_an_end_of_its_interval_is_drawn(
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    tmp_path: Path,
) -> None:
    names = {"outcome": "effort_growth", "sample": "core", "data_sha": "0"}
    none = not_estimated("no event", spec_id="growth", **names)
    rows = pd.concat([none, grouped_rows.assign(ci_low=-np.inf)])
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    draw_coefficients(rows, specs, {}, 0.95, "G", [tmp_path / "f.png"])
    assert (tmp_path / "f.png").read_bytes().startswith(b"\x89PNG")


def test_caption_counts_tests_and_those_with_an_estimate(
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    figures,
    text_faults,
    tmp_path: Path,
) -> None:
    names = {"outcome": "effort_growth", "sample": "core", "data_sha": "0"}
    rows = pd.concat([not_estimated("no event", spec_id="growth", **names), grouped_rows])
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    said = draw_coefficients(rows, specs, {}, 0.95, "Formal allies", [tmp_path / "f.png"])
    assert "2 tests, 1 of them estimated. Sample: Formal allies." in said.caption
    assert text_faults(figures[0]) == []


def test_estimate_without_an_interval_has_no_point_and_that_is_said(
    panel_rows: pd.DataFrame, panel_spec: Specification, text_faults, figures, tmp_path: Path
) -> None:
    bare = panel_rows.assign(p_value=np.nan, ci_low=np.nan, ci_high=np.nan)
    paths = [tmp_path / "f.png"]
    said = draw_coefficients(bare, {"growth": panel_spec}, {}, 0.95, "G", paths)
    (axes,) = figures[0].axes
    assert [line for line in axes.lines if line.get_marker() not in ("None", "")] == []
    assert "Without a point: too few allies" in said.caption
    assert "1 of them estimated" in said.caption
    assert text_faults(figures[0]) == []
    said = draw_coefficients(panel_rows, {"growth": panel_spec}, {}, 0.95, "G", paths)
    assert "Without a point" not in said.caption


def test_many_lines_stay_on_a_page_and_none_is_said(text_faults) -> None:
    look = {"left": 1.5, "reach": 2.0, "label": "units", "note": "Note."}
    lines = [Line(f"Line {n}", low=-3, estimate=0, high=1, numbers=("0.1",)) for n in range(60)]
    figure, axes = forest([Line("All", heading=True), *lines], {"number": 0.2}, **look)
    assert figure.get_figheight() <= HIGHEST
    arrows = [line for line in axes.lines if line.get_marker() == "<"]
    assert len(arrows) == 60
    assert text_faults(figure) == []
    figure, axes = forest([], {"number": 0.2}, **look)
    assert [text.get_text() for text in axes.texts] == ["nothing to show"]
