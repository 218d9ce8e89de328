"""What differs between the numbers of a run and those that are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from underbalance.verify.headline import Kept, Rows
from underbalance.verify.tolerance import TOLERANCES, Value, is_near

GONE: Final = "no such row"


@dataclass(frozen=True)
class Difference:
    """A number that is not as it was kept.

    Parameters
    ----------
    key : cells that name its row.
    column : its column, empty for a whole row.
    kept, found : the values; of a row that is new or gone :data:`GONE`.
    times : how many times as far off as is allowed; infinite where nothing is.
    """

    key: tuple[str, ...]
    column: str
    kept: Value
    found: Value
    times: float


def differences(kept: Kept, old: Rows, new: Rows) -> list[Difference]:
    """Return what differs in a table, the worst first."""
    gone = [Difference(key, "", "there", GONE, float("inf")) for key in old if key not in new]
    added = [Difference(key, "", GONE, "there", float("inf")) for key in new if key not in old]
    changed = [
        _difference(key, column, how, old[key], new[key])
        for key in old
        if key in new
        for column, how in kept.columns.items()
        if _differs(column, how, old[key], new[key])
    ]
    return gone + added + sorted(changed, key=lambda one: -one.times)


def _differs(column: str, how: str, old: dict[str, Value], new: dict[str, Value]) -> bool:
    # a column that was not kept yet is no difference
    if column not in old:
        return False
    return not is_near(old[column], new[column], TOLERANCES[how], _std_error(old))


def _difference(
    key: tuple[str, ...], column: str, how: str, old: dict[str, Value], new: dict[str, Value]
) -> Difference:
    kept, found = old[column], new[column]
    times = float("inf")
    if isinstance(kept, float) and isinstance(found, float):
        allowed = TOLERANCES[how].allowed(kept, _std_error(old))
        times = abs(found - kept) / allowed if allowed else times
    return Difference(key, column, kept, found, times)


def _std_error(row: dict[str, Value]) -> float:
    found = row.get("std_error")
    return found if isinstance(found, float) else 0.0
