"""Who held office between the spells of the base source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from underbalance.clean.leader_dates import Incumbency, Lines, is_other_office
from underbalance.clean.leader_names import same_person, same_whole_name
from underbalance.clean.leader_spells import BASE, Spell, days_between, spell_key
from underbalance.ledger import Ledger

FILLED_FROM = ("archigos", "reign")
# ASSUME: an office is not vacant for longer than this; somebody unnamed holds it.
VACANT_DAYS = 30


@dataclass(frozen=True)
class Gap:
    """Days without a holder; ``before`` is None at the head of the line."""

    start: str
    end: str
    before: Spell | None
    after: Spell


def end_at_successor(line: Sequence[Spell], iso3: str, ledger: Ledger) -> list[Spell]:
    """End each spell where the next one starts when it runs on beyond."""
    ended = []
    for spell, successor in zip(line, [*line[1:], None], strict=True):
        if successor and (spell.end == "" or spell.end > successor.start):
            why = f"{successor.leader} takes office on {successor.start}"
            ledger.add(
                spell_key(iso3, spell), "ended_at_successor", spell.end, successor.start, why
            )
            ended.append(replace(spell, end=successor.start))
        else:
            ended.append(spell)
    return ended


def fill_gaps(
    line: Sequence[Spell],
    incumbencies: Sequence[Incumbency],
    others: Lines,
    since: str,
    iso3: str,
    ledger: Ledger,
) -> list[Spell]:
    """Put holders whom only other sources name into the gaps of the line.

    A spell is clipped to the gap; at the head of the line, from ``since`` on, it keeps its
    start. It is refused when it belongs to another office
    (:func:`underbalance.clean.leader_dates.is_other_office`) or lies mostly outside.
    """
    matched = [spell for i in incumbencies for spell in i.named.values()]
    names = _base_names(incumbencies)
    filled = list(line)
    for source in FILLED_FROM:
        free = [s for s in others.get(source, ()) if s not in matched]
        for gap in list(_gaps(filled, since)):
            free_from = gap.start if gap.before else ""
            for spell in [s for s in free if _touches(s, gap) and not _is_placed(s, filled)]:
                refusal = _refusal(spell, gap, others)
                if refusal:
                    ledger.add(spell_key(iso3, spell), "filler_refused", spell, "", refusal)
                    continue
                name = names.get((source, spell.leader), spell.leader)
                placed = replace(
                    spell,
                    leader=name,
                    start=max(spell.start, free_from),
                    end=max(spell.start, free_from, min(spell.known_end, gap.end)),
                )
                why = f"{source} has {spell.leader} {spell}"
                _place(placed, gap, why, filled, iso3, ledger)
                free_from = placed.end
    return filled


def mark_unobserved(line: Sequence[Spell], iso3: str, ledger: Ledger) -> list[Spell]:
    """Put a spell of an unnamed holder into every gap of more than :data:`VACANT_DAYS`."""
    marked = list(line)
    for gap in _gaps(line):
        days = days_between(gap.start, gap.end)
        if gap.before and days > VACANT_DAYS:
            unnamed = Spell("", gap.start, gap.end, source="", status="unobserved")
            why = (
                f"no source names who governed for {days} days between "
                f"{gap.before.leader} and {gap.after.leader}"
            )
            ledger.add(spell_key(iso3, unnamed), "unobserved_holder", "", unnamed, why)
            marked.append(unnamed)
    return sorted(marked, key=_order)


def _base_names(incumbencies: Sequence[Incumbency]) -> dict[tuple[str, str], str]:
    """Return how the base source spells a name of another source, where that is unique."""
    spelled: dict[tuple[str, str], set[str]] = {}
    for incumbency in incumbencies:
        for source, other in incumbency.named.items():
            spelled.setdefault((source, other.leader), set()).add(incumbency.spell.leader)
    return {key: names.pop() for key, names in spelled.items() if len(names) == 1}


def _gaps(line: Sequence[Spell], since: str = "9999") -> Iterator[Gap]:
    """Yield stretches of more than a day that no spell covers, the first one from ``since``."""
    if line and line[0].start > since:
        yield Gap(since, line[0].start, None, line[0])
    for before, after in pairwise(line):
        if days_between(before.end, after.start) > 1:
            yield Gap(before.end, after.start, before, after)


def _touches(spell: Spell, gap: Gap) -> bool:
    return spell.start < gap.end and (spell.end == "" or spell.end > gap.start)


def _is_placed(spell: Spell, filled: Sequence[Spell]) -> bool:
    """Say whether a more exact source already put this spell into the line."""
    return any(
        placed.source != BASE
        and placed.overlap_days(spell) > 0
        and same_person(placed.leader, spell.leader)
        for placed in filled
    )


def _refusal(spell: Spell, gap: Gap, others: Lines) -> str:
    first = gap.start if gap.before else min(spell.start, gap.start)
    if is_other_office(spell, first, gap.end, others):
        return f"{spell.source}: another office, held long outside the gap {gap.start} to {gap.end}"
    inside = spell.overlap_days(Spell("", first, gap.end, ""))
    if 2 * inside < days_between(spell.start, spell.known_end):
        return f"{spell.source}: mostly outside the gap {gap.start} to {gap.end}"
    return ""


def _place(
    spell: Spell, gap: Gap, why: str, filled: list[Spell], iso3: str, ledger: Ledger
) -> None:
    """Add the spell to the line, or lengthen the spell of the same holder that it meets."""
    met = next((s for s in filled if _meet(s, spell) and _same_name(s, spell)), None)
    if met is None:
        between = f"between {gap.before.leader} and" if gap.before else "before"
        why = f"{BASE} has nobody {between} {gap.after.leader}; {why}"
        ledger.add(spell_key(iso3, spell), "gap_filled", "", spell, why)
        filled.append(spell)
    else:
        start, end = min(met.start, spell.start), max(met.end, spell.end) if met.end else ""
        longer = replace(met, start=start, end=end)
        ledger.add(spell_key(iso3, longer), "lengthened_into_gap", met, longer, why)
        filled[filled.index(met)] = longer
    filled.sort(key=_order)


def _meet(one: Spell, other: Spell) -> bool:
    later, earlier = (one, other) if one.start > other.start else (other, one)
    return earlier.end != "" and abs(days_between(earlier.end, later.start)) <= 1


def _same_name(one: Spell, other: Spell) -> bool:
    return same_whole_name(one.leader, other.leader)


def _order(spell: Spell) -> tuple[str, str]:
    return spell.start, spell.end or "9999"
