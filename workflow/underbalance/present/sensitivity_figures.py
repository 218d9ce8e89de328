"""The figures of the sensitivity of the primary estimates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from underbalance.present.captions import Caption
from underbalance.present.curve_figure import draw_curve
from underbalance.present.leave_one_out_figure import Panel, draw_leave_one_out
from underbalance.present.power_figure import draw_power
from underbalance.present.scorecard_wording import WITHOUT_CLOCK, unit_of
from underbalance.present.wording import percent
from underbalance.specifications import Specification

PREFIX = "sensitivity_"


def draw_sensitivity(
    tables: Mapping[str, pd.DataFrame],
    specs: Mapping[str, Specification],
    labels: Mapping[str, str],
    codebook: pd.DataFrame,
    level: float,
    folder: Path,
) -> dict[str, Caption]:
    """Draw leave_one_out, power and one specification curve per hypothesis, as PDF and PNG.

    Captions are by the name of the figure.

    Parameters
    ----------
    tables : of results/sensitivity, by name.
    specs : the models in order.
    labels : of codings and samples; other variables have that of the codebook.
    """
    names = {spec_id: model_name(spec_id) for spec_id in specs}
    panels = {spec_id: panel_of(spec_id, spec, codebook) for spec_id, spec in specs.items()}
    rows = tables["leave_one_out"]
    words = percent(level)
    found = {
        "leave_one_out": draw_leave_one_out(rows, panels, words, _paths(folder, "leave_one_out")),
        "power": draw_power(tables["power"], names, _paths(folder, "power")),
    }
    of_allies = codebook[codebook["table"] == "ally_year"]
    known = {**dict(zip(of_allies["name"], of_allies["label"], strict=True)), **labels}
    for hypothesis, part in tables["specification_curve"].groupby("hypothesis"):
        figure = f"specification_curve_{str(hypothesis).lower()}"
        found[figure] = draw_curve(part, names, known, words, _paths(folder, figure))
    return {f"{PREFIX}{name}": caption for name, caption in found.items()}


def panel_of(spec_id: str, spec: Specification, codebook: pd.DataFrame) -> Panel:
    """Return what the panel of a model says: name, unit per SD, predicted sign."""
    unit = unit_of(spec, codebook)
    unit = "cloglog coefficient" if unit == WITHOUT_CLOCK else unit
    sign = {"+": "> 0", "-": "< 0"}[spec.tests[0].sign]
    per = "SD × SD" if spec.products else "SD"
    predicted = f"{spec.tests[0].hypothesis}: {sign}"
    return Panel(model_name(spec_id), f"{unit} per {per}", predicted)


def model_name(spec_id: str) -> str:
    """Return a short name of a model for panels and curves."""
    return spec_id.replace("_", " ").capitalize()


def _paths(folder: Path, name: str) -> list[Path]:
    return [folder / f"{PREFIX}{name}.{ending}" for ending in ("pdf", "png")]
