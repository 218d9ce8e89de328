"""All methods of inference on all terms of interest, as one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from math import nan

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.inference.bootstrap import wild_bootstrap
from underbalance.models.inference.draws import generator
from underbalance.models.inference.jackknife import cluster_jackknife, leave_one_out
from underbalance.models.inference.leverage import effective_clusters
from underbalance.models.inference.one_step import model_of
from underbalance.models.inference.permutation import permutation_test
from underbalance.models.inference.result import Inference
from underbalance.models.inference.wald import crv1
from underbalance.models.tidy import Fit, too_few_clusters

METHODS = ("crv1", "crv3", "wild", "permutation")
INFERENCE_COLUMNS = [
    "spec_id", "term", "method", "estimate", "std_error", "df", "statistic", "p_value",
    "ci_low", "ci_high", "draws", "effective_clusters", "note",
]  # fmt: skip

Method = Callable[[str], Inference]


def infer(
    fit: Fit,
    terms: Sequence[str],
    *,
    seed: int,
    spec_id: str,
    methods: Sequence[str] = METHODS,
    draws: int = 9999,
    permutations: int = 999,
    min_clusters: int = 10,
    level: float = 0.95,
    rows: pd.DataFrame | None = None,
    histories: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per term and method with :data:`INFERENCE_COLUMNS`.

    Parameters
    ----------
    fit : an estimated model with clustered standard errors and its ``model``.
    terms : the terms of interest, not nuisance terms.
    seed, spec_id : with the term and the method they fix the random draws, so that a row
        does not depend on which others are asked for.
    methods : ``crv1`` (:func:`crv1`), ``crv3`` (:func:`cluster_jackknife`), ``wild``
        (:func:`wild_bootstrap`), ``permutation`` (:func:`permutation_test`).
    draws, permutations : how many, for the last two.
    min_clusters : with fewer clusters no method gives a p-value or interval, and the note says
        "too few clusters".
    rows, histories : for ``permutation``, see there; a term without a history (a product,
        say) has no permutation row's p-value, and the note says so.

    Returns
    -------
    Rows in the order of ``terms``, then ``methods``. Numbers that a method does not have
    are missing. What a method cannot do for a term is its note, "not available: <reason>".
    The row of ``crv1`` has the effective number of clusters of the term, as a number and in
    its note.

    Raises
    ------
    EstimationError : if the fit has no model, or lacks one of the terms.
    ValueError : for an unknown method.
    """
    _check(fit, terms, methods)
    few = too_few_clusters(int(fit.n_clusters or 0), min_clusters)
    by_name = _methods(fit, seed, spec_id, draws, permutations, level, rows, histories)
    found = [
        {"spec_id": spec_id, "term": term, "method": method}
        | asdict(_without_p(fit, term, few) if few else _attempt(by_name[method], fit, term))
        for term in terms
        for method in methods
    ]
    table = pd.DataFrame(found, columns=INFERENCE_COLUMNS)
    return table.astype({"draws": "Int64"}).assign(
        draws=lambda data: data["draws"].where(data["draws"] > 0)
    )


def _check(fit: Fit, terms: Sequence[str], methods: Sequence[str]) -> None:
    unknown = [method for method in methods if method not in METHODS]
    if unknown:
        raise ValueError(f"unknown method {', '.join(unknown)}: one of {', '.join(METHODS)}")
    model_of(fit)
    absent = [f"'{term}'" for term in terms if term not in fit.terms]
    if absent:
        raise EstimationError(f"no term {', '.join(absent)} in the model: {', '.join(fit.terms)}")


def _methods(
    fit: Fit,
    seed: int,
    spec_id: str,
    draws: int,
    permutations: int,
    level: float,
    rows: pd.DataFrame | None,
    histories: pd.DataFrame | None,
) -> dict[str, Method]:
    shared: dict[str, pd.DataFrame] = {}

    def jackknife(term: str) -> Inference:
        if not shared:
            shared["left out"] = leave_one_out(model_of(fit))
        return cluster_jackknife(fit, term, left_out=shared["left out"], level=level)

    def wild(term: str) -> Inference:
        random = generator(seed, spec_id, term, "wild")
        return wild_bootstrap(fit, term, random=random, draws=draws, level=level)

    def permutation(term: str) -> Inference:
        if rows is None or histories is None:
            raise EstimationError("no histories of the allies")
        return permutation_test(
            fit,
            term,
            rows=rows,
            histories=histories,
            random=generator(seed, spec_id, term, "permutation"),
            permutations=permutations,
        )

    return {
        "crv1": lambda term: _with_effective_clusters(crv1(fit, term, level=level), fit, term),
        "crv3": jackknife,
        "wild": wild,
        "permutation": permutation,
    }


def _with_effective_clusters(result: Inference, fit: Fit, term: str) -> Inference:
    effective = float(effective_clusters(model_of(fit))[term])
    note = f"effective clusters: {effective:.1f} of {fit.n_clusters}"
    return replace(result, effective_clusters=effective, note=note)


def _attempt(method: Method, fit: Fit, term: str) -> Inference:
    try:
        return method(term)
    except EstimationError as error:
        return Inference(estimate=float(fit.estimates[term]), note=f"not available: {error}")


def _without_p(fit: Fit, term: str, why: str) -> Inference:
    shown = crv1(fit, term)
    return replace(shown, p_value=nan, ci_low=nan, ci_high=nan, note=why)
