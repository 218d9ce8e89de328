"""Which spells of several sources are one incumbency, and which of their dates holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from underbalance.clean.leader_names import same_person
from underbalance.clean.leader_spells import BASE, Spell, days_between, spell_key
from underbalance.ledger import Ledger

# ASSUME: spells of one name that begin or end within this many days are one incumbency,
# and a spell that reaches further out of a gap belongs to another office.
NEAR_DAYS = 45
# ASSUME: where nothing else decides, Archigos (made to date leaders to the day) is more exact
# than WhoGov (made from July cabinets), and WhoGov than REIGN (no day for the end).
MORE_EXACT_FIRST = ("archigos", BASE, "reign")
# in the order in which they are asked
WHY_IT_WON = (
    "the date that most sources give",
    "the date that fits the neighbouring spell",
    "the date at which a holder takes or leaves office whom only this source names",
    f"the first of {', '.join(MORE_EXACT_FIRST)}",
)

Lines = Mapping[str, Sequence[Spell]]


@dataclass(frozen=True)
class Incumbency:
    """A spell of the base source and the spells of other sources that mean the same."""

    spell: Spell
    named: Mapping[str, Spell]


def match_incumbencies(base: Sequence[Spell], others: Lines) -> list[Incumbency]:
    """Find for each spell of the base source the spell of every other source, if any."""
    return [
        Incumbency(
            spell,
            {
                source: max(same, key=spell.overlap_days)
                for source, line in others.items()
                if (same := [s for s in line if _is_same(spell, s)])
            },
        )
        for spell in base
    ]


def reconcile_dates(
    incumbencies: Sequence[Incumbency], others: Lines, iso3: str, ledger: Ledger
) -> list[Spell]:
    """Give each incumbency the start and the end on which most sources agree.

    On a tie that date wins which does not overlap the neighbour, or best meets them; then the
    date that meets a holder whom only the other source names between the two neighbours;
    then the order of :data:`MORE_EXACT_FIRST`.

    Returns
    -------
    One spell per incumbency, sorted by start; every changed date is in the ledger.
    """
    return sorted(
        (_reconcile(i, incumbencies, others, iso3, ledger) for i in range(len(incumbencies))),
        key=lambda s: (s.start, s.first_snapshot),
    )


def is_other_office(holder: Spell, first: str, last: str, others: Lines) -> bool:
    """Say whether some source has this person in office long before ``first`` or after ``last``.

    Portugal's presidents fill every gap between prime ministers, but reach years beyond.
    """
    known = [s for line in others.values() for s in line if _is_same_time(holder, s)]
    return any(
        days_between(s.start, first) > NEAR_DAYS or days_between(last, s.known_end) > NEAR_DAYS
        for s in [holder, *known]
    )


def _is_same(base: Spell, other: Spell) -> bool:
    near_start = abs(days_between(base.start, other.start)) <= NEAR_DAYS
    near_end = bool(base.end and other.end) and (
        abs(days_between(base.end, other.end)) <= NEAR_DAYS
    )
    overlapping = base.overlap_days(other) > 0
    # a row that copied its predecessor's dates is recognised by the July in which it was seen
    years = range(base.first_snapshot, base.last_snapshot + 1)
    seen = any(other.covers(f"{year}-07-01") for year in years)
    dated_alike = (overlapping and (near_start or near_end)) or seen
    return dated_alike and same_person(base.leader, other.leader)


def _is_same_time(holder: Spell, other: Spell) -> bool:
    return holder.overlap_days(other) > 0 and same_person(holder.leader, other.leader)


def _reconcile(
    i: int, incumbencies: Sequence[Incumbency], others: Lines, iso3: str, ledger: Ledger
) -> Spell:
    spell, named = incumbencies[i].spell, incumbencies[i].named
    before = incumbencies[i - 1] if i > 0 else None
    after = incumbencies[i + 1] if i + 1 < len(incumbencies) else None
    start, why_start = _settle(
        _start_votes(spell, named),
        lambda day: _fit(before.spell.end, day) if before else 0,
        lambda day, source: (
            source in named
            and _meets_unseen(day, named[source], before, others[source][::-1], others)
        ),
    )
    if after is None and spell.end == "":
        end, why_end = "", ""
    else:
        end, why_end = _settle(
            _end_votes(spell, named),
            lambda day: _fit(day, after.spell.start) if after else 0,
            lambda day, source: (
                source in named and _meets_unseen(day, named[source], after, others[source], others)
            ),
        )
    if end and end < start:
        return spell
    for rule, old, new, why in (
        ("start_reconciled", spell.start, start, why_start),
        ("end_reconciled", spell.end, end, why_end),
    ):
        if old != new:
            ledger.add(spell_key(iso3, replace(spell, start=start)), rule, old, new, why)
    return replace(spell, start=start, end=end)


def _start_votes(spell: Spell, named: Mapping[str, Spell]) -> dict[str, list[str]]:
    votes: dict[str, list[str]] = {spell.start: [BASE]}
    for source, other in named.items():
        votes.setdefault(other.start, []).append(source)
    return votes


def _end_votes(spell: Spell, named: Mapping[str, Spell]) -> dict[str, list[str]]:
    """Return who gives which end; a source with only the month supports each day in it."""
    votes: dict[str, list[str]] = {spell.end: [BASE]} if spell.end else {}
    ended = {source: other for source, other in named.items() if other.end}
    for source, other in ended.items():
        if not other.end_month:
            votes.setdefault(other.end, []).append(source)
    for source, other in ended.items():
        if other.end_month:
            within = [day for day in votes if day.startswith(other.end_month)]
            for day in within or [other.end]:
                votes.setdefault(day, []).append(source)
    return votes


def _settle(
    votes: Mapping[str, list[str]],
    fit: Callable[[str], int],
    meets_unseen: Callable[[str, str], bool],
) -> tuple[str, str]:
    """Return the date that wins and the reason in words; no votes give no date."""
    if not votes:
        return "", ""

    def merits(day: str) -> tuple[int, int, bool, int]:
        sources = votes[day]
        exact = max(-MORE_EXACT_FIRST.index(source) for source in sources)
        return len(sources), fit(day), any(meets_unseen(day, s) for s in sources), exact

    ranked = sorted(votes, key=merits, reverse=True)
    given = "; ".join(f"{'+'.join(sorted(votes[day]))} {day}" for day in sorted(votes))
    if len(ranked) == 1:
        return ranked[0], f"only {given}"
    won, lost = merits(ranked[0]), merits(ranked[1])
    decided = next(n for n in range(len(won)) if won[n] != lost[n])
    return ranked[0], f"{given}: {WHY_IT_WON[decided]}"


def _fit(end: str, start: str) -> int:
    """Return −1 when the spells overlap, 1 when they meet, 0 otherwise."""
    if not end:
        return 0
    days = days_between(end, start)
    return -1 if days < 0 else int(days <= 1)


def _meets_unseen(
    day: str, own: Spell, towards: Incumbency | None, line: Sequence[Spell], others: Lines
) -> bool:
    """Say whether at ``day`` the source has a holder between ``own`` and the neighbour.

    ``line`` runs from ``own`` towards the neighbour. Korea in 2016: REIGN ends Park when
    parliament suspends her and Hwang acts for her until Moon.
    """
    place = line.index(own)
    if towards is None or place + 2 >= len(line):
        return False
    unseen, neighbour = line[place + 1], line[place + 2]
    handover = unseen.start if unseen.start >= own.start else unseen.known_end
    return (
        towards.named.get(own.source) == neighbour
        and abs(days_between(day, handover)) <= 1
        and not is_other_office(unseen, unseen.start, unseen.known_end, others)
    )
