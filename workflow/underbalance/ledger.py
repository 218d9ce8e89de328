"""The ledger: every row or cell that was dropped, repaired, chosen or left empty, and why."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

LEDGER_COLUMNS = ["table", "key", "rule", "old", "new", "reason"]


class Ledger:
    """Collects entries while a table is cleaned.

    An entry has the table it concerns, the key of the row (``"JPN 1998"``,
    ``"deal 13464"``), the name of the rule (snake_case), the old and the new value
    (empty for none) and the reason in words.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self._entries: list[tuple[str, str, str, str, str, str]] = []

    def add(self, key: str, rule: str, old: object, new: object, reason: str) -> None:
        """Add one entry; ``None`` and missing values are written as empty."""
        self._entries.append((self.table, key, rule, _text(old), _text(new), reason))

    def frame(self) -> pd.DataFrame:
        """Return the entries, sorted, as a frame of :data:`LEDGER_COLUMNS`."""
        return sort_ledger(pd.DataFrame(self._entries, columns=LEDGER_COLUMNS, dtype="str"))


def join_ledgers(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack ledgers of several tables into one sorted ledger."""
    return sort_ledger(pd.concat(list(parts), ignore_index=True))


def sort_ledger(entries: pd.DataFrame) -> pd.DataFrame:
    """Sort entries by all columns, so that the same run gives the same bytes."""
    return entries.sort_values(LEDGER_COLUMNS, ignore_index=True)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
