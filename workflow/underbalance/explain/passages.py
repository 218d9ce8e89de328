"""Operations of durations: what came first, who was watched until when, and how it ended."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from underbalance.explain.arithmetic import part, row_values, setting
from underbalance.explain.tree import Cell, Node


def _known(node: Node) -> Cell:
    return node.parts[0].value is not None


def _nothing_and_reached(node: Node) -> Cell:
    """Say of (came, years watched) whether nothing came and the watch reached the window."""
    came, watched = part(node, 0), part(node, 1)
    return not came and watched is not None and watched >= setting(node, "window", math.inf)


def _nothing_and_cut_short(node: Node) -> Cell:
    """Say of (came, years watched) whether nothing came and the watch was shorter."""
    came, watched = part(node, 0), part(node, 1)
    return not came and watched is not None and watched < setting(node, "window", math.inf)


def _part_of_year(node: Node) -> Cell:
    """Return the part of the year before the date of the row (0 on 1 January)."""
    day = date.fromisoformat(str(row_values(node)[0]))
    days = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return (day - date(day.year, 1, 1)).days / days


def _end_of_year(node: Node) -> Cell:
    """Return years to the end of a year: the first part plus one minus the second."""
    years, passed = part(node, 0), part(node, 1)
    return None if years is None or passed is None else years + 1 - passed


def _met(node: Node) -> list[int]:
    """Return the years of the rows whose value is at the target."""
    target = setting(node, "target", math.inf)
    at = zip(node.rows, row_values(node), strict=True)
    return [int(str(row.key["year"])) for row, value in at if _number(value) >= target]


def _number(value: Cell) -> float:
    return -math.inf if value is None else float(value)


def _first_year_at_target(node: Node) -> Cell:
    years = [int(str(row.key["year"])) for row in node.rows]
    return (_met(node) or years)[0 if _met(node) else -1]


def _any_at_target(node: Node) -> Cell:
    return bool(_met(node))


def _every_at_target(node: Node) -> Cell:
    return len(_met(node)) == len(node.rows)


def _lost(node: Node) -> Cell:
    """Say of the fates in later registers, the newest last, whether the deal was lost."""
    (row,) = node.rows
    fates = list(row.values.values())
    return fates[-1] == "not_found" and "delivered" not in fates


def _in_force(node: Node) -> Cell:
    """Say that an agreement came into force; that it did not, the source never says."""
    (row,) = node.rows
    return True if any(row.values.values()) else None


def _years_of_case(node: Node) -> Cell:
    start, end = _start_and_end(node)
    last = int(setting(node, "last_year", math.inf))
    return (last if end is None else min(end, last)) - start


def _case_ended(node: Node) -> Cell:
    _, end = _start_and_end(node)
    return end is not None and end <= setting(node, "last_year", math.inf)


def _start_and_end(node: Node) -> tuple[int, int | None]:
    """Return the years of the two dates of the row; no end where it is empty."""
    (row,) = node.rows
    start, end = (str(date)[: len("YYYY")] if date else "" for date in row.values.values())
    return int(start), int(end) if end else None


def _divided_by_rate(node: Node) -> Cell:
    value = part(node, 0)
    return None if value is None else value / setting(node, "per_euro", 1)


PASSAGES: dict[str, Callable[[Node], Cell]] = {
    "calendar years from the start of the row to its end, at most to the last year": _years_of_case,
    "1 if the end of the row is not after the last year": _case_ended,
    "1 if the part is known": _known,
    "1 if nothing came and the watch reached the window": _nothing_and_reached,
    "1 if nothing came and the watch ended before the window": _nothing_and_cut_short,
    "part of the year before the date": _part_of_year,
    "first part + 1 - second part": _end_of_year,
    "first year of a row at the target, else the last": _first_year_at_target,
    "1 if a row is at the target": _any_at_target,
    "1 if every row is at the target": _every_at_target,
    "1 if not in the newest register and never delivered": _lost,
    "1 if a cell of the row says so, else missing": _in_force,
    "part divided by the fixed rate": _divided_by_rate,
}
