"""Power of the primary tests at true effects: a panel for each hypothesis, a curve per model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from underbalance.models.estimate import DESCRIPTIVE
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.present.direct_labels import moved_apart
from underbalance.present.style import new_figure, save_figure

HEIGHT = 3.5  # inches
WANTED = 0.8
GAP = 0.075  # between labels, as a share of the largest effect
TOP = 1.04  # where labels stand
COLOURS = ("#000000", "#6e6e6e")
DASHES = ("solid", (0, (5, 1.6)), (0, (1, 1.2)))


def draw_power(rows: pd.DataFrame, names: Mapping[str, str], paths: Sequence[Path]) -> None:
    """Draw the share rejected against the true effect, with the size at effect zero.

    Parameters
    ----------
    rows : spec_id, hypothesis, effect, power, note; models without power have it missing.
    names : of the models, by spec_id.
    """
    known = rows[rows["power"].notna()]
    hypotheses = list(dict.fromkeys(known["hypothesis"]))
    figure, (axes,) = new_figure(max(len(hypotheses), 1), HEIGHT)
    for panel, hypothesis in zip(axes, hypotheses, strict=False):
        _draw_panel(panel, known[known["hypothesis"] == hypothesis], names)
        panel.text(0.97, 0.09, hypothesis, fontweight="bold", ha="right", transform=panel.transAxes)
    axes[0].set_ylabel("share of simulations with p < 0.05")
    figure.supxlabel(
        "True effect, in standard deviations of the disturbance. Dot: power of 80 %.\n"
        f"One test at a time, not corrected for several.{said(rows, names)}",
        fontsize=8,
    )
    save_figure(figure, paths)


def said(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return which models have no power, and which are descriptive."""
    found = ""
    for words, begins in (("not estimated", NOT_ESTIMATED), ("fewer than 30 events", DESCRIPTIVE)):
        of = rows.loc[rows["note"].fillna("").str.startswith(begins), "spec_id"]
        if len(of):
            found += f" {', '.join(names[str(one)] for one in dict.fromkeys(of))}: {words}."
    return found


def _draw_panel(axes: Axes, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    for share in (0.05, WANTED):
        axes.axhline(share, color="#bbbbbb", linewidth=0.7, zorder=0)
    largest = float(rows["effect"].max())
    curves = {str(spec): part.sort_values("effect") for spec, part in rows.groupby("spec_id")}
    for place, part in enumerate(curves.values()):
        axes.plot(
            part["effect"],
            part["power"],
            color=COLOURS[place % len(COLOURS)],
            linestyle=DASHES[place % len(DASHES)],
            linewidth=1.3,
        )
    _label_where_found(axes, curves, names, largest)
    axes.set_xlim(0, 1.02 * largest)
    axes.set_ylim(-0.01, TOP)
    axes.set_xticks(sorted(set(rows["effect"])))
    axes.spines["bottom"].set_bounds(0, largest)
    axes.spines["left"].set_bounds(0, 1)
    axes.set_yticks([0, 0.05, 0.2, 0.4, 0.6, WANTED, 1], ["0", ".05", ".2", ".4", ".6", ".8", "1"])


def _label_where_found(
    axes: Axes, curves: Mapping[str, pd.DataFrame], names: Mapping[str, str], largest: float
) -> None:
    """Name each curve above the place where its power is 80 %, others at their end."""
    found = {spec: crossing(part) for spec, part in curves.items()}
    reached = {spec: x for spec, x in found.items() if np.isfinite(x)}
    places = moved_apart(list(reached.values()), GAP * largest, 0.0, largest)
    for (spec, x), place in zip(reached.items(), places, strict=True):
        axes.plot(x, WANTED, "o", color="black", markersize=3.2)
        axes.plot([x, place], [WANTED, TOP], color="#9a9a9a", linewidth=0.5, clip_on=False)
        axes.text(place, TOP + 0.01, names[spec], fontsize=7.5, rotation=60, rotation_mode="anchor")
    for spec in sorted(curves.keys() - reached.keys()):
        end = curves[spec].iloc[-1]
        axes.text(end["effect"], end["power"] + 0.03, names[spec], fontsize=7.5, ha="right")


def crossing(part: pd.DataFrame) -> float:
    """Return the effect at which the drawn line reaches the wanted power, nan if it does not."""
    power, effect = part["power"].to_numpy(), part["effect"].to_numpy()
    above = np.flatnonzero(power >= WANTED)
    if not len(above):
        return float("nan")
    first = above[0]
    return float(np.interp(WANTED, power[: first + 1], effect[: first + 1]))
