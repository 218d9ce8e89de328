"""The pages of all outcomes and their summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Group
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.outcome_numbers import summary_line
from underbalance.present.outcome_page import write_outcome_page
from underbalance.tables import write_table

WHOLE = ("ended", "first_year", "last_year")


def describe_outcomes(
    tables: Mapping[str, pd.DataFrame],
    pages: Sequence[Path],
    summary: Path,
    *,
    group: Group,
    members: frozenset[str],
    lists: Mapping[str, pd.DataFrame],
) -> None:
    """Write one page for each outcome and one line each to the summary.

    Parameters
    ----------
    tables : outcome tables by name.
    pages : paths of the pages; the name of a file is that of its outcome.
    group, members : the sample and its allies.
    lists : ``codebook``, ``sources`` (the registry) and ``ledger``.
    """
    lines = [
        summary_line(
            page.stem,
            OUTCOMES[page.stem],
            write_outcome_page(
                page.stem,
                OUTCOMES[page.stem],
                tables[page.stem],
                page,
                group=group,
                members=members,
                lists=lists,
            ),
        )
        for page in pages
    ]
    table = pd.DataFrame(lines).astype(dict.fromkeys(WHOLE, "Int64")).sort_values("outcome")
    write_table(table, summary)
