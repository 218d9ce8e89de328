"""The pages of all outcomes, their index and their summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Group
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.outcome_numbers import Numbers, summary_line
from underbalance.present.outcome_page import write_outcome_page
from underbalance.present.site.frame import Site
from underbalance.present.wording import three_digits, whole
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
    models: Mapping[str, Sequence[Mapping[str, str]]],
) -> None:
    """Write a page for each outcome, their index, and one line each to the summary.

    Parameters
    ----------
    tables : outcome tables by name.
    summary : path of the summary.
    group, members : the sample and its allies.
    lists : ``codebook``, ``sources`` (the registry) and ``ledger``.
    models : by outcome, title and address of its primary models.
    """
    numbers = {
        name: write_outcome_page(
            name,
            OUTCOMES[name],
            table,
            site,
            group=group,
            members=members,
            lists=lists,
            models=models.get(name, ()),
        )
        for name, table in tables.items()
    }
    rows = [_index_row(name, numbers[name]) for name in OUTCOMES if name in numbers]
    site.write("outcomes.html", "outcomes/index.html", title="Outcomes", rows=rows)
    lines = [summary_line(name, OUTCOMES[name], found) for name, found in numbers.items()]
    table = pd.DataFrame(lines).astype(dict.fromkeys(WHOLE, "Int64")).sort_values("outcome")
    write_table(table, summary)


def _index_row(name: str, numbers: Numbers) -> dict[str, str]:
    outcome = OUTCOMES[name]
    middle = numbers.spread["mean" if numbers.ended is None else "median"]
    return {
        "name": name,
        "label": outcome.label,
        "concept": outcome.concept,
        "unit": outcome.unit,
        "cases": whole(numbers.rows),
        "ended": "" if numbers.ended is None else whole(numbers.ended),
        "allies": whole(numbers.allies),
        "years": "" if numbers.first_year is None else f"{numbers.first_year}–{numbers.last_year}",
        "middle": three_digits(middle),
    }
