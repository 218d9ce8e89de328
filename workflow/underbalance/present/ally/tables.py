"""The tables of an ally page: what its charts show, as rows of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from underbalance.explain.rows import Row
from underbalance.explain.wording import shown
from underbalance.present.ally.by_year import Series
from underbalance.present.tie_words import COMMITMENT, Counting
from underbalance.present.wording import decimal

NOT_YET = "not yet"


@dataclass(frozen=True)
class Table:
    """A table of a page.

    Parameters
    ----------
    name : for links to it.
    title : above it.
    head : names of the columns.
    lines : its cells as text.
    numbers : how many columns, from the second on, are numbers.
    """

    name: str
    title: str
    head: tuple[str, ...]
    lines: Sequence[tuple[str, ...]]
    numbers: int = 0


def obstacle_table(
    obstacles: Sequence[Series], types: Sequence[Row], counting: Counting = COMMITMENT
) -> Table:
    """Return the obstacles and the type by year."""
    kinds = {row["year"]: row for row in types}
    years = [row["year"] for row in obstacles[0].rows]
    values = [{row["year"]: row["value"] for row in one.rows} for one in obstacles]
    lines = [
        (
            str(year),
            *(_number(of[year]) for of in values),
            kinds[year]["type"] if year in kinds else "",
            "yes" if year in kinds and kinds[year]["committed"] else "no",
        )
        for year in years
    ]
    head = ("Year", *(one.label for one in obstacles), "Type", f"US {counting.name}")
    medians = tuple(_number(one.reference[1]) for one in obstacles)
    lines.append(("Reference median", *medians, "", ""))
    return Table("obstacles", "Obstacles and type by year", head, lines, len(obstacles))


def outcome_table(outcomes: Sequence[Series]) -> Table:
    """Return the outcomes by year, execution by its source."""
    columns = [(one, source) for one in outcomes for source in _sources(one)]
    values = [
        {row["year"]: row["value"] for row in one.rows if row["source"] == source}
        for one, source in columns
    ]
    years = sorted({year for of in values for year in of})
    lines = [(str(year), *(_number(of.get(year)) for of in values)) for year in years]
    heads = [f"{one.label} ({source})" if source else one.label for one, source in columns]
    return Table("outcomes", "Outcomes by year", ("Year", *heads), lines, len(columns))


def leader_table(leaders: Sequence[Row]) -> Table:
    """Return the leaders with their days."""
    lines = [
        (
            row["leader"],
            row["start"],
            row["end"] or "in office at the end of the sources",
            "acting" if row["interim"] else "",
        )
        for row in leaders
    ]
    return Table("leaders", "Leaders", ("Leader", "From", "To", ""), lines)


def deal_table(deals: Sequence[Row]) -> Table:
    """Return the orders of US arms: years, designation and numbers."""
    lines = [
        (
            f"{row['order_year']}{'?' * bool(row['order_year_uncertain'])}",
            NOT_YET if row["open"] else shown(int(row["first_delivery_year"])),
            "" if row["last_delivery_year"] is None else shown(int(row["last_delivery_year"])),
            _count(row["number_ordered"]),
            _count(row["number_delivered"]),
            row["designation"],
            row["description"],
        )
        for row in deals
    ]
    head = ("Order", "First delivery", "Last", "Ordered", "Delivered", "Designation", "What")
    return Table("deals", "Orders of US arms (? = year uncertain)", head, lines)


def event_table(events: Sequence[Row]) -> Table:
    """Return the events by date."""
    dated = sorted(events, key=lambda row: (row["date"], row["lane"], row["what"]))
    lines = [(row["date"], row["lane"], row["direction"], row["what"]) for row in dated]
    return Table("events", "Events", ("Date", "Kind", "Direction", "What"), lines)


def _sources(series: Series) -> list[str]:
    return sorted({row["source"] for row in series.rows})


def _number(value: float | None) -> str:
    return "" if value is None else decimal(value, 2)


def _count(value: float | None) -> str:
    return "" if value is None else f"{int(value):,}"
