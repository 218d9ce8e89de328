"""Spells of leaders as each source dates them, made ready for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from underbalance.ledger import Ledger

BASE = "whogov"


@dataclass(frozen=True)
class Spell:
    """One time in office, from ``start`` up to but not including ``end``.

    Parameters
    ----------
    end : ISO day, the day of the handover; ``""`` while in office.
    end_month : ISO month when the source gives no day; ``end`` is then inferred.
    seen_until : last day that the source knows of.
    first_snapshot, last_snapshot : years of the July snapshots that show it (0 = none).
    """

    leader: str
    start: str
    end: str
    source: str
    end_month: str = ""
    seen_until: str = ""
    party: str = ""
    status: str = "observed"
    first_snapshot: int = 0
    last_snapshot: int = 0

    def __str__(self) -> str:
        return f"{self.start} to {self.end or 'open'}"

    @property
    def known_end(self) -> str:
        """Return the end, or the last day on which the leader is known to be in office."""
        return self.end or max(_day_after(self.start), self.seen_until)

    def overlap_days(self, other: Spell) -> int:
        """Return how many days both spells share, as far as their sources know."""
        start, end = max(self.start, other.start), min(self.known_end, other.known_end)
        return max(0, days_between(start, end))

    def covers(self, day: str) -> bool:
        """Say whether the source knows the leader to be in office on the day."""
        return self.start <= day <= self.known_end


def last_known_days(leaders: pd.DataFrame) -> dict[str, str]:
    """Return the latest date that each source gives for any ally."""
    day_exact = leaders["end"].mask(leaders["end"].map(_is_month), "")
    latest = leaders["start"].where(leaders["start"] > day_exact, day_exact)
    return {
        str(source): str(day) for source, day in latest.groupby(leaders["source"]).max().items()
    }


def read_spells(rows: pd.DataFrame, seen_until: Mapping[str, str]) -> dict[str, list[Spell]]:
    """Return the spells of one ally by source, sorted by start.

    ``seen_until`` has the last day each source knows of (:func:`last_known_days`). A month
    without a day becomes the day on which the same source's next leader starts, when that
    is in the month, else the last day of the month.
    """
    by_source = {
        str(source): _sorted_spells(part, seen_until[str(source)])
        for source, part in rows.groupby("source")
    }
    return {source: _infer_days(spells) for source, spells in by_source.items()}


def join_base(spells: Sequence[Spell], iso3: str, ledger: Ledger) -> list[Spell]:
    """Join rows of the base source that are one term under drifting dates.

    WhoGov is coded year by year, so that a leader's start moves by a day with each
    snapshot (Moon 2017-05-10, -11, …). Rows of the same leader in adjoining snapshots
    whose dates touch are one term, from the earliest start to the end given last.
    """
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda s: (s.first_snapshot, s.start)):
        last = joined[-1] if joined else None
        if last is None or not _same_term(last, spell):
            joined.append(spell)
            continue
        start = min(last.start, spell.start)
        joined[-1] = replace(last, start=start, end=spell.end, last_snapshot=spell.last_snapshot)
        ledger.add(
            spell_key(iso3, joined[-1]),
            "drifting_dates_joined",
            spell,
            joined[-1],
            f"{BASE} dates the same term differently in adjoining July snapshots "
            f"({last.first_snapshot}–{spell.last_snapshot})",
        )
    return sorted(joined, key=lambda s: (s.start, s.first_snapshot))


def spell_key(iso3: str, spell: Spell) -> str:
    """Return the key of a spell in the ledger."""
    return f"{iso3} {spell.leader or 'unobserved'} {spell.start}"


def days_between(earlier: str, later: str) -> int:
    """Return the days from one ISO day to another, negative when they are reversed."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _sorted_spells(rows: pd.DataFrame, seen_until: str) -> list[Spell]:
    snapshots = rows[["first_snapshot", "last_snapshot"]].fillna(0).astype("int64")
    texts = rows[["leader", "start", "end", "source", "party"]].astype("str")
    spells = [
        Spell(
            leader=leader,
            start=start,
            end="" if _is_month(end) else end,
            source=source,
            end_month=end if _is_month(end) else "",
            seen_until=seen_until,
            party=party,
            first_snapshot=first,
            last_snapshot=last,
        )
        for (leader, start, end, source, party), (first, last) in zip(
            texts.to_numpy().tolist(), snapshots.to_numpy().tolist(), strict=True
        )
    ]
    return sorted(spells, key=lambda s: (s.start, s.end or s.end_month or "9999"))


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _is_month(text: str) -> bool:
    return len(text) == len("1994-04")


def _infer_days(spells: Sequence[Spell]) -> list[Spell]:
    starts = [spell.start for spell in spells]
    return [
        replace(s, end=_day_in_month(s.end_month, starts[i + 1 :])) if s.end_month else s
        for i, s in enumerate(spells)
    ]


def _day_in_month(month: str, later_starts: Iterable[str]) -> str:
    # ASSUME: the day of handover is the day on which the successor starts
    return next((day for day in later_starts if day.startswith(month)), _last_day(month))


def _last_day(month: str) -> str:
    next_month = date.fromisoformat(f"{month}-28") + timedelta(days=4)
    return (next_month.replace(day=1) - timedelta(days=1)).isoformat()


def _same_term(last: Spell, spell: Spell) -> bool:
    adjoining = spell.first_snapshot <= last.last_snapshot + 1
    touching = last.end == "" or _gap(last, spell) <= 1
    return last.leader == spell.leader and adjoining and touching


def _gap(earlier: Spell, later: Spell) -> int:
    return days_between(earlier.end, later.start)
