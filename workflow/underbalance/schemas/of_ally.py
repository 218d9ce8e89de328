"""Which facts tables are of one ally, and the column that names it."""

from __future__ import annotations

from functools import cache
from typing import Final

from underbalance.schemas.facts import FACTS

# columns that name the ally a row is of, by order of preference
ALLY_COLUMNS: Final = ("iso3", "state")
# tables that have rows of the rivals of an ally, too
OF_RIVALS_TOO: Final = ("capabilities",)
# tables without such a column, whose rows are those of another table: its name, the number of both
FOLLOWS: Final = {"deal_notes": ("deals", "deal_id")}


@cache
def ally_column(table: str) -> str:
    """Return the column of a facts table that names the ally, empty when none does.

    Asked for thousands of times in a command, and the same whatever the lists hold: a schema,
    which takes milliseconds, is made once for each table.
    """
    columns = FACTS[table]().columns
    return next((name for name in ALLY_COLUMNS if name in columns), "")


def of_one_ally() -> list[str]:
    """Return the facts tables whose rows are of one ally, those that others follow first."""
    return [*(table for table in FACTS if ally_column(table)), *FOLLOWS]
