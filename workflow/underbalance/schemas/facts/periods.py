"""Rules of rows that hold for a period, and of dates of states that became independent later.

A message says of two periods that do not meet whether they overlap or leave a gap.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa

from underbalance.registry import ALLIES_FILE, read_allies

INDEPENDENCE = f"independent_since in {ALLIES_FILE.as_posix()}"


def first_period_begins(first_day: str, group: Sequence[str]) -> pa.Check:
    """Demand that the first period begins on a day, or in the year of a later independence.

    ASSUME: within that year coders may take another day than config/allies.csv (Croatia
    declared independence in June 1991, with effect from October).
    """

    def holds(rows: pd.DataFrame) -> pd.Series:
        since = _independent_since(rows["iso3"])
        late = (since > first_day) & (rows["start"] >= since)
        in_time = (rows["start"] == first_day) | (late & (rows["start"].str[:4] == since.str[:4]))
        is_first = rows["start"] == rows.groupby(list(group))["start"].transform("min")
        return in_time | ~is_first

    error = "start must be the first day of the coding in the first period"
    allowed = f"{first_day}, or a day in the year of independence for an ally independent later"
    mend = f"correct start, add the period before, or correct {INDEPENDENCE}"
    return pa.Check(holds, error=f"{error}|{allowed}|{mend}")


def no_overlap(group: Sequence[str]) -> pa.Check:
    """Demand that no period begins before an earlier one has ended."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        start, ended = _start_and_end_before(rows, group)
        return ~(start <= ended)

    error = "start must not lie in a period before it: the two overlap"
    mend = "begin this period later, or end the one before it earlier"
    return pa.Check(holds, error=f"{error}|{_meeting(group)}|{mend}")


def no_gap(group: Sequence[str]) -> pa.Check:
    """Demand that a period begins at the latest on the day after the ones before it."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        start, ended = _start_and_end_before(rows, group)
        return ~(start > ended + pd.Timedelta(days=1))

    error = "start must be the day after the period before it: there is a gap between the two"
    mend = "begin this period earlier, end the one before it later, or add the period in between"
    return pa.Check(holds, error=f"{error}|{_meeting(group)}|{mend}")


def last_period_ends(last_day: str, group: Sequence[str]) -> pa.Check:
    """Demand that the last period ends on a day."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        is_last = rows["end"] == rows.groupby(list(group))["end"].transform("max")
        return (rows["end"] == last_day) | ~is_last

    error = f"end must be {last_day} in the last period|{last_day}"
    return pa.Check(holds, error=f"{error}|correct end, or add the period after")


def not_before_independence(column: str) -> pa.Check:
    """Demand that a date, as precise as it is known, is of a time when the ally existed."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        pairs = zip(rows[column], _independent_since(rows["iso3"]), strict=True)
        return pd.Series([since[: len(day)] <= day for day, since in pairs], index=rows.index)

    error = f"{column} must not be before the ally was independent"
    mend = f"correct {column} or iso3, or correct {INDEPENDENCE}"
    return pa.Check(holds, error=f"{error}|the day of {INDEPENDENCE}, or later|{mend}")


def _start_and_end_before(rows: pd.DataFrame, group: Sequence[str]) -> tuple[pd.Series, pd.Series]:
    """Return the start of each period and the latest end of those that began before it.

    What is no date is told by the rule of its column and passes here.
    """
    ordered = rows.sort_values([*group, "start"])
    days = {
        name: pd.to_datetime(ordered[name], format="%Y-%m-%d", errors="coerce")
        for name in ("start", "end")
    }
    latest = days["end"].groupby([ordered[name] for name in group]).cummax()
    before = latest.groupby([ordered[name] for name in group]).shift()
    return days["start"].reindex(rows.index), before.reindex(rows.index)


def _meeting(group: Sequence[str]) -> str:
    return f"periods of one {', '.join(group)} that follow one another day by day"


def _independent_since(iso3: pd.Series) -> pd.Series:
    """Return the day of independence, empty for a state that was so throughout."""
    return iso3.map(read_allies().set_index("iso3")["independent_since"]).fillna("")
