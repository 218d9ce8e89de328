"""What an outcome's page and its line in the summary say in numbers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from underbalance.outcomes.catalogue import Outcome

ROUNDING = 1e-12  # of shares that are products
SPREAD = ("mean", "sd", "min", "p25", "median", "p75", "max")


@dataclass(frozen=True)
class Numbers:
    """An outcome in the sample.

    Parameters
    ----------
    rows : cases of the sample.
    unknown : cases whose measure is missing, such as those that were never at risk.
    ended : cases whose duration ended; missing where the outcome is no duration.
    allies : how many have at least one case.
    without : members of the sample that have none.
    first_year, last_year : of the cases; missing without cases.
    spread : mean, standard deviation (n − 1), minimum, quartiles and maximum of the measure;
        for durations only the quartiles, after Kaplan and Meier (1958), missing where so
        many have not ended.
    """

    rows: int
    unknown: int
    ended: int | None
    allies: int
    without: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    spread: dict[str, float]


def outcome_numbers(cases: pd.DataFrame, outcome: Outcome, members: frozenset[str]) -> Numbers:
    """Count the cases of a sample and describe the measure.

    Parameters
    ----------
    cases : the rows of the outcome table that belong to the sample.
    members : allies of the sample.
    """
    present = set(cases["iso3"])
    some = len(cases) > 0
    known = known_cases(cases, outcome)
    return Numbers(
        rows=len(cases),
        unknown=len(cases) - len(known),
        ended=int(known[outcome.event].sum()) if outcome.event else None,
        allies=len(present),
        without=tuple(sorted(members - present)),
        first_year=int(cases["year"].min()) if some else None,
        last_year=int(cases["year"].max()) if some else None,
        spread=_waiting(known, outcome) if outcome.event else _spread(known[outcome.measure]),
    )


def known_cases(cases: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Return the cases whose measure (and for durations its end) is known."""
    return cases.dropna(subset=[outcome.measure, *([outcome.event] if outcome.event else [])])


def is_yes_no(cases: pd.DataFrame, outcome: Outcome) -> bool:
    """Say whether the measure is a yes or no, of which only the share tells something."""
    return bool(pd.api.types.is_bool_dtype(cases[outcome.measure].dtype))


def summary_line(name: str, outcome: Outcome, numbers: Numbers) -> dict[str, object]:
    """Return one row of results/outcomes/summary.csv."""
    return {
        "outcome": name,
        "label": outcome.label,
        "concept": outcome.concept,
        "unit": outcome.unit,
        "measure": outcome.measure,
        "rows": numbers.rows,
        "unknown": numbers.unknown,
        "ended": numbers.ended,
        "allies": numbers.allies,
        "first_year": numbers.first_year,
        "last_year": numbers.last_year,
        **numbers.spread,
        "allies_without": ";".join(numbers.without),
    }


def _spread(measured: pd.Series) -> dict[str, float]:
    values = measured.dropna().astype("float64")
    quartiles = [float(values.quantile(share)) for share in (0, 0.25, 0.5, 0.75, 1)]
    found = [float(values.mean()), float(values.std()), *quartiles]
    return dict(zip(SPREAD, found, strict=True))


def waiting_curve(known: pd.DataFrame, outcome: Outcome) -> pd.Series:
    """Return the share not yet ended by duration (Kaplan and Meier 1958).

    A case that is watched late counts from its entry on: from the beginning of that unit
    of time, so that one that ends in it was at risk. The curve is empty when nobody is
    left at risk between two late entries, as lifelines refuses it then.
    """
    from lifelines import KaplanMeierFitter
    from lifelines.exceptions import StatError

    entry = known[outcome.entry].astype("float64") - 0.5 if outcome.entry else None
    durations = known[outcome.measure].astype("float64")
    ended = known[outcome.event].astype(bool)
    try:
        fitted = KaplanMeierFitter().fit(durations, ended, entry=entry)
    except StatError:
        return pd.Series(dtype="float64")
    curve: pd.Series = fitted.survival_function_.iloc[:, 0]
    return curve[curve.index >= 0]


def _waiting(known: pd.DataFrame, outcome: Outcome) -> dict[str, float]:
    spread = dict.fromkeys(SPREAD, float("nan"))
    if known.empty:
        return spread
    curve = waiting_curve(known, outcome)
    for name, share in {"p25": 0.75, "median": 0.5, "p75": 0.25}.items():
        reached = curve.index[curve <= share + ROUNDING]
        spread[name] = float(reached[0]) if len(reached) else float("nan")
    return spread
