"""What each method of inference says of the tested terms, method beside method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.specs import predictions
from underbalance.models.tidy import TOO_FEW
from underbalance.present.model_wording import HYPOTHESES, term_label
from underbalance.present.table import Table
from underbalance.present.table_style import Style
from underbalance.present.wording import decimal, equals_p, interval_words, percent, whole
from underbalance.specifications import Specification

METHODS: Final = {
    "crv1": "CRV1",
    "crv3": "CRV3",
    "wild": "Wild bootstrap",
    "permutation": "Permutation",
}
NAME: Final = "inference_{hypothesis}"
LABEL_WIDTH: Final = 0.12


def inference_names(specs: Mapping[str, Specification]) -> list[str]:
    """Return the names of the tables: one per hypothesis that primary models test."""
    tested = set(predictions(specs)["hypothesis"])
    return [NAME.format(hypothesis=name) for name in HYPOTHESES if name in tested]


def inference_tables(
    specs: Mapping[str, Specification],
    found: pd.DataFrame,
    codebook: pd.DataFrame,
    style: Style,
    level: float,
) -> Iterator[Table]:
    """Give one table per hypothesis: its primary models, with every method in a column.

    Parameters
    ----------
    specs : specifications by id, of other roles too.
    found : results/inference (:mod:`underbalance.models.inference`), of others too.
    codebook : gives labels.
    style : gives the decimals.
    level : confidence level of the intervals.
    """
    tests = predictions(specs)
    for name in inference_names(specs):
        hypothesis = name.removeprefix(NAME.format(hypothesis=""))
        own = tests[tests["hypothesis"] == hypothesis]
        shown = found.merge(
            own[["spec_id", "term"]], on=["spec_id", "term"], validate="many_to_one"
        )
        yield Table(
            name=name,
            title=f"{HYPOTHESES[hypothesis]}: one method of inference beside the other",
            header=("", "Estimate", *METHODS.values()),
            body=tuple(_body(own, shown, specs, codebook, style)),
            summary=(),
            notes=tuple(_notes(shown, level)),
            label_width=LABEL_WIDTH,
        )


def _body(
    own: pd.DataFrame,
    shown: pd.DataFrame,
    specs: Mapping[str, Specification],
    codebook: pd.DataFrame,
    style: Style,
) -> Iterator[tuple[str, ...]]:
    """Give for each term a heading, and below it three rows of each model that tests it."""
    for term, tests in own.groupby("term", sort=False):
        first = specs[tests["spec_id"].iloc[0]]
        yield (term_label(str(term), codebook, first),)
        for spec_id in tests["spec_id"]:
            rows = shown[(shown["spec_id"] == spec_id) & (shown["term"] == term)]
            methods = {row["method"]: row for row in rows.to_dict("records")}
            yield from _model(specs[spec_id].outcome.capitalize(), methods, style)


def _model(
    label: str, methods: Mapping[str, Mapping[Any, Any]], style: Style
) -> Iterator[tuple[str, ...]]:
    if not methods:
        yield (label, "not estimated", *[""] * len(METHODS))
        return
    rows = [methods.get(name) for name in METHODS]
    places = style.decimals
    first = next(row for row in rows if row)
    effective = decimal(first["effective_clusters"], 1)
    yield (label, decimal(first["estimate"], places), *(_p(row) for row in rows))
    yield ("", f"{effective} allies" if effective else "", *(_error(row, places) for row in rows))
    yield (
        *("", ""),
        *(interval_words(row["ci_low"], row["ci_high"], places) if row else "" for row in rows),
    )


def _p(row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return ""
    return TOO_FEW if str(row["note"]).startswith(TOO_FEW) else equals_p(row["p_value"])


def _error(row: Mapping[Any, Any] | None, places: int) -> str:
    return f"({decimal(row['std_error'], places)})" if row and pd.notna(row["std_error"]) else ""


def _notes(shown: pd.DataFrame, level: float) -> Iterator[str]:
    yield (
        f"p-values; standard errors in parentheses; {percent(level)} intervals in brackets, from "
        "the method of the column."
    )
    yield (
        "Below an estimate: of how many equal allies the information on the term would be. "
        "CRV1: the sandwich, clustered by ally, t(G − 1). CRV3: the jackknife that leaves out "
        "one ally at a time, t(G − 1)."
    )
    draws = shown.groupby("method")["draws"].max().dropna()
    if "wild" in draws:
        yield f"Wild bootstrap: by ally, imposing no effect, at most {whole(draws['wild'])} draws."
    if "permutation" in draws:
        yield (
            "Permutation: histories of the obstacle exchanged between allies, "
            f"{whole(draws['permutation'])} draws; empty where a term has no history of its own."
        )
    few = [note for note in shown["note"].dropna().unique() if str(note).startswith(TOO_FEW)]
    if few:
        yield f"No p-value: {', '.join(sorted(str(note).partition(';')[0] for note in few))}."
    yield "A method that has no standard error or no interval of its own leaves the cell empty."
