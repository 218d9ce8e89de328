"""The table of one specification, as text cells that every format writes alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from underbalance.present.wording import (
    EFFECTS,
    ESTIMATORS,
    SCALES,
    decimal,
    p_text,
    percent,
    shown_terms,
    term_label,
    whole,
)
from underbalance.specifications import Specification


@dataclass(frozen=True)
class Table:
    """Text cells of a table.

    Parameters
    ----------
    name : file and label name.
    title : caption.
    header : column heads; the first is that of the row labels.
    body : rows of cells, as long as the header; a row with an empty first cell
        continues the row above, a row of one cell is a heading of those below it.
    summary : rows below the body: effects, counts.
    notes : sentences below the table.
    label_width : share of the text width that the row labels take in LaTeX.
    """

    name: str
    title: str
    header: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    summary: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    # labels wrap, so that a table is no wider than the text of an article
    label_width: float = 0.29


def model_table(
    rows: pd.DataFrame, spec: Specification, codebook: pd.DataFrame, sample_label: str
) -> Table:
    """Return the table of a specification from its tidy rows.

    Parameters
    ----------
    rows : tidy result of one specification (:mod:`underbalance.models.tidy`).
    spec : gives title, order of terms and names of dummies.
    codebook : gives labels.
    sample_label : the sample in words.
    """
    by_term = {row["term"]: row for row in rows.to_dict("records")}
    ratios = spec.estimator == "grouped"
    interval = f"{percent(_level(rows))} interval"
    header = ("", SCALES[spec.estimator], interval, *(["Hazard ratio"] if ratios else []), "p")
    body = [
        cells
        for term in shown_terms(spec)
        for cells in _term_rows(by_term[term], term_label(term, codebook, spec.data), ratios)
    ]
    first = rows.iloc[0]
    dummies = [*EFFECTS[spec.estimator], *(_dummies(c, codebook, spec) for c in spec.categories)]
    counts = [("Observations", whole(first["n"]))]
    if pd.notna(first["n_events"]):
        counts.append(("Events", whole(first["n_events"])))
    counts.append(("Allies (clusters)", whole(first["n_clusters"])))
    summary = [*((name, "yes") for name in dummies), *counts]
    width = len(header)
    return Table(
        name=str(first["spec_id"]),
        title=spec.title,
        header=header,
        body=tuple(body),
        summary=tuple((*pair, *[""] * (width - 2)) for pair in summary),
        notes=tuple(_notes(first, spec, codebook, sample_label)),
    )


def _term_rows(row: Mapping[Any, Any], label: str, ratios: bool) -> list[tuple[str, ...]]:
    interval = ""
    if pd.notna(row["ci_low"]):
        interval = f"[{decimal(row['ci_low'])}, {decimal(row['ci_high'])}]"
    ratio = [decimal(float(np.exp(row["estimate"])))] if ratios else []
    blank = [""] * len(ratio)
    return [
        (label, decimal(row["estimate"]), interval, *ratio, p_text(row["p_value"])),
        ("", f"({decimal(row['std_error'])})", "", *blank, ""),
    ]


def _notes(
    first: pd.Series, spec: Specification, codebook: pd.DataFrame, sample_label: str
) -> Iterator[str]:
    outcome = codebook[(codebook["table"] == spec.data) & (codebook["name"] == spec.outcome)].iloc[
        0
    ]
    yield f"Dependent variable: {outcome['label'].lower()} ({outcome['unit']})."
    yield f"{ESTIMATORS[spec.estimator]}."
    tests = (
        f"; p-values and intervals from {first['p_method']}" if pd.notna(first["p_value"]) else ""
    )
    yield (
        f"Standard errors in parentheses, {first['se_type'].replace('iso3', 'ally')}, "
        f"{whole(first['n_clusters'])} clusters{tests}."
    )
    if first["ties"]:
        yield f"Ties: {first['ties']}."
    yield f"Sample: {sample_label}."
    if spec.note:
        yield spec.note
    for part in filter(None, str(first["note"]).split("; ")):
        yield f"{_with_labels(part, spec, codebook)}."


def _with_labels(note: str, spec: Specification, codebook: pd.DataFrame) -> str:
    """Return an estimator's note with labels instead of names of variables."""
    words = [
        term_label(word, codebook, spec.data) if word in spec.categories else word
        for word in note.split(" ")
    ]
    text = " ".join(words).replace("iso3", "ally")
    return text[0].upper() + text[1:]


def _dummies(category: str, codebook: pd.DataFrame, spec: Specification) -> str:
    return f"Dummies: {term_label(category, codebook, spec.data).lower()}"


def _level(rows: pd.DataFrame) -> float:
    """Return the confidence level, which the note states where it is not 95 %."""
    stated = rows["note"].str.extract(r"interval at ([0-9.]+)")[0].iloc[0]
    return 0.95 if pd.isna(stated) else float(stated)
