"""One line of leaders per ally out of WhoGov, Archigos and REIGN."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from underbalance.clean.leader_dates import Lines, match_incumbencies, reconcile_dates
from underbalance.clean.leader_gaps import end_at_successor, fill_gaps, mark_unobserved
from underbalance.clean.leader_names import same_person
from underbalance.clean.leader_spells import (
    BASE,
    Spell,
    days_between,
    join_base,
    last_known_days,
    read_spells,
)
from underbalance.ledger import Ledger

FIRST_DAY = "1983-01-01"
SNAPSHOT_DAY = "07-01"
# ASSUME: whoever holds office for less than this acts for another and is no new leader.
INTERIM_DAYS = 30
# ASSUME: who stands in for longer acts for another too, if that other comes back soon
# (a president under impeachment proceedings, a caretaker between two elections).
INTERLUDE_DAYS = 90
COLUMNS = {
    "iso3": "str",
    "spell": "Int64",
    "leader": "str",
    "start": "str",
    "end": "str",
    "status": "str",
    "interim": "bool",
    "in_office": "bool",
    "party": "str",
    "sources": "str",
    "days": "Int64",
    "covered_from": "str",
    "covered_until": "str",
}


def merge_spells(
    leaders: pd.DataFrame, allies: pd.DataFrame, shipped: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Merge the sources' spells into one day-exact line of leaders per ally.

    WhoGov says which office counts (its ``leader`` is whoever leads in effect: the
    president of France or Poland, the prime minister of Portugal) and is the base line;
    the other sources correct its dates and fill its gaps.

    Parameters
    ----------
    leaders : the facts table ``leaders`` (:mod:`underbalance.sources.leaders`).
    allies : the listed allies; ``iso3`` and ``independent_since`` are used.
    shipped : ``leaders`` without the rows of extensions, when it has such.

    Returns
    -------
    leader_spells : columns and types of :data:`COLUMNS`. One row per spell since 1983, or
        reaching independence where that is later; spells of an ally do not overlap.
        ``start`` and ``end`` are ISO days (the end is the day of handover, empty for
        who is in office at the end of coverage); ``status`` is ``unobserved`` where
        somebody governed whom no source names; ``interim`` marks less than 30 days,
        or up to 90 before the same leader returned;
        ``sources`` are those that name the holder; the line is known from
        ``covered_from`` to ``covered_until``.
    ledger : every joined, moved, cut, filled, refused or unnamed spell.

    Notes
    -----
    An ally without rows of WhoGov has no line: the office to follow is not known.
    """
    ledger = Ledger("leader_spells")
    leaders = leaders.fillna({"end": "", "party": ""})
    known_until = covered_until(leaders)
    # how long a source is known to go on is no matter of an extension
    seen_until = last_known_days(leaders if shipped is None else shipped.fillna({"end": ""}))
    by_ally = {str(iso3): rows for iso3, rows in leaders.groupby("iso3")}
    rows: list[dict[str, object]] = []
    for iso3, independent_since in zip(allies["iso3"], allies["independent_since"], strict=True):
        if iso3 not in known_until.index:
            continue
        since = max(FIRST_DAY, independent_since)
        seen = _latest(seen_until, last_known_days(by_ally[iso3]))
        lines = _lines(read_spells(by_ally[iso3], seen), since, iso3, ledger)
        merged = _merge_ally(lines, since, iso3, ledger)
        covered = {
            "covered_from": max([independent_since, *(s.start for s in merged[:1])]),
            "covered_until": known_until[iso3],
        }
        rows += [{"iso3": iso3, **row, **covered} for row in _rows(merged, lines)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS), ledger.frame()


def covered_until(leaders: pd.DataFrame) -> pd.Series:
    """Return the last day to which the line of each ally is known.

    This is 1 July of the last WhoGov snapshot, or the later day on which the leader seen
    there left office.

    Returns
    -------
    ISO days, indexed by iso3; allies without WhoGov rows are left out.
    """
    base = leaders[leaders["source"] == BASE].fillna({"end": ""})
    newest = base.groupby("iso3")["last_snapshot"].transform("max")
    last = base[base["last_snapshot"] == newest]
    snapshot_day = last["last_snapshot"].astype("str") + "-" + SNAPSHOT_DAY
    known = last["end"].where(last["end"] > snapshot_day, snapshot_day)
    return known.groupby(last["iso3"]).max()


def _latest(days: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Return the later of two days for each source."""
    return {source: max(days.get(source, ""), own.get(source, "")) for source in {*days, *own}}


def _lines(spells: Lines, since: str, iso3: str, ledger: Ledger) -> dict[str, Sequence[Spell]]:
    """Return the spells of each source that reach ``since``, those of the base as terms."""
    reaching: dict[str, Sequence[Spell]] = {
        source: [s for s in line if s.end == "" or s.end >= since]
        for source, line in spells.items()
    }
    return reaching | {BASE: join_base(reaching[BASE], iso3, ledger)}


def _merge_ally(lines: Lines, since: str, iso3: str, ledger: Ledger) -> list[Spell]:
    others = {source: line for source, line in lines.items() if source != BASE}
    incumbencies = match_incumbencies(lines[BASE], others)
    dated = reconcile_dates(incumbencies, others, iso3, ledger)
    single = end_at_successor(dated, iso3, ledger)
    filled = fill_gaps(single, incumbencies, others, since, iso3, ledger)
    return mark_unobserved(filled, iso3, ledger)


def _rows(merged: Sequence[Spell], lines: Lines) -> Iterator[dict[str, object]]:
    for number, spell in enumerate(merged, start=1):
        days = days_between(spell.start, spell.end) if spell.end else None
        named = [spell, *_namings(spell, lines)]
        limit = INTERLUDE_DAYS + 1 if _is_interlude(merged, number - 1) else INTERIM_DAYS
        yield {
            "spell": number,
            "leader": spell.leader,
            "start": spell.start,
            "end": spell.end,
            "status": spell.status,
            "interim": days is not None and days < limit,
            "in_office": spell.end == "",
            "party": next((s.party for s in named if s.party), ""),
            "sources": "+".join(sorted({s.source for s in named})),
            "days": days,
        }


def _is_interlude(merged: Sequence[Spell], position: int) -> bool:
    """Say whether a spell came from a leader and went straight back to the same one."""
    if not 0 < position < len(merged) - 1:
        return False
    before, spell, after = merged[position - 1 : position + 2]
    handed_back = max(days_between(before.end, spell.start), days_between(spell.end, after.start))
    return handed_back <= 1 and bool(before.leader) and same_person(before.leader, after.leader)


def _namings(spell: Spell, lines: Lines) -> list[Spell]:
    """Return the spells of all sources that name this holder at the time."""
    return [
        other
        for line in lines.values()
        for other in line
        if spell.overlap_days(other) > 0 and same_person(spell.leader, other.leader)
    ]
