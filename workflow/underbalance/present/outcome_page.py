"""One page for each outcome: what it measures, from what, how many cases, how they spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from underbalance.config import Group
from underbalance.outcomes.catalogue import Outcome
from underbalance.outcomes.listed import all_outcomes
from underbalance.present.outcome_figure import outcome_svg
from underbalance.present.outcome_numbers import (
    Numbers,
    is_yes_no,
    known_cases,
    outcome_numbers,
)
from underbalance.present.site.frame import Site
from underbalance.present.wording import citation, three_digits, whole, within_line
from underbalance.samples import in_sample

COMMON = ("iso3", "year", "is_ally")  # the same in every outcome table
NOT_REACHED = "not reached"  # of a share of cases: fewer have ended
NO_CASES = "<p>The sample has no case.</p>"


def write_outcome_page(
    name: str,
    outcome: Outcome,
    table: pd.DataFrame,
    site: Site,
    *,
    group: Group,
    members: frozenset[str],
    lists: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    models: Sequence[Mapping[str, object]],
) -> Numbers:
    """Write the page of one outcome for a sample; return its numbers.

    Parameters
    ----------
    table : the outcome table.
    group, members : the sample and its allies.
    lists : ``codebook``, ``sources`` (the registry) and ``ledger``.
    names : of the allies, by iso3.
    models : what the primary models of the outcome say
        (:func:`underbalance.present.outcome_models.models_by_outcome`).
    """
    cases = table[in_sample(table, group, members)]
    numbers = outcome_numbers(cases, outcome, members)
    codebook = lists["codebook"][lists["codebook"]["table"] == f"outcome.{name}"]
    measure = measure_of(name, lists["codebook"])
    label = f"{measure['label']} ({measure['unit']})"
    known = known_cases(cases, outcome)
    site.write(
        "outcome.html",
        f"outcomes/{name}.html",
        title=outcome.label,
        name=name,
        outcome=outcome,
        columns=codebook[~codebook["name"].isin(COMMON)].to_dict("records"),
        # our own SVG
        figure=Markup(outcome_svg(known, outcome, label) if len(known) else NO_CASES),
        numbers=[_counts(numbers), _spread(numbers, yes_no=is_yes_no(cases, outcome))],
        without=", ".join(sorted(names[iso3] for iso3 in numbers.without)),
        models=models,
        dropped=_dropped(
            lists["ledger"], [f"outcome.{name}", *outcome.processed], lists["codebook"]
        ),
        sources=_cited(lists["sources"], outcome),
    )
    return numbers


def measure_of(name: str, codebook: pd.DataFrame) -> pd.Series:
    """Return the line of the codebook on what an outcome measures."""
    of_outcome, measure = codebook["table"] == f"outcome.{name}", all_outcomes()[name].measure
    row: pd.Series = codebook[of_outcome & (codebook["name"] == measure)].iloc[0]
    return row


def _counts(numbers: Numbers) -> list[tuple[str, str]]:
    shown = [("Cases", whole(numbers.rows))]
    if numbers.ended is not None:
        shown.append(("… that ended", whole(numbers.ended)))
        censored = numbers.rows - numbers.unknown - numbers.ended
        shown.append(("… censored", whole(censored)))
    if numbers.unknown:
        shown.append(("… not at risk, or not known", whole(numbers.unknown)))
    shown.append(("Allies with a case", whole(numbers.allies)))
    if numbers.first_year is not None:
        shown.append(("Years", f"{numbers.first_year}–{numbers.last_year}"))
    return shown


def _spread(numbers: Numbers, *, yes_no: bool) -> list[tuple[str, str]]:
    names = {"mean": "Mean", "sd": "Standard deviation", "min": "Minimum", "p25": "Lower quartile"}
    names |= {"median": "Median", "p75": "Upper quartile", "max": "Maximum"}
    if yes_no:
        names = {"mean": "Share of yes"}
    if numbers.ended is not None:
        names = {"p25": "A quarter ended by", "median": "Half by", "p75": "Three quarters by"}
    missing = NOT_REACHED if numbers.ended is not None else ""
    shown = {label: three_digits(numbers.spread[key]) or missing for key, label in names.items()}
    return [(label, value) for label, value in shown.items() if numbers.rows and value]


def _dropped(
    ledger: pd.DataFrame, tables: Sequence[str], codebook: pd.DataFrame
) -> list[dict[str, object]]:
    own = ledger[ledger["table"].isin(tables)]
    first = own.groupby("rule").agg(
        entries=("key", "size"), key=("key", "first"), reason=("reason", "first")
    )
    labels = dict(zip(codebook["name"], codebook["label"], strict=True))
    first["key"] = [_with_label(key, labels) for key in first["key"]]
    return [{str(k): v for k, v in row.items()} for row in first.reset_index().to_dict("records")]


def _with_label(key: str, labels: Mapping[str, str]) -> str:
    """Return the key of an entry with the label of the column that it ends in, if it does."""
    row, _, column = key.rpartition(" ")
    return f"{row}, {within_line(labels[column])} ({column})" if column in labels else key


def _cited(sources: pd.DataFrame, outcome: Outcome) -> list[str]:
    used = sources[sources["table"].isin(outcome.facts)].drop_duplicates("citation_key")
    return [citation(row) for row in used.sort_values("citation_key").to_dict("records")]
