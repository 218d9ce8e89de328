"""The pages of all outcomes, their index and their summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Group
from underbalance.outcomes.listed import all_outcomes
from underbalance.present.outcome_numbers import Numbers, is_yes_no, summary_line
from underbalance.present.outcome_page import NOT_REACHED, measure_of, write_outcome_page
from underbalance.present.site.frame import Site
from underbalance.present.wording import decimal, places_for, rounded_percent, three_digits, whole
from underbalance.tables import write_table

WHOLE = ("ended", "first_year", "last_year")


def describe_outcomes(
    tables: Mapping[str, pd.DataFrame],
    site: Site,
    summary: Path,
    *,
    group: Group,
    members: frozenset[str],
    lists: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    models: Mapping[str, Sequence[Mapping[str, object]]],
) -> None:
    """Write a page for each outcome, their index, and one line each to the summary.

    Parameters
    ----------
    tables : outcome tables by name.
    summary : path of the summary.
    group, members : the sample and its allies.
    lists : ``codebook``, ``sources`` (the registry) and ``ledger``.
    names : of the allies, by iso3.
    models : by outcome, what its primary models say
        (:func:`underbalance.present.outcome_models.models_by_outcome`).
    """
    numbers = {
        name: write_outcome_page(
            name,
            all_outcomes()[name],
            table,
            site,
            group=group,
            members=members,
            lists=lists,
            names=names,
            models=models.get(name, ()),
        )
        for name, table in tables.items()
    }
    rows = [
        _index_row(name, tables[name], numbers[name], lists["codebook"])
        for name in all_outcomes()
        if name in numbers
    ]
    site.write("outcomes.html", "outcomes/index.html", title="Outcomes", rows=rows)
    lines = [summary_line(name, all_outcomes()[name], found) for name, found in numbers.items()]
    table = pd.DataFrame(lines).astype(dict.fromkeys(WHOLE, "Int64")).sort_values("outcome")
    write_table(table, summary)


def _index_row(
    name: str, table: pd.DataFrame, numbers: Numbers, codebook: pd.DataFrame
) -> dict[str, str]:
    outcome = all_outcomes()[name]
    return {
        "name": name,
        "label": outcome.label,
        "concept": outcome.concept,
        "unit": outcome.unit,
        "cases": whole(numbers.rows),
        "ended": "" if numbers.ended is None else whole(numbers.ended),
        "allies": whole(numbers.allies),
        "years": "" if numbers.first_year is None else f"{numbers.first_year}–{numbers.last_year}",
        "middle": _middle(
            numbers, measure_of(name, codebook)["unit"], yes_no=is_yes_no(table, outcome)
        ),
    }


def _middle(numbers: Numbers, unit: str, *, yes_no: bool) -> str:
    """Return what is typical with its unit, with as many digits as the spread bears."""
    spread = numbers.spread
    if not numbers.rows:
        return ""
    if yes_no:
        return f"share of yes {rounded_percent(spread['mean'], 1)}"
    if numbers.ended is not None:
        median = three_digits(spread["median"])
        return f"median {median} ({unit})" if median else f"median {NOT_REACHED}"
    return f"mean {decimal(spread['mean'], places_for(spread['sd']))} ({unit})"
