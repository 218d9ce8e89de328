"""The figure of a case: obstacles, governments, events and deliveries on one axis of years."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from underbalance.present.case_layout import LEVELS, lanes, spread, year_of
from underbalance.present.style import WIDTH, new_figure, save_figure

GREYS = dict(zip(LEVELS, ("#e6e6e6", "#a9a9a9", "#4a4a4a"), strict=True))
LEVEL_LABELS = ("below the reference median", "above the median", "above the 75th percentile")
CAMP_LOOKS = {
    "leftist": {"facecolor": "#8f8f8f", "letter": "L"},
    "centrist": {"facecolor": "#d4d4d4", "letter": "C"},
    "rightist": {"facecolor": "#ffffff", "letter": "R"},
}
MARKS = {1: ("^", "#ffffff"), -1: ("v", "#000000"), 0: ("o", "#b0b0b0")}
BANDS = {
    "political": "Political obstacle",
    "divided_control": "divided control",
    "economic": "Economic obstacle",
    "legal": "Legal obstacle",
}
LEFT, RIGHT = 1.72, 0.12  # inches beside the years
BAND, THIN, LANE, GAP = 0.16, 0.1, 0.12, 0.17  # inches
SMALL, TINY = 7.0, 6.5  # points
LETTER_WIDTH = 0.6  # of the size of the letters
LETTERS = 30  # of a label on the left, per line
MARK_GAP = 0.64  # years between two marks of one lane


@dataclass(frozen=True)
class CaseFigure:
    """What the figure of one case shows.

    Parameters
    ----------
    name : the ally.
    levels : year, variable, level (:func:`~underbalance.present.case_layout.obstacle_levels`).
    periods : start, end, head, camp (results/cases/governments.csv).
    events : line, middle, direction (results/cases/events.csv).
    deals : :func:`~underbalance.present.case_layout.case_deals`.
    years : first and last year shown.
    """

    name: str
    levels: pd.DataFrame
    periods: pd.DataFrame
    events: pd.DataFrame
    deals: pd.DataFrame
    years: tuple[int, int]


def draw_case(case: CaseFigure, paths: Sequence[Path]) -> None:
    """Draw the figure of a case: all in one axes, years across and inches down."""
    import matplotlib.pyplot as plt

    rows = _line_rows(case.events)
    heads = case.periods[case.periods["head"] != ""]
    names = max((len(name) for name in heads["head"]), default=0)
    names_height = names * LETTER_WIDTH * TINY / 72 + 0.22
    deal_rows = _deal_rows(case.deals)
    bands = sum(THIN if name == "divided_control" else BAND for name in BANDS) + 0.12
    top = 0.3
    height = top + bands + BAND + names_height + GAP + sum(rows.values())
    height += (GAP + LANE * 1.25 * sum(deal_rows.values())) if deal_rows else 0
    total = height + 0.66
    edges = {"left": 0.0, "right": 1.0, "bottom": 0.0, "top": 1.0}
    figure, ((axes,),) = new_figure(1, total, edges=edges)
    per_inch = (case.years[1] + 1 - case.years[0]) / (WIDTH - LEFT - RIGHT)
    axes.set_xlim(case.years[0] - LEFT * per_inch, case.years[1] + 1 + RIGHT * per_inch)
    axes.set_ylim(total, 0)
    axes.set_axis_off()
    title = f"{case.name}: obstacles, governments, events and deliveries"
    axes.text(_left(axes), 0.13, title, fontsize=9.5, fontweight="bold", va="center")
    place = _draw_bands(axes, case, top)
    _draw_grid(axes, case.years, place + BAND, height)
    place = _draw_governments(axes, heads, case, place, names_height, per_inch)
    place = _draw_lines(axes, case, rows, place + GAP)
    if deal_rows:
        _draw_deals(axes, case, deal_rows, place + GAP)
    _draw_years(axes, case.years, height)
    _draw_key(axes, height + 0.27)
    save_figure(figure, paths)
    plt.close(figure)


def _draw_bands(axes: Axes, case: CaseFigure, top: float) -> float:
    place = top
    for variable, label in BANDS.items():
        size = THIN if variable == "divided_control" else BAND
        own = case.levels[case.levels["variable"] == variable]
        for year, level in zip(own["year"], own["level"], strict=True):
            _box(axes, (year, year + 1), place, size, facecolor=GREYS[level], linewidth=0)
        _box(axes, _span(case.years), place, size, facecolor="none", linewidth=0.4)
        thin = variable == "divided_control"
        _label(axes, label, place + size / 2, case.years, TINY - 0.5 if thin else SMALL)
        place += size + 0.03
    return place + 0.03


def _draw_governments(
    axes: Axes,
    heads: pd.DataFrame,
    case: CaseFigure,
    top: float,
    names_height: float,
    per_inch: float,
) -> float:
    """Draw the camps as boxes with a letter, and below them the names, pushed apart."""
    _label(axes, "Camp of the government", top + BAND / 2, case.years)
    for row in case.periods.to_dict("records"):
        span = (year_of(row["start"]), year_of(row["end"]) + 1 / 365)
        look = CAMP_LOOKS.get(row["camp"], {})
        color = look.get("facecolor", "none")
        hatch = "" if look else "/////"
        style = {"facecolor": color, "linewidth": 0.5, "hatch": hatch, "edgecolor": "black"}
        _box(axes, span, top, BAND, **style)
        if look and (span[1] - span[0]) / per_inch > 0.09:
            middle = sum(span) / 2
            axes.text(middle, top + BAND / 2, look["letter"], fontsize=TINY, **_CENTRED)
    _label(axes, "Head of government", top + BAND + names_height / 2, case.years)
    spans = [
        (year_of(start), year_of(end) + 1 / 365)
        for start, end in zip(heads["start"], heads["end"], strict=True)
    ]
    # a government whose camp is told in two ways, or changes, is named once
    named: list[tuple[str, float, float]] = []
    for head, (start, end) in zip(heads["head"], spans, strict=True):
        if named and named[-1][0] == head and abs(named[-1][2] - start) < 0.01:
            named[-1] = (head, named[-1][1], end)
        else:
            named.append((head, start, end))
    centres = [(start + end) / 2 for _, start, end in named]
    room = TINY * 1.15 / 72 * per_inch
    places = spread(centres, room, case.years[0] + room / 2, case.years[1] + 1 - room / 2)
    bottom, begin = top + BAND, top + BAND + 0.14
    for (head, _, _), centre, place in zip(named, centres, places, strict=True):
        axes.plot([centre, place], [bottom, begin], color="#555555", linewidth=0.4)
        style = {"rotation": 90, "fontsize": TINY, "ha": "center", "va": "top"}
        axes.text(place, begin + 0.02, head, **style)
    return top + BAND + names_height


def _draw_lines(axes: Axes, case: CaseFigure, rows: dict[str, float], top: float) -> float:
    _heading(axes, "Events", top - 0.07)
    place = top
    for line, size in rows.items():
        own = case.events[case.events["line"] == line]
        when = [year_of(day) for day in own["middle"]]
        _label(axes, line, place + size / 2, case.years, TINY)
        axes.plot(_span(case.years), [place + size] * 2, color="#dddddd", linewidth=0.4)
        used = lanes(when, when, MARK_GAP)
        inset = (size - LANE * (max(used) + 1)) / 2
        for x, direction, lane in zip(when, own["direction"], used, strict=True):
            marker, color = MARKS[int(direction)]
            y = place + inset + LANE * (lane + 0.5)
            style = {"markersize": 4.6, "markeredgewidth": 0.7, "markeredgecolor": "black"}
            axes.plot([x], [y], marker=marker, markerfacecolor=color, **style)
        place += size
    return place


def _draw_deals(axes: Axes, case: CaseFigure, rows: dict[str, int], top: float) -> None:
    _heading(axes, "Ordered from the USA", top - 0.07)
    size, place = LANE * 1.25, top
    end = case.years[1] + 1
    for designation, count in rows.items():
        own = case.deals[case.deals["designation"] == designation]
        _label(axes, designation, place + size * count / 2, case.years, TINY)
        for row in own.to_dict("records"):
            y = place + size * (row["lane"] + 0.5)
            ordered = row["order_year"] + 0.5
            first = end if row["open"] else max(row["first"], ordered)
            dashes = (0, (2, 1.5)) if row["open"] else "solid"
            axes.plot([ordered, first], [y, y], color="black", linewidth=0.8, linestyle=dashes)
            axes.plot([ordered], [y], marker="|", color="black", markersize=5)
            if not row["open"]:
                span = (first, row["last"] + 1)
                _box(axes, span, y - size * 0.28, size * 0.56, facecolor="#4a4a4a", linewidth=0)
        place += size * count


def _line_rows(events: pd.DataFrame) -> dict[str, float]:
    """Return the height of each line's row in inches; lines in the order of their first event."""
    rows = {}
    for line, own in events.sort_values("event").groupby("line", sort=False):
        when = [year_of(day) for day in own["middle"]]
        label = 0.115 * len(textwrap.wrap(str(line), LETTERS))
        rows[str(line)] = max(label, LANE * (max(lanes(when, when, MARK_GAP)) + 1)) + 0.035
    return rows


def _deal_rows(deals: pd.DataFrame) -> dict[str, int]:
    rows = deals.groupby("designation", sort=False)["lane"].max() + 1
    return {str(name): int(count) for name, count in rows.items()}


def _draw_grid(axes: Axes, years: tuple[int, int], top: float, bottom: float) -> None:
    for year in range(years[0], years[1] + 1):
        if year % 5 == 0:
            style = {"color": "#d0d0d0", "linewidth": 0.5, "zorder": 0}
            axes.plot([year, year], [top, bottom], **style)


def _draw_years(axes: Axes, years: tuple[int, int], height: float) -> None:
    axes.plot(_span(years), [height, height], color="black", linewidth=0.8)
    for year in range(years[0], years[1] + 1):
        if year % 5 == 0:
            axes.plot([year, year], [height, height + 0.04], color="black", linewidth=0.8)
            axes.text(year, height + 0.06, str(year), fontsize=SMALL, ha="center", va="top")


def _draw_key(axes: Axes, top: float) -> None:
    boxes = [
        Patch(facecolor=GREYS[level], edgecolor="black", linewidth=0.3, label=label)
        for level, label in zip(LEVELS, LEVEL_LABELS, strict=True)
    ]
    boxes.append(Patch(facecolor="none", edgecolor="black", linewidth=0.3, hatch="/////"))
    boxes[-1].set_label("camp not known")
    words = {1: "event forward", -1: "event back", 0: "neither"}
    marks = [
        axes.plot([], [], marker=marker, linestyle="none", color="black", markersize=4.6)[0]
        for marker, _ in MARKS.values()
    ]
    for mark, (direction, (_, color)) in zip(marks, MARKS.items(), strict=True):
        mark.set(markerfacecolor=color, markeredgecolor="black", label=words[direction])
    low = axes.get_ylim()[0]
    for place, handles in ((top, boxes), (top + 0.17, marks)):
        legend = axes.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(0.0, 1 - place / low),
            ncols=len(handles),
            frameon=False,
            fontsize=TINY,
            handlelength=1.4,
            columnspacing=1.2,
            borderaxespad=0,
        )
        axes.add_artist(legend)
    note = "│ ordered, ■ first to last delivery, dashed: none yet.  L, C, R: leftist, centrist, rightist"
    axes.text(
        _left(axes) + 0.37 * (axes.get_xlim()[1] - axes.get_xlim()[0]),
        top + 0.245,
        note,
        fontsize=TINY,
        va="center",
    )


_CENTRED = {"ha": "center", "va": "center"}


def _box(axes: Axes, span: tuple[float, float], top: float, size: float, **style: object) -> None:
    style = {"edgecolor": "black", **style}
    axes.add_patch(Rectangle((span[0], top), span[1] - span[0], size, **style))


def _span(years: tuple[int, int]) -> tuple[float, float]:
    return years[0], years[1] + 1


def _label(
    axes: Axes, text: str, middle: float, years: tuple[int, int], size: float = SMALL
) -> None:
    wrapped = "\n".join(textwrap.wrap(text, LETTERS))
    style = {"fontsize": size, "ha": "right", "va": "center", "linespacing": 1.0}
    axes.text(years[0] - 0.5, middle, wrapped, **style)


def _heading(axes: Axes, text: str, middle: float) -> None:
    axes.text(_left(axes), middle, text, fontsize=SMALL, fontweight="bold", va="center")


def _left(axes: Axes) -> float:
    low, high = axes.get_xlim()
    return low + 0.01 * (high - low)
