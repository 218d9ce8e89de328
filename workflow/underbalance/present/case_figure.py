"""The figure of a case: obstacles, governments, events and deliveries on one axis of years."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.present.ally_map import runs
from underbalance.present.case_layout import lanes, named_spans, spread, year_of
from underbalance.present.case_marks import (
    GREYS,
    LETTERS,
    MARK_SIZE,
    MARKS,
    draw_box,
    draw_grid,
    draw_heading,
    draw_key,
    draw_label,
    draw_years,
    left_edge,
    whole_span,
)
from underbalance.present.style import (
    DARK,
    HAIR,
    INK,
    LIGHT,
    SMALL,
    TEXT,
    THIN,
    TINY,
    WIDTH,
    Around,
    new_figure,
    save_figure,
)

# grey and letter of each camp
CAMP_LOOKS = {
    "leftist": ("#8f8f8f", "L"),
    "centrist": ("#d4d4d4", "C"),
    "rightist": ("#ffffff", "R"),
}
BANDS = {
    "political": "Political obstacle",
    "divided_control": "divided control",
    "economic": "Economic obstacle",
    "legal": "Legal obstacle",
}
LEFT, RIGHT = 1.72, 0.12  # inches beside the years
BAND, NARROW, LANE, GAP = 0.16, 0.1, 0.12, 0.17  # inches
LETTER_ROOM = 0.09  # inches that the letter of a camp needs
LETTER_WIDTH = 0.6  # of the size of the letters
MARK_GAP = 0.64  # years between two marks of one lane


@dataclass(frozen=True)
class CaseFigure:
    """What the figure of one case shows.

    Parameters
    ----------
    name : the ally.
    levels : :func:`~underbalance.present.case_layout.obstacle_levels` of the ally.
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
    rows = _line_rows(case.events)
    heads = case.periods[case.periods["head"] != ""]
    names = max((len(name) for name in heads["head"]), default=0)
    names_height = names * LETTER_WIDTH * TINY / 72 + 0.22
    deal_rows = _deal_rows(case.deals)
    bands = sum(NARROW if name == "divided_control" else BAND for name in BANDS) + 0.12
    top = 0.3
    height = top + bands + BAND + names_height + GAP + sum(rows.values()) + 0.04
    height += (GAP + LANE * 1.25 * sum(deal_rows.values())) if deal_rows else 0
    total = height + 0.82
    figure, ((axes,),) = new_figure(1, total, Around(0, 0, 0, 0))
    per_inch = (case.years[1] + 1 - case.years[0]) / (WIDTH - LEFT - RIGHT)
    axes.set_xlim(case.years[0] - LEFT * per_inch, case.years[1] + 1 + RIGHT * per_inch)
    axes.set_ylim(total, 0)
    axes.set_axis_off()
    title = f"{case.name}: obstacles, governments, events and deliveries"
    axes.text(left_edge(axes), 0.13, title, fontsize=TEXT + 0.5, fontweight="bold", va="center")
    place = _draw_bands(axes, case, top)
    place = _draw_governments(axes, heads, case, place, names_height, per_inch)
    draw_grid(axes, case.years, place + 0.06, height)
    place = _draw_lines(axes, case, rows, place + GAP)
    if deal_rows:
        _draw_deals(axes, case, deal_rows, place + GAP)
    draw_years(axes, case.years, height)
    draw_key(axes, height + 0.27)
    axes.text(left_edge(axes), height + 0.69, known_until(heads), fontsize=TINY, va="center")
    save_figure(figure, paths)


def known_until(heads: pd.DataFrame) -> str:
    """Return in words until when heads of government are known."""
    if heads.empty:
        return "Heads of government: not known."
    last = pd.Timestamp(heads["end"].max())
    return f"Heads of government: known until {last.day} {last.month_name()} {last.year}."


def _draw_bands(axes: Axes, case: CaseFigure, top: float) -> float:
    place = top
    for variable, label in BANDS.items():
        size = NARROW if variable == "divided_control" else BAND
        own = case.levels[case.levels["variable"] == variable]
        for row in runs(own.rename(columns={"level": "status"})).to_dict("records"):
            span, look = (row["first"], row["last"] + 1), GREYS[row["status"]]
            draw_box(axes, span, place, size, facecolor=look, linewidth=0)
        draw_box(axes, whole_span(case.years), place, size, facecolor="none", linewidth=0.4)
        thin = variable == "divided_control"
        draw_label(axes, label, place + size / 2, case.years, TINY - 0.5 if thin else SMALL)
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
    draw_label(axes, "Camp of the government", top + BAND / 2, case.years)
    for row in case.periods.to_dict("records"):
        span = (year_of(row["start"]), year_of(row["end"]) + 1 / 365)
        color, letter = CAMP_LOOKS.get(row["camp"], ("none", ""))
        hatch = "" if letter else "/////"
        draw_box(axes, span, top, BAND, facecolor=color, linewidth=0.5, hatch=hatch)
        if (span[1] - span[0]) / per_inch > LETTER_ROOM:
            middle = (sum(span) / 2, top + BAND / 2)
            axes.text(*middle, letter, fontsize=TINY, ha="center", va="center")
    draw_label(axes, "Head of government", top + BAND + names_height / 2, case.years)
    named = named_spans(heads)
    centres = [(start + end) / 2 for _, start, end in named]
    room = TINY * 1.15 / 72 * per_inch
    places = spread(centres, room, case.years[0] + room / 2, case.years[1] + 1 - room / 2)
    bottom, begin = top + BAND, top + BAND + 0.14
    for (head, _, _), centre, place in zip(named, centres, places, strict=True):
        axes.plot([centre, place], [bottom, begin], color=DARK, linewidth=HAIR)
        axes.text(place, begin + 0.02, head, rotation=90, fontsize=TINY, ha="center", va="top")
    return top + BAND + names_height


def _draw_lines(axes: Axes, case: CaseFigure, rows: dict[str, float], top: float) -> float:
    draw_heading(axes, "Events", top - 0.07)
    place = top
    for line, size in rows.items():
        own = case.events[case.events["line"] == line]
        when = [year_of(day) for day in own["middle"]]
        draw_label(axes, line, place + size / 2, case.years, TINY)
        axes.plot(whole_span(case.years), [place + size] * 2, color=LIGHT, linewidth=HAIR)
        used = lanes(when, when, MARK_GAP)
        inset = (size - LANE * (max(used) + 1)) / 2
        for x, direction, lane in zip(when, own["direction"], used, strict=True):
            marker, color = MARKS[int(direction)]
            y = place + inset + LANE * (lane + 0.5)
            mark = axes.plot([x], [y], marker=marker, markersize=MARK_SIZE, color="black")[0]
            mark.set(markerfacecolor=color, markeredgewidth=0.7)
        place += size
    return place


def _draw_deals(axes: Axes, case: CaseFigure, rows: dict[str, int], top: float) -> None:
    draw_heading(axes, "Ordered from the USA", top - 0.07)
    size, place = LANE * 1.25, top
    end = case.years[1] + 1
    for designation, count in rows.items():
        own = case.deals[case.deals["designation"] == designation]
        draw_label(axes, designation, place + size * count / 2, case.years, TINY)
        for row in own.to_dict("records"):
            y = place + size * (row["lane"] + 0.5)
            ordered = row["order_year"] + 0.5
            first = end if row["open"] else max(row["first"], ordered)
            dashes = ":" if row["open"] else "-"
            axes.plot([ordered, first], [y, y], color=INK, linewidth=THIN, linestyle=dashes)
            axes.plot([ordered], [y], marker="|", color="black", markersize=5)
            if not row["open"]:
                span, top = (first, row["last"] + 1), y - size * 0.28
                draw_box(axes, span, top, size * 0.56, facecolor=DARK, linewidth=0)
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
