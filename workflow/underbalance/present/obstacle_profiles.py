"""The obstacles of every ally over the years: a panel for each ally, by region."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from underbalance.present.ally_panels import (
    ally_panels,
    commitment_key,
    shade_commitment,
    write_key,
)
from underbalance.present.captions import Caption
from underbalance.present.style import HAIR, LIGHT, LOOKS, save_figure
from underbalance.present.tie_words import counting_of_run

ROOM = 0.04  # of the range, above and below the lines
NOTE = "Standard deviations of the reference sample from its mean; more is more of an obstacle."


def draw_obstacle_profiles(
    ally_year: pd.DataFrame,
    obstacles: Mapping[str, str],
    members: Collection[str],
    years: Sequence[int],
    sources: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw the obstacles of each member of the reference sample on one scale.

    Parameters
    ----------
    ally_year : coded ally-years with name, region, is_ally and in_reference.
    obstacles : labels by column, as many as there are looks of a line.
    members : the allies shown, sorted by region, then by name; a region begins a row.
    years : first and last year shown.
    sources : the works that the obstacles rest on, for the caption.
    """
    kept = ["iso3", "name", "region", "year", "is_ally", "in_reference", *obstacles]
    rows = ally_year.loc[ally_year["year"].between(years[0], years[1]), kept]
    profiles = in_deviations(rows, list(obstacles))
    shown = profiles[profiles["iso3"].isin(members)]
    page = ally_panels(shown, years, _limits(shown[list(obstacles)]), NOTE)
    by_ally = dict(list(shown.groupby("iso3")))
    for iso3, axes in page.of_allies():
        _draw_panel(axes, by_ally[iso3], list(obstacles))
    lines = [
        Line2D([], [], label=label, **look)
        for label, look in zip(obstacles.values(), LOOKS, strict=False)
    ]
    write_key(page, [*lines, commitment_key()])
    save_figure(page.figure, paths)
    reference = ally_year.loc[ally_year["in_reference"].astype(bool), "year"]
    return Caption(
        "Domestic obstacles by ally and year",
        f"{', '.join(obstacles.values())} of {len(by_ally)} allies, {years[0]} to {years[1]}, in "
        "standard deviations from the mean of the reference sample "
        f"({reference.min()} to {reference.max()}, {len(reference):,} ally-years); more is more of "
        f"an obstacle. Grey: a {counting_of_run().full_of_usa} was in force. {sources}".strip(),
        f"{len(by_ally)} small panels, one for each ally, with a line for each obstacle over the "
        "years on one scale.",
    )


def in_deviations(ally_year: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the columns in standard deviations from the mean, both of the reference rows."""
    reference = ally_year.loc[ally_year["in_reference"].astype(bool), list(columns)]
    scaled = (ally_year[list(columns)] - reference.mean()) / reference.std()
    return ally_year.assign(**{name: scaled[name] for name in columns})


def _limits(values: pd.DataFrame) -> tuple[float, float]:
    low, high = float(values.min().min()), float(values.max().max())
    if pd.isna(low):
        return -1.0, 1.0
    return low - ROOM * (high - low), high + ROOM * (high - low)


def _draw_panel(axes: Axes, rows: pd.DataFrame, columns: Sequence[str]) -> None:
    shade_commitment(axes, rows)
    # light, as the dotted line may lie on it
    axes.axhline(0, color=LIGHT, linewidth=HAIR, zorder=1)
    for name, look in zip(columns, LOOKS, strict=False):
        axes.plot(rows["year"], rows[name].astype("float64"), zorder=2, **look)
