"""The plot on an outcome's page: the measure's distribution, and the cases by year."""

from __future__ import annotations

import io

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from underbalance.outcomes.catalogue import Outcome
from underbalance.present.outcome_numbers import is_yes_no, waiting_curve
from underbalance.present.style import (
    DASHED,
    GREY,
    INK,
    LIGHT,
    LINE,
    THIN,
    Around,
    new_figure,
    say_empty,
)

HEIGHT = 2.6  # inches
AROUND = Around(0.5, 0.5, 0.28, columns=0.2)
BINS = 30


def outcome_svg(cases: pd.DataFrame, outcome: Outcome, measure_label: str) -> str:
    """Return the figure of an outcome's cases as SVG text (same cases, same bytes)."""
    figure, ((left, right),) = new_figure(2, HEIGHT, AROUND)
    if outcome.event:
        _draw_waiting(left, cases, outcome)
    elif is_yes_no(cases, outcome):
        _draw_yes_no(left, cases[outcome.measure])
    else:
        _draw_histogram(left, cases[outcome.measure].dropna().astype("float64"))
    left.set_xlabel(measure_label, wrap=True)
    _draw_years(right, cases, outcome)
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()[text.getvalue().index("<svg") :]


def _draw_waiting(axes: Axes, cases: pd.DataFrame, outcome: Outcome) -> None:
    curve = waiting_curve(cases, outcome)
    axes.step(curve.index, curve, where="post", color=INK, linewidth=LINE)
    if curve.empty:
        say_empty(axes, "too few cases\nwatched early")
    axes.set_ylim(0, 1.02)
    axes.set_xlim(left=0)
    axes.set_title("Share not yet ended (Kaplan–Meier)")


def _draw_yes_no(axes: Axes, values: pd.Series) -> None:
    counts = values.dropna().astype(bool).value_counts().reindex([False, True], fill_value=0)
    bars = axes.bar(["no", "yes"], counts, color=[LIGHT, GREY], width=0.6)
    axes.bar_label(bars)
    axes.set_title("Cases")


def _draw_histogram(axes: Axes, values: pd.Series) -> None:
    """Draw the distribution; the outermost one per cent on each side is left to the table."""
    low, high = values.quantile([0.01, 0.99])
    shown = values[values.between(low, high)]
    axes.hist(shown, bins=BINS, color=GREY)
    axes.axvline(values.median(), color=INK, linewidth=THIN, linestyle=DASHED)
    axes.set_title("Cases (dashed: median; middle 98 %)")


def _draw_years(axes: Axes, cases: pd.DataFrame, outcome: Outcome) -> None:
    by_year = cases.groupby("year").size()
    axes.bar(by_year.index, by_year, color=LIGHT, width=0.8)
    title = "Cases by year"
    if outcome.event:
        ended = cases[cases[outcome.event].astype(bool)].groupby("year").size()
        axes.bar(ended.index, ended, color=GREY, width=0.8)
        title += " (dark: ended)"
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.set_title(title)
