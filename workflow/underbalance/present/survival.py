"""Who still waits, by social obstacle: Kaplan–Meier curves, and cumulative incidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Group
from underbalance.errors import EstimationError
from underbalance.models.curves import cumulative_incidence, kaplan_meier
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.outcomes.listed import all_outcomes
from underbalance.present.captions import Caption
from underbalance.present.style import save_figure
from underbalance.present.waiting import (
    GROUPS,
    HIGH,
    LOW,
    periods_before,
    shown_until,
    waiting_cases,
)
from underbalance.present.waiting_panels import Panel, waiting_figure
from underbalance.present.wording import percent, quantile_words, whole
from underbalance.specifications import Specification

CURVE = ["time", "estimate", "ci_low", "ci_high"]
ENDINGS = {
    "ordered": ("Ordered", "Share of requests that led to an order"),
    "lapsed": ("Lapsed", "Share of requests without an order in five years"),
}
BEYOND = 0.5  # units of time after the last one, so that its step can be seen
UNITS = {"year": "Calendar years", "month": "Calendar months"}


def survival_cases(
    specs: Mapping[str, Specification],
    tables: Tables,
    types: pd.DataFrame,
    sample: tuple[Group, frozenset[str]],
) -> dict[str, pd.DataFrame]:
    """Return by outcome the cases of the specifications (one of each outcome of a duration)."""
    return {spec.outcome: waiting_cases(spec, tables, types, *sample) for spec in specs.values()}


def draw_survival(
    cases: Mapping[str, pd.DataFrame],
    quantile: float,
    sample_label: str,
    level: float,
    sources: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw for each outcome of a duration the share that still waits, by social obstacle.

    Parameters
    ----------
    cases : :func:`survival_cases`.
    quantile : the one of the reference sample at which the social obstacle is cut.
    sample_label : of the sample, in words.
    level : confidence level of the bands.
    sources : for the caption.
    """
    panels = [_panel(outcome, rows, level) for outcome, rows in cases.items()]
    figure = waiting_figure(panels, "Share that still waits", _key(quantile, level))
    save_figure(figure, paths)
    return Caption(
        "Share of cases that still wait, by social obstacle",
        "Kaplan–Meier estimates for allies with a low and with a high social obstacle; requests "
        "that lapsed are censored, as in the model. "
        + _said(cases, quantile, sample_label, level, sources),
        f"{len(panels)} panels of falling step curves, one for each outcome of pace, with a "
        "solid line for a high and a dashed one for a low social obstacle; the numbers at risk "
        f"stand below. {_still_waiting(panels)}",
    )


def draw_incidence(
    cases: pd.DataFrame,
    quantile: float,
    sample_label: str,
    level: float,
    sources: str,
    paths: Sequence[Path],
) -> Caption:
    """Draw the share of requests that was ordered, and the one that lapsed.

    Parameters
    ----------
    cases : the requests (:func:`survival_cases` of commitment).
    quantile, sample_label, level, sources : as of :func:`draw_survival`.
    """
    curves = {name: _incidence(cases[cases["social"] == name], level) for name in GROUPS}
    lag = periods_before("commitment")
    panels = [
        Panel(
            title=title,
            words=words,
            unit=UNITS[all_rows()["commitment"].interval],
            cases=cases,
            curves={
                name: _on_clock(curve.loc[curve["cause"] == ending, CURVE], lag)
                for name, curve in curves.items()
                if curve is not None
            },
            begins=0.0,
            until=float(cases["stop"].max()) - lag + BEYOND if len(cases) else 1.0,
            lag=lag,
        )
        for ending, (title, words) in ENDINGS.items()
    ]
    figure = waiting_figure(panels, "Cumulative incidence", _key(quantile, level))
    save_figure(figure, paths)
    return Caption(
        "Requests ordered and lapsed, by social obstacle",
        "Cumulative incidence (Aalen–Johansen) of the two ways in which a notified request ends: "
        "an order, or no order within five years. "
        + _said({"commitment": cases}, quantile, sample_label, level, sources),
        "Two panels of rising step curves: the share of requests ordered and the share lapsed, "
        "each with a solid line for a high and a dashed one for a low social obstacle.",
    )


def _panel(outcome: str, cases: pd.DataFrame, level: float) -> Panel:
    curves = {name: _curve(cases[cases["social"] == name], level) for name in GROUPS}
    lag = periods_before(outcome)
    return Panel(
        title=outcome.capitalize(),
        words=all_outcomes()[outcome].label,
        unit=UNITS[all_rows()[outcome].interval],
        cases=cases,
        curves={name: _on_clock(curve, lag) for name, curve in curves.items() if curve is not None},
        begins=1.0,
        until=shown_until(cases) - lag + BEYOND,
        lag=lag,
    )


def _on_clock(curve: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Return a curve over periods in the calendar differences of the outcome tables."""
    return curve.assign(time=curve["time"] - lag)


def _curve(cases: pd.DataFrame, level: float) -> pd.DataFrame | None:
    """Return a curve, a level one where nothing happened, None without a case."""
    if cases.empty:
        return None
    try:
        return kaplan_meier(cases, stop="stop", event="event", entry="entry", level=level)[CURVE]
    except EstimationError:
        return pd.DataFrame(columns=CURVE, dtype="float64")


def _incidence(cases: pd.DataFrame, level: float) -> pd.DataFrame | None:
    if cases.empty:
        return None
    try:
        return cumulative_incidence(
            cases, stop="stop", status="ended_by", entry="entry", level=level
        )
    except EstimationError:
        return pd.DataFrame(columns=["cause", *CURVE], dtype="float64")


def _key(quantile: float, level: float) -> list[str]:
    return [
        f"High: above the {quantile_words(quantile)} of the reference sample in the year before "
        "a case was first watched.",
        f"Shaded: pointwise {percent(level)} intervals, cases taken as independent.",
        "0: the calendar year or month in which the clock begins.",
    ]


def _said(
    cases: Mapping[str, pd.DataFrame],
    quantile: float,
    sample_label: str,
    level: float,
    sources: str,
) -> str:
    counts = "; ".join(_counted(outcome, rows) for outcome, rows in cases.items())
    late = [name for name, rows in cases.items() if (rows["entry"] > 0).any()]
    entered = f" Late entry is taken into account ({', '.join(late)})." if late else ""
    return (
        f"High: above the {quantile_words(quantile)} of the reference sample in the year before "
        "a case was first watched; a case stays in the group in which it began. Sample: "
        f"{sample_label}. Time: differences of calendar years or months, as in the tables of the "
        "outcomes; an end at 0 came in the year or month in which the clock began. "
        f"Cases: {counts}.{entered} Pointwise {percent(level)} log–log intervals, "
        "cases taken as independent; the tests are those of the models, which let obstacles "
        f"change and count allies, not cases. {sources}".strip()
    )


def _counted(outcome: str, cases: pd.DataFrame) -> str:
    groups = cases["social"].value_counts()
    known = cases[cases["social"] != ""]
    unknown = len(cases) - len(known)
    left_out = f", {whole(unknown)} left out without a known obstacle" if unknown else ""
    return (
        f"{outcome} {whole(len(known))} ({whole(groups.get(LOW, 0))} low, "
        f"{whole(groups.get(HIGH, 0))} high; {whole(int(known['event'].sum()))} ended{left_out})"
    )


def _still_waiting(panels: Sequence[Panel]) -> str:
    """Return in words what is left at the last time shown, by outcome and group."""
    found = []
    for panel in panels:
        shares = [
            f"{name} {percent(round(_last(curve, panel), 2))}"
            for name, curve in panel.curves.items()
        ]
        unit = panel.unit.removeprefix("Calendar ")
        found.append(f"{panel.title} after {panel.until - BEYOND:g} {unit}: {', '.join(shares)}")
    return f"Still waiting: {'; '.join(found)}."


def _last(curve: pd.DataFrame, panel: Panel) -> float:
    shown = curve.loc[curve["time"] <= panel.until, "estimate"]
    return float(shown.iloc[-1]) if len(shown) else panel.begins
