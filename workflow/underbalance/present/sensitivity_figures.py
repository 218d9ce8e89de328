"""The figures of the sensitivity of the primary estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.present.curve_figure import draw_curve
from underbalance.present.leave_one_out_figure import draw_leave_one_out
from underbalance.present.power_figure import draw_power
from underbalance.present.wording import percent


def draw_sensitivity(
    tables: Mapping[str, pd.DataFrame],
    models: Sequence[str],
    labels: Mapping[str, str],
    level: float,
    folder: Path,
) -> None:
    """Draw leave_one_out, power and one specification curve per hypothesis, as PDF and PNG.

    Parameters
    ----------
    tables : of results/sensitivity, by name.
    models : spec_ids in order.
    labels : of codings and samples.
    """
    names = {spec_id: model_name(spec_id) for spec_id in models}
    rows = tables["leave_one_out"]
    draw_leave_one_out(rows, names, percent(level), _paths(folder, "leave_one_out"))
    draw_power(tables["power"], names, _paths(folder, "power"))
    for hypothesis, part in tables["specification_curve"].groupby("hypothesis"):
        figure = f"specification_curve_{str(hypothesis).lower()}"
        draw_curve(part, names, labels, _paths(folder, figure))


def model_name(spec_id: str) -> str:
    """Return a short name of a model for panels and curves."""
    return spec_id.replace("_", " ").capitalize()


def _paths(folder: Path, name: str) -> list[Path]:
    return [folder / f"sensitivity_{name}.{ending}" for ending in ("pdf", "png")]
