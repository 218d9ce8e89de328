"""The obstacle of the year after: it cannot have caused what came before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.errors import EstimationError
from underbalance.models.design import measure_of
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, rows_of
from underbalance.models.estimators import fit_rows
from underbalance.models.frames import frame_of, joined
from underbalance.models.inference.draws import generator
from underbalance.models.lagged import lagged_terms
from underbalance.models.reported import BOOTSTRAP
from underbalance.models.terms import lag_name, regressors
from underbalance.models.tidy import NOT_ESTIMATED, Fit
from underbalance.sensitivity.bootstrap_p import bootstrap_p
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.scorecard_test import WILD
from underbalance.sensitivity.tested import LABELS, PrimaryTest
from underbalance.specifications import product_name

LEAD = "_lead1"
YEARS_FROM_LAG_TO_LEAD = 2
MODELS = ("lag", "lead", "both")
COLUMNS = [
    *LABELS, "model", "when", "estimate", "std_error", "p_value", "p_method", "n", "n_events",
    "n_clusters", "correlation", "note",
]  # fmt: skip
TEXTS = [*LABELS, "model", "when", "p_method", "note"]


def placebos(
    tests: Sequence[PrimaryTest], tables: Tables, plan: Plan, seed: int, draws: int
) -> pd.DataFrame:
    """Return the rows of :func:`placebo` for all primary tests."""
    found = [placebo(one, tables, plan, seed, draws) for one in told("placebo", tests)]
    return joined(found, COLUMNS, TEXTS)


def placebo(tested: PrimaryTest, tables: Tables, plan: Plan, seed: int, draws: int) -> pd.DataFrame:
    """Return the estimates of the obstacle a year after the outcome, beside that a year before.

    Three models on the same rows, those in which both are known: ``lag`` has the obstacle of
    the year before as the primary model has it, ``lead`` that of the year after in its
    place, ``both`` the two together. Of a product its factors are led as well.

    Obstacles are alike from year to year, so that a lead alone takes over part of what the
    lag does: ``correlation`` is that of the two on these rows. The test is the lead beside the lag.

    Returns
    -------
    Four rows with :data:`COLUMNS`: ``when`` is the year of the obstacle, lag or lead. P-values
    are those of the restricted wild cluster bootstrap. A model that cannot be estimated has rows
    with the reason.
    """
    rows = with_leads(tested, tables, plan)
    found = [
        _labelled(row, tested, rows)
        for model in MODELS
        for row in _estimates(tested, model, rows, plan, seed, draws)
    ]
    return frame_of(found, COLUMNS, TEXTS)


def with_leads(tested: PrimaryTest, tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return the complete rows of a design that know the obstacle of the year after, too."""
    spec = tested.spec
    rows = rows_of(tested.spec_id, spec, tables, plan)
    before = lagged_terms(tables["ally_year"], spec, plan.low_quantile)
    after = before.assign(year=before["year"] - YEARS_FROM_LAG_TO_LEAD)
    names = {term: lead_name(term) for term in _led(tested)}
    after = after[[*KEY, *names]].rename(columns=names)
    rows = rows.merge(after, on=KEY, how="left", validate="many_to_one")
    known = [*names, *names.values(), measure_of(spec), *regressors(spec), *spec.categories]
    return rows.dropna(subset=list(dict.fromkeys(known))).reset_index(drop=True)


def lead_name(term: str) -> str:
    """Return the name of a lagged term as of the year after."""
    return term.removesuffix(lag_name("")) + LEAD


def _led(tested: PrimaryTest) -> list[str]:
    """Return the lagged terms that are led: the tested one, and the factors of a product."""
    names = list(tested.variables)
    if len(names) > 1:
        names.append(product_name(names[0], names[1]))
    return [lag_name(name) for name in names]


def _estimates(
    tested: PrimaryTest, model: str, rows: pd.DataFrame, plan: Plan, seed: int, draws: int
) -> list[dict[str, object]]:
    """Return a row for each of the obstacle's years in a model."""
    whens = ["lag", "lead"] if model == "both" else [model]
    try:
        if rows.empty:
            raise EstimationError("no row has the obstacle of the year before and after")
        fit = _fit(tested, model, rows, plan)
    except EstimationError as error:
        note = f"{NOT_ESTIMATED}{error}"
        return [{"model": model, "when": when, "note": note} for when in whens]
    terms = {"lag": tested.term, "lead": lead_name(tested.term) if model == "both" else tested.term}
    found = []
    for when in whens:
        # where no row is lost to the lead, the lag's test is that of the scorecard by its draws
        name = WILD if model == "lag" else f"placebo {model} {when}"
        random = generator(seed, tested.spec_id, tested.term, name)
        found.append({"model": model, "when": when, **_numbers(fit, terms[when], random, draws)})
    return found


def _fit(tested: PrimaryTest, model: str, rows: pd.DataFrame, plan: Plan) -> Fit:
    spec, led = tested.spec, _led(tested)
    if model == "lead":
        rows = rows.assign(**{term: rows[lead_name(term)] for term in led})
    if model == "both":
        added = [lead_name(term) for term in led]
        spec = tested.varied(controls=(*spec.controls, *added)).spec
    return fit_rows(spec, rows, plan.min_clusters)


def _numbers(fit: Fit, term: str, random: np.random.Generator, draws: int) -> dict[str, object]:
    p_value, drawn = bootstrap_p(fit, term, random, draws)
    none = np.isnan(p_value)
    return {
        "estimate": float(fit.estimates[term]),
        "std_error": float(fit.std_errors[term]),
        "p_value": p_value,
        "p_method": "" if none else f"{BOOTSTRAP} ({drawn})",
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": drawn if none else "",
    }


def _labelled(row: dict[str, object], tested: PrimaryTest, rows: pd.DataFrame) -> dict[str, object]:
    pair: Sequence[str] = [tested.term, lead_name(tested.term)]
    known = len(rows) > 2 and (rows[list(pair)].std() > 0).all()
    correlation = rows[pair[0]].corr(rows[pair[1]]) if known else np.nan
    return {**tested.labels, "correlation": correlation, **row}
