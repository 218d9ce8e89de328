"""The sentences below a table of models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from underbalance.models.design_listed import all_rows
from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.models.tidy import USUAL_LEVEL
from underbalance.present.model_wording import estimator_words, labelled, shown_terms, term_label
from underbalance.present.table_style import Style
from underbalance.present.wording import level_words, percent
from underbalance.specifications import Specification

DAGGER: Final = "†"
YEARS: Final = re.compile(r"years (\d+) to (\d+)")
LEVEL: Final = re.compile(r"interval at (\S+)")
SHORT: Final = re.compile(r"rows left out of iso3 (?P<allies>.+) with fewer than (?P<least>\d+)")

SAME: Final = re.compile(r"rows left out, as (?P<event>\w+) does not vary in \w+ (?P<levels>.+)")
AGAINST: Final = re.compile(r"(?P<category>\w+) against (?P<level>.+)")


@dataclass(frozen=True)
class Column:
    """A model of a table: its specification and its tidy rows by term."""

    spec_id: str
    spec: Specification
    rows: Mapping[str, Mapping[Any, Any]]
    first: Mapping[Any, Any]
    estimated: bool

    @property
    def parts(self) -> list[str]:
        """What the estimator noted of the whole model."""
        return [part for part in str(self.first["note"]).split("; ") if part]

    @property
    def years(self) -> str:
        """First and last year of the rows, empty where not known."""
        found = [years for part in self.parts if (years := YEARS.fullmatch(part))]
        return f"{found[0][1]}–{found[0][2]}" if found else ""

    @property
    def terms(self) -> list[str]:
        """The terms that a table shows."""
        return [term for part in shown_terms(self.spec) for term in part]

    @property
    def level(self) -> float:
        """Confidence level of the intervals."""
        told = [found for part in self.parts if (found := LEVEL.fullmatch(part))]
        return float(told[0][1]) if told else USUAL_LEVEL

    @property
    def descriptive(self) -> bool:
        """Whether it has too few events for a verdict."""
        return DESCRIPTIVE in self.parts


def table_notes(
    columns: Sequence[Column],
    codebook: pd.DataFrame,
    sample_labels: Mapping[str, str],
    allies: Mapping[str, str],
    style: Style,
) -> Iterator[str]:
    """Give the notes of a table: a sentence for each model, then what is common to all."""
    estimators = dict.fromkeys(estimator_words(column.spec) for column in columns)
    for number, column in enumerate(columns, start=1):
        own = [] if len(estimators) == 1 else [estimator_words(column.spec)]
        own += [part for p in column.parts if (part := _part(p, column.spec, codebook, allies))]
        yield f"({number}) {'; '.join([column.spec.title, *own])}."
        if column.spec.note:
            yield column.spec.note
    if len(estimators) == 1:
        yield f"All models: {next(iter(estimators))}."
    if any(column.descriptive for column in columns):
        yield f"{DAGGER} Fewer than {LEAST_EVENTS} events: described only, in no verdict."
    estimated = [column for column in columns if column.estimated]
    if estimated:
        yield "Obstacles and rivals are per standard deviation of the reference sample."
        yield from _below(estimated, style)
        yield from _methods(estimated, style)
        if style.stars:
            yield _stars(style)
    samples = dict.fromkeys(sample_labels[str(c.first["sample"])] for c in columns)
    yield f"Sample: {'; '.join(samples)}."


def _part(part: str, spec: Specification, codebook: pd.DataFrame, allies: Mapping[str, str]) -> str:
    """Return an estimator's note with labels and names; nothing where the table shows it."""
    if part == DESCRIPTIVE or YEARS.fullmatch(part) or LEVEL.fullmatch(part):
        return ""
    text, _, count = part.rpartition(": ")
    if short := SHORT.fullmatch(text):
        names = [allies.get(iso3, iso3) for iso3 in short["allies"].split(", ")]
        return f"left out for fewer than {short['least']} rows: {', '.join(names)} ({count} rows)"
    if same := SAME.fullmatch(text):
        event = labelled(f"'{same['event']}'", spec, codebook)
        return (
            f"left out, as {event} is the same in all their rows: {same['levels']} ({count} rows)"
        )
    if (against := AGAINST.fullmatch(part)) and against["category"] in spec.categories:
        label = term_label(against["category"], codebook, spec)
        table = all_rows()[spec.outcome].table
        level = level_words(against["category"], against["level"], codebook, table)
        return f"{label}: reference {level}"
    return labelled(part, spec, codebook)


def _below(columns: Sequence[Column], style: Style) -> Iterator[str]:
    """Say what the standard errors and the intervals are."""
    words = "; ".join(dict.fromkeys(str(c.first["se_type"]) for c in columns))
    where = " in parentheses" if "std_error" in style.below else ""
    yield f"Standard errors{where}: {words.replace('iso3', 'ally')}."
    if "interval" in style.below:
        levels = dict.fromkeys(percent(column.level) for column in columns)
        yield f"In brackets: {', '.join(levels)} confidence interval."


def _methods(columns: Sequence[Column], style: Style) -> Iterator[str]:
    """Say where p-values and intervals come from, by kind of row."""
    shown = {"p-values": style.shows_p, "intervals": "interval" in style.below}
    what = " and ".join(name for name, there in shown.items() if there)
    found = {
        "obstacles and rivals": _p_methods(columns, slice(0, 2)),
        "controls": _p_methods(columns, slice(2, 3)),
    }
    told = {kind: methods for kind, methods in found.items() if methods} if what else {}
    if len(set(told.values())) == 1:
        yield f"{what}: {next(iter(told.values()))}."
    elif told:
        yield f"{what}: {'; '.join(f'of {kind} {methods}' for kind, methods in told.items())}."


def _stars(style: Style) -> str:
    levels = ", ".join(f"{star.mark} p < {star.below:g}" for star in style.stars)
    corrected = ", after Holm’s correction where a term is tested"
    return f"{levels}{corrected if style.stars_by == 'holm' else ''}."


def _p_methods(columns: Sequence[Column], kinds: slice) -> str:
    methods = dict.fromkeys(
        str(row["p_method"])
        for column in columns
        for part in shown_terms(column.spec)[kinds]
        for term in part
        if (row := column.rows.get(term)) and pd.notna(row["p_value"])
    )
    return ", ".join(methods)
