"""Kinds of tests of a statement on the shipped records.

A test takes a claim and the tables; it returns whether the statement holds (none where the
records lack the rows) and the dates or numbers that say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from underbalance.claims.periods import overlaps, years_of
from underbalance.claims.selection import (
    Where,
    dates_of,
    first_of,
    selected,
    shown_dates,
    years_between,
)
from underbalance.claims.tenures import possible_in

Claim = Mapping[Any, Any]
Tables = Mapping[str, pd.DataFrame]
Test = Callable[[Claim, Tables], tuple[bool | None, str]]

EVENTS = "missile_defence_events"
SPENDING = "milex_constant_usd_m"
JOINED: dict[str, Where] = {"programme": "^joint research", "stage": "^decision$", "direction": 1}
# "almost seven years"
ALMOST_SEVEN = (6.5, 7.0)
NO_ROW = "no such row"


def first_in_period(table: str, **where: Where) -> Test:
    """Hold when the first row that fits may lie in the period of the claim."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        first = first_of(table, selected(tables[table], claim["iso3"], where))
        if first is None:
            return None, NO_ROW
        row = first.to_frame().T
        inside = overlaps(dates_of(table, row), claim["period_start"], claim["period_end"])
        return bool(inside.iloc[0]), f"first {shown_dates(row, table).iloc[0]}"

    return test


def some_in_period(table: str, within: str = "", **where: Where) -> Test:
    """Hold when a row that fits may lie in the period; ``within``: and in that year or month."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        rows = _in_period(table, claim, tables, where)
        rows = rows[dates_of(table, rows).str.startswith(within)]
        return bool(len(rows)), ", ".join(shown_dates(rows, table)) or "none"

    return test


def none_in_period(table: str, **where: Where) -> Test:
    """Hold when no row that fits may lie in the period."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        rows = _in_period(table, claim, tables, where)
        return not len(rows), ", ".join(shown_dates(rows, table)) or "none"

    return test


def almost_seven_years(to: Mapping[str, Where]) -> Test:
    """Hold when the first event that fits comes almost seven years after the decision to join.

    The decision is the first one forward on joint research in the period; of an event
    known to the year only, the earliest and the latest day are taken.
    """

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        events = selected(tables[EVENTS], claim["iso3"], {})
        events = events[events["date"] >= claim["period_start"]]
        joined = first_of(EVENTS, selected(events, claim["iso3"], JOINED))
        if joined is None:
            return None, NO_ROW
        later = events[events["date"] > joined["date"]]
        acted = first_of(EVENTS, selected(later, claim["iso3"], to))
        if acted is None:
            return None, NO_ROW
        low, high = years_between(joined["date"], acted["date"])
        length = f"{low:.1f}" if f"{low:.1f}" == f"{high:.1f}" else f"{low:.1f} to {high:.1f}"
        fits = high >= ALMOST_SEVEN[0] and low <= ALMOST_SEVEN[1]
        return fits, f"{joined['date']} to {acted['date']}: {length} years"

    return test


def another_head(first: Mapping[str, Where], then: Mapping[str, Where]) -> Test:
    """Hold when another head of government did the one than the other, both in the period."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        events = tables[EVENTS]
        events = events[possible_in(events, claim["period_start"], claim["period_end"])]
        rows = [first_of(EVENTS, selected(events, claim["iso3"], w)) for w in (first, then)]
        heads = [
            None if row is None or not row["head_of_government"] else row["head_of_government"]
            for row in rows
        ]
        if rows[0] is None or rows[1] is None or None in heads:
            return None, NO_ROW
        shown = [f"{r['date']} {h}" for r, h in zip((rows[0], rows[1]), heads, strict=True)]
        return heads[0] != heads[1], ", ".join(shown)

    return test


def more_spent_than_in(successor: str) -> Test:
    """Hold when yearly military spending was higher than in the period of another claim."""

    def test(claim: Claim, tables: Tables) -> tuple[bool | None, str]:
        claims, years = tables["seed_claims"], tables["ally_year"]
        after = claims[claims["claim_id"] == successor]
        if after.empty:
            return None, NO_ROW
        own = years[years["iso3"] == claim["iso3"]].set_index("year")[SPENDING]
        spans = [years_of(c["period_start"], c["period_end"]) for c in (claim, after.iloc[0])]
        means = [own.reindex(pd.Index(span)).mean() for span in spans]
        if any(pd.isna(mean) for mean in means):
            return None, "spending not known"
        shown = [
            f"{span[0]}–{span[-1]}: {mean / 1000:.2f} billion"
            for span, mean in zip(spans, means, strict=True)
        ]
        return bool(means[0] > means[1]), ", ".join(shown)

    return test


def _in_period(
    table: str, claim: Claim, tables: Tables, where: Mapping[str, Where]
) -> pd.DataFrame:
    """Return the rows that fit and may lie in the period, in the order of their dates."""
    rows = selected(tables[table], claim["iso3"], where)
    rows = rows.loc[dates_of(table, rows).sort_values().index]
    return rows[overlaps(dates_of(table, rows), claim["period_start"], claim["period_end"])]
