"""What needs nothing but the primary estimates: leave-one-out, strength, power."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.hypotheses.effects import standardiser
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, few_events, fitted
from underbalance.models.frames import joined
from underbalance.models.inference.draws import generator
from underbalance.models.terms import rival_terms
from underbalance.models.tidy import NOT_ESTIMATED, Fit
from underbalance.sensitivity import leave_one_out as without
from underbalance.sensitivity import power as simulated
from underbalance.sensitivity import strength as omitted
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.scorecard_test import Bootstrap, scorecard_test
from underbalance.sensitivity.tested import LABELS, PrimaryTest

LEAVE_ONE_OUT = [
    *LABELS,
    *(name for name in without.COLUMNS if name != "term"),
    *(f"full_{name}" for name in ("p_value", "p_method", "ci_low", "ci_high")),
]
STRENGTH = [*LABELS, *omitted.COLUMNS]
POWER = [*LABELS, *simulated.COLUMNS, "n", "n_events", "n_clusters", "note"]

TEXTS = [*LABELS, "left_out", "p_method", "full_p_method", "measure", "rival", "note"]
NONE_FOUND = f"no effect up to {simulated.LARGEST:g} is found with a power of 80 %"

Rows = Callable[[PrimaryTest, Fit], pd.DataFrame]


@dataclass(frozen=True)
class Tries:
    """The three tables (:data:`LEAVE_ONE_OUT`, :data:`STRENGTH`, :data:`POWER`)."""

    leave_one_out: pd.DataFrame
    strength: pd.DataFrame
    power: pd.DataFrame


def tried(
    tests: Sequence[PrimaryTest],
    tables: Tables,
    plan: Plan,
    by: Bootstrap,
    simulations: int,
) -> Tries:
    """Return the tables of all primary tests; a model that fails has one row with its reason.

    Parameters
    ----------
    simulations : outcomes drawn for the power at each effect.
    """
    alpha = round(1 - by.level, 9)
    makers: list[tuple[Rows, list[str]]] = [
        (partial(_leave_one_out, by), LEAVE_ONE_OUT),
        (partial(_strength, alpha), STRENGTH),
        (partial(_power, by.seed, simulations, alpha), POWER),
    ]
    parts: list[list[pd.DataFrame]] = [[] for _ in makers]
    for one in told("sensitivity", tests):
        fit = _attempt(lambda one=one: fitted(one.spec_id, one.spec, tables, plan))  # type: ignore[misc]
        for (make, columns), found in zip(makers, parts, strict=True):
            found.append(_rows(one, fit, make, columns))
    whole = [
        joined(found, columns, TEXTS) for found, (_, columns) in zip(parts, makers, strict=True)
    ]
    return Tries(*whole)


def _attempt(make: Callable[[], Fit]) -> Fit | EstimationError:
    try:
        return make()
    except EstimationError as error:
        return error


def _rows(
    one: PrimaryTest, fit: Fit | EstimationError, make: Rows, columns: Sequence[str]
) -> pd.DataFrame:
    try:
        if isinstance(fit, EstimationError):
            raise fit
        found = make(one, fit)
    except EstimationError as error:
        found = pd.DataFrame([{"note": f"{NOT_ESTIMATED}{error}"}])
    return found.assign(**one.labels).reindex(columns=list(columns))


def _leave_one_out(by: Bootstrap, one: PrimaryTest, fit: Fit) -> pd.DataFrame:
    """Return the rows, with the test of all allies as the scorecard has it."""
    found = without.leave_one_out(fit, [one.term], by.level)
    full = scorecard_test(fit, one.term, one.spec_id, by)
    descriptive = few_events(fit)
    return found.assign(
        full_p_value=full.p_value,
        full_p_method=full.p_method,
        full_ci_low=full.ci_low,
        full_ci_high=full.ci_high,
        note=["; ".join(filter(None, [_text(note), descriptive])) for note in found["note"]],
    )


def _text(note: object) -> str:
    return note if isinstance(note, str) else ""


def _strength(alpha: float, one: PrimaryTest, fit: Fit) -> pd.DataFrame:
    row = omitted.strength(fit, one.term, one.spec.estimator, rival_terms(one.spec), alpha)
    return pd.DataFrame([row])


def _power(seed: int, simulations: int, alpha: float, one: PrimaryTest, fit: Fit) -> pd.DataFrame:
    settings = simulated.Simulation(simulations, alpha=alpha)
    unit = 1 / abs(standardiser(one.spec.estimator, fit))
    random = generator(seed, one.spec_id, one.term, "power")
    found = simulated.power(fit, one.term, unit, simulation=settings, random=random)
    none = NONE_FOUND if found["detectable_effect"].isna().all() else ""
    note = "; ".join(part for part in (few_events(fit), none) if part)
    return found.assign(n=fit.n, n_events=fit.n_events, n_clusters=fit.n_clusters, note=note)
