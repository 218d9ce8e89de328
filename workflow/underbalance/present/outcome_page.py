"""One page for each outcome: what it measures, from what, how many cases, how they spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from underbalance.config import Group
from underbalance.outcomes.catalogue import Outcome
from underbalance.present.outcome_figure import outcome_svg
from underbalance.present.outcome_numbers import (
    Numbers,
    is_yes_no,
    known_cases,
    outcome_numbers,
)
from underbalance.present.site.frame import Site
from underbalance.present.wording import citation, three_digits, whole
from underbalance.samples import in_sample

COMMON = ("iso3", "year", "is_ally")  # the same in every outcome table
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
    models: Sequence[Mapping[str, str]],
) -> Numbers:
    """Write the page of one outcome for a sample; return its numbers.

    Parameters
    ----------
    table : the outcome table.
    group, members : the sample and its allies.
    lists : ``codebook``, ``sources`` (the registry) and ``ledger``.
    models : title and address below the root of the primary models of the outcome.
    """
    cases = table[in_sample(table, group, members)]
    numbers = outcome_numbers(cases, outcome, members)
    codebook = lists["codebook"][lists["codebook"]["table"] == f"outcome.{name}"]
    measure = codebook[codebook["name"] == outcome.measure].iloc[0]
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
        without=", ".join(numbers.without),
        models=models,
        dropped=_dropped(lists["ledger"], [f"outcome.{name}", *outcome.processed]),
        sources=_cited(lists["sources"], outcome),
    )
    return numbers


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
    return [
        (label, three_digits(numbers.spread[key]))
        for key, label in names.items()
        if pd.notna(numbers.spread[key])
    ]


def _dropped(ledger: pd.DataFrame, tables: Sequence[str]) -> list[dict[str, object]]:
    own = ledger[ledger["table"].isin(tables)]
    first = own.groupby("rule").agg(
        entries=("key", "size"), key=("key", "first"), reason=("reason", "first")
    )
    return [{str(k): v for k, v in row.items()} for row in first.reset_index().to_dict("records")]


def _cited(sources: pd.DataFrame, outcome: Outcome) -> list[str]:
    used = sources[sources["table"].isin(outcome.facts)].drop_duplicates("citation_key")
    return [citation(row) for row in used.sort_values("citation_key").to_dict("records")]
