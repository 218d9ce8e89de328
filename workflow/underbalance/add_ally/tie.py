"""The tie with the USA that makes an ally's years count, as a row of the table alliance."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from underbalance.add_ally.options import option_fault
from underbalance.add_ally.request import Request
from underbalance.errors import Fault
from underbalance.nearest import did_you_mean
from underbalance.schemas.columns import is_possible_date
from underbalance.schemas.facts.ties import COMMITMENTS

FORMS: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FOREVER: Final = "9999"


def tie_of(request: Request, known: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the tie as a table of one row, none when nothing is asked for, and the faults.

    A date that is not known to the day begins on the first day of its month or year, and
    its precision is noted as year, the coarser of the two that the table knows.

    Parameters
    ----------
    known : rows of the table alliance for this ally, every cell as text: a tie that is
        among them is taken over as it stands there.
    """
    if not (request.since or request.alliance or request.until):
        return known.iloc[:0], []
    faults = [
        *_alliance_faults(request.alliance),
        *_date_faults("--since", request.since, needed=True),
        *_date_faults("--until", request.until, needed=False),
    ]
    if faults:
        return known.iloc[:0], faults
    start, end = _first_day(request.since), _first_day(request.until)
    if end and end < start:
        rule = "the tie must not end before it begins"
        allowed = f"{request.since} or later"
        return known.iloc[:0], [
            option_fault("--until", rule, request.until, allowed, "correct one of the two")
        ]
    same = known[known["commitment"] == request.alliance]
    if len(found := same[(same["start"] == start) & (same["end"] == end)]):
        return found.reset_index(drop=True), []
    overlapping = same[
        (same["start"] <= (end or FOREVER)) & (same["end"].replace("", FOREVER) >= start)
    ]
    row = {
        "iso3": request.iso3,
        "commitment": request.alliance,
        "start": start,
        "end": end,
        "date_precision": "day" if len(request.since) == len("YYYY-MM-DD") else "year",
        "date_verified": "0",
    }
    return pd.DataFrame([row]), [_overlap(request, spell) for spell in _spells(overlapping)]


def has_tie(request: Request, rows: pd.DataFrame) -> bool:
    """Say whether rows of the table alliance have the tie, from the same day to the same day."""
    asked = (request.alliance, _first_day(request.since), _first_day(request.until))
    cells = rows[["commitment", "start", "end"]].itertuples(index=False, name=None)
    return asked in set(cells)


def _alliance_faults(name: str) -> list[Fault]:
    if name in COMMITMENTS:
        return []
    rule = "the tie must be of a known kind"
    mend = did_you_mean(name, COMMITMENTS, "take the one that is nearest to the tie")
    return [option_fault("--alliance", rule, name or "none", ", ".join(COMMITMENTS), mend)]


def _date_faults(option: str, date: str, *, needed: bool) -> list[Fault]:
    if not date and not needed:
        return []
    day = _first_day(date) if FORMS.fullmatch(date) else date
    if is_possible_date(pd.Series([day], dtype="str")).all():
        return []
    allowed = "YYYY-MM-DD, YYYY-MM or YYYY"
    rule = "the date must be one of the calendar"
    return [option_fault(option, rule, date or "none", allowed, "correct the date")]


def _first_day(date: str) -> str:
    return date + "-01" * ((len("YYYY-MM-DD") - len(date)) // len("-01")) if date else ""


def _spells(rows: pd.DataFrame) -> list[str]:
    return [f"{start} to {end or 'today'}" for start, end in rows[["start", "end"]].to_numpy()]


def _overlap(request: Request, spell: str) -> Fault:
    return option_fault(
        "--since",
        "a tie must not overlap one of the same kind that is listed already",
        f"{request.alliance} since {request.since}",
        f"years outside of {spell}",
        "give the dates that are listed, or those of another tie",
    )
