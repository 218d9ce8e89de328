"""Specification curves: sorted effects with intervals, and below them what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from underbalance.models.estimate import LEAST_EVENTS
from underbalance.present.captions import Caption
from underbalance.present.style import (
    BOLD,
    DARK,
    GREY,
    HAIR,
    HIGHEST,
    INK,
    LIGHT,
    PALE,
    THIN,
    TINY,
    Around,
    new_figure,
    note_height,
    save_figure,
    say_empty,
    write_note,
)
from underbalance.present.wording import whole
from underbalance.sensitivity.choices import PRIMARY, WITHOUT
from underbalance.sensitivity.curve import SIGNIFICANT

TOP = 2.4  # inches of the panel of effects
ROW = 0.125  # inches of a row of dots, at most
LEFT, ABOVE, BETWEEN = 3.1, 0.08, 0.06  # inches
PRODUCT = "_x_"
FAR = 1e3  # beyond what is shown
GROUPS = {
    "coding": "Coding",
    "part": "Part",
    "sample": "Sample",
    "rows": "Rows",
    "rivals": "Rivals",
}
PRIMARY_LABEL = "as in the primary model"
ROOM = 0.04  # above and below, as a share of what is shown
EDGES = 99.0  # percent of the intervals' ends that the panel shows


def draw_curve(
    rows: pd.DataFrame,
    models: Mapping[str, str],
    labels: Mapping[str, str],
    level: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw all specifications of one hypothesis in the order of their effects.

    Parameters
    ----------
    rows : :data:`underbalance.sensitivity.curve.COLUMNS` of one hypothesis.
    models : names of the models, by spec_id, in order.
    labels : names of choices; others are shown as they are.
    level : confidence level of the intervals, in words.
    """
    known = rows[rows["effect"].notna()].sort_values(["effect", "spec_id", "choice"])
    known = known.reset_index(drop=True)
    lines = _lines(known, models, labels)
    note = (
        f"Diamond: primary model. Line: {level} interval of the wild cluster bootstrap, cut at the "
        f"panel; thick and dark: p < {SIGNIFICANT:g}. Hollow: fewer than {LEAST_EVENTS} events, or "
        "no test (too few allies); counted in no share."
    )
    bottom = note_height(note)
    row = min(ROW, (HIGHEST - ABOVE - TOP - BETWEEN - bottom) / (len(lines) + 1))
    below = row * (len(lines) + 1)
    around = Around(LEFT, bottom, ABOVE, rows=2 * BETWEEN / (TOP + below))
    height = ABOVE + TOP + BETWEEN + below + bottom
    figure, ((upper,), (lower,)) = new_figure(1, height, around, rows=2, heights=[TOP, below])
    _draw_effects(upper, known)
    _draw_dots(lower, known, lines)
    for axes in (upper, lower):
        axes.set_xlim(-1, len(known))
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    if known.empty:
        say_empty(upper, "no specification is estimated")
    write_note(figure, note)
    save_figure(figure, paths)
    counted = known[known["counted"] == 1]
    hypothesis = "; ".join(sorted(set(rows["hypothesis"])))
    return Caption(
        f"Specification curve of {hypothesis}",
        f"{whole(len(known))} estimates of {known['spec_id'].nunique()} models of {hypothesis} in "
        "the order of their effects, in standard deviations of the disturbance and turned so that "
        f"what is predicted is above zero; {whole(len(counted))} of them count, of which "
        f"{whole(int((counted['effect'] > 0).sum()))} have the predicted sign and "
        f"{whole(int((counted['p_value'] < SIGNIFICANT).sum()))} an uncorrected p < "
        f"{SIGNIFICANT:g}. Diamonds: primary models; lines: {level} intervals of the wild "
        f"cluster bootstrap; hollow: fewer than {LEAST_EVENTS} events or too few allies for a "
        "test. Dots below show model and choice.",
        "Above, points with intervals in rising order of the effect; below, a grid of dots that "
        "says which model and which choice each of them is.",
    )


def _draw_effects(axes: Axes, rows: pd.DataFrame) -> None:
    axes.axhline(0, color=GREY, linewidth=THIN, zorder=0)
    primary = rows["kind"] == PRIMARY
    significant = rows["p_value"] < SIGNIFICANT
    styles: tuple[tuple[Any, str, float], ...] = (
        (~significant, LIGHT, THIN),
        (significant, DARK, BOLD),
    )
    for chosen, colour, width in styles:
        # an end that an interval does not have is beyond the panel
        ends = rows.loc[chosen, ["effect_low", "effect_high"]].clip(-FAR, FAR)
        axes.vlines(ends.index, ends["effect_low"], ends["effect_high"], colour, linewidth=width)
    for chosen, marker, size in ((~primary, "o", 2.8), (primary, "D", 5.0)):
        for counted in (False, True):
            part = rows[chosen & ((rows["counted"] == 1) == counted)]
            axes.plot(
                part.index,
                part["effect"],
                marker,
                color=INK,
                markerfacecolor=INK if counted else "white",
                markeredgewidth=0.7,
                markersize=size,
                zorder=3,
            )
    ends = rows[["effect_low", "effect_high"]].to_numpy().ravel()
    ends = ends[np.isfinite(ends)]
    if len(ends):
        # a few intervals of small samples would flatten all others
        low, high = np.percentile(ends, [100 - EDGES, EDGES])
        low, high = min(low, rows["effect"].min()), max(high, rows["effect"].max())
        room = ROOM * (high - low)
        axes.set_ylim(low - room, high + room)
    of_products = rows["term"].str.contains(PRODUCT).all()
    obstacle = "the product (1 SD × 1 SD)" if of_products else "1 SD of the obstacle"
    axes.set_ylabel(f"Effect of {obstacle}\nin SD of the disturbance;\nabove 0: as predicted")


def _lines(
    rows: pd.DataFrame, models: Mapping[str, str], labels: Mapping[str, str]
) -> list[tuple[str, pd.Series[bool]]]:
    """Return the rows of dots from above: label, and which specifications have a dot."""
    found: list[tuple[str, pd.Series[bool]]] = [
        (f"Model: {name}", rows["spec_id"] == spec)
        for spec, name in models.items()
        if (rows["spec_id"] == spec).any()
    ]
    found.append((PRIMARY_LABEL, rows["kind"] == PRIMARY))
    for kind, group in GROUPS.items():
        of_kind = rows["kind"] == kind
        for choice in sorted(set(rows.loc[of_kind, "choice"])):
            name = named(choice, labels)
            found.append((f"{group}: {name}", of_kind & (rows["choice"] == choice)))
    return found


def named(choice: str, labels: Mapping[str, str]) -> str:
    """Return a choice in words."""
    if not choice.startswith(WITHOUT):
        return labels.get(choice, choice)
    variable = choice.removeprefix(WITHOUT)
    label = labels.get(variable, variable)
    # acronyms stay as they are
    label = label[0].lower() + label[1:] if label[1:2].islower() else label
    return f"{WITHOUT}{label}"


def _draw_dots(
    axes: Axes, rows: pd.DataFrame, lines: Sequence[tuple[str, pd.Series[bool]]]
) -> None:
    primary = rows["kind"] == PRIMARY
    for height, (_, chosen) in enumerate(lines):
        axes.axhline(height, color=PALE, linewidth=HAIR, zorder=0)
        plain, marked = rows.index[chosen & ~primary], rows.index[chosen & primary]
        axes.plot(plain, [height] * len(plain), "o", color=DARK, markersize=2.2)
        axes.plot(marked, [height] * len(marked), "D", color=INK, markersize=3.2)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_yticks(range(len(lines)), [label for label, _ in lines], fontsize=TINY)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
