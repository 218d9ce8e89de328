"""Maps of allies by years: a row for each ally, grouped by region, a bar for each status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from underbalance.present.wording import region_words


@dataclass(frozen=True)
class Look:
    """How the years of one status are drawn.

    Parameters
    ----------
    face : colour of the bar.
    hatch : pattern over it, as matplotlib has them; drawn in ``line``.
    line : colour of the hatch.
    height : of the bar, in rows.
    """

    face: str
    hatch: str = ""
    line: str = "none"
    height: float = 0.88


def rows_of(allies: pd.DataFrame) -> pd.DataFrame:
    """Return iso3, region, name and row of allies: by region and name, a gap before each region."""
    ordered = allies.sort_values(["region", "name"], ignore_index=True)
    before = ordered["region"].rank(method="dense").astype(int)
    return ordered.assign(row=ordered.index + before)[["iso3", "region", "name", "row"]]


def runs(statuses: pd.DataFrame) -> pd.DataFrame:
    """Return spans of consecutive years with one status.

    Parameters
    ----------
    statuses : iso3, year and status of one table.

    Returns
    -------
    iso3, status, first and last (year).
    """
    ordered = statuses.sort_values(["iso3", "year"], ignore_index=True)
    before = ordered.groupby("iso3").shift()
    new = (ordered["status"] != before["status"]) | (ordered["year"] != before["year"] + 1)
    spans = ordered.assign(run=new.cumsum()).groupby(["run", "iso3", "status"])["year"]
    return spans.agg(first="min", last="max").reset_index().drop(columns="run")


def draw_spans(
    axes: Axes, statuses: pd.DataFrame, rows: pd.DataFrame, looks: Mapping[str, Look]
) -> None:
    """Draw a bar for each span of years of one status.

    Parameters
    ----------
    statuses : iso3, year and status.
    rows : the rows of the allies (:func:`rows_of`).
    looks : by status; without one, nothing is drawn.
    """
    places = dict(zip(rows["iso3"], rows["row"], strict=True))
    spans = runs(statuses)
    for status, look in looks.items():
        boxes = [
            _box(row["first"], row["last"] + 1, places[row["iso3"]], look.height)
            for row in spans[spans["status"] == status].to_dict("records")
        ]
        drawn = PolyCollection(boxes, facecolors=look.face, edgecolors=look.line, linewidths=0)
        drawn.set_hatch(look.hatch)
        axes.add_collection(drawn)
    axes.set_ylim(rows["row"].max() + 0.5, -0.5)
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def label_allies(axes: Axes, rows: pd.DataFrame, labels: Sequence[str], size: float) -> None:
    """Write the label of each ally beside its row, and the region above its first."""
    axes.set_yticks(rows["row"].tolist(), list(labels))
    axes.tick_params(axis="y", labelsize=size, length=0, pad=1)
    left = axes.get_xlim()[0]
    for region, first in rows.groupby("region")["row"].min().items():
        words = region_words(str(region))
        axes.text(left, first - 1, words, fontsize=size, fontweight="bold", va="center")


def _box(left: float, right: float, place: float, height: float) -> list[tuple[float, float]]:
    low, high = place - height / 2, place + height / 2
    return [(left, low), (right, low), (right, high), (left, high)]
