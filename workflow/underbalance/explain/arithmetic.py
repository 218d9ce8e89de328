"""Operations on numbers, years and dates that a node prints; missing in, missing out."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from underbalance.explain.tree import Cell, Node, RawRow


def part(node: Node, number: int) -> float | None:
    """Return the value of one of the parts as a number."""
    value = node.parts[number].value
    return None if value is None else float(value)


def parts(node: Node) -> list[float | None]:
    """Return the values of all parts as numbers."""
    return [part(node, number) for number in range(len(node.parts))]


def setting(node: Node, name: str, default: float) -> float:
    """Return a number of the operation, or what it is where the node does not state it."""
    value = node.parameters.get(name)
    return default if value is None else float(value)


def row_values(node: Node) -> list[Cell]:
    """Return the one value that each row shows."""
    return [_only(row) for row in node.rows]


def _only(row: RawRow) -> Cell:
    (value,) = row.values.values()
    return value


def _first_part(node: Node) -> Cell:
    return node.parts[0].value


def _first_known_part(node: Node) -> Cell:
    return next((one.value for one in node.parts if one.value is not None), None)


def _largest_part(node: Node) -> Cell:
    return max(known) if (known := [v for v in parts(node) if v is not None]) else None


def _smallest_part(node: Node) -> Cell:
    return min(known) if (known := [v for v in parts(node) if v is not None]) else None


def _sum_of_all_parts(node: Node) -> Cell:
    values = parts(node)
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None


def _sum_of_the_rows(node: Node) -> Cell:
    known = [float(value) for value in row_values(node) if value is not None]
    if len(known) < setting(node, "rows_needed", 0):
        return None
    total = math.fsum(known)
    decimals = node.parameters.get("decimals")
    return total if decimals is None else round(total, int(decimals))


def _number_of_the_rows(node: Node) -> Cell:
    return len(node.rows)


def _product(node: Node) -> Cell:
    known = [value for value in parts(node) if value is not None]
    whole = len(known) == len(node.parts)
    return setting(node, "factor", 1) * math.prod(known) if whole else None


def _ratio(node: Node) -> Cell:
    above, below = part(node, 0), part(node, 1)
    if above is None or below is None or below <= 0:
        return None
    return setting(node, "factor", 1) * above / (setting(node, "unit_below", 1) * below)


def _difference(node: Node) -> Cell:
    first, second = part(node, 0), part(node, 1)
    if first is None or second is None:
        return None
    result = first - second
    result = max(result, setting(node, "at_least", -math.inf))
    return min(result, setting(node, "at_most", math.inf))


def _absolute_difference(node: Node) -> Cell:
    result = _difference(node)
    return None if result is None else abs(float(result))


def _absolute(node: Node) -> Cell:
    value = part(node, 0)
    return None if value is None else abs(value)


def _logarithm(node: Node) -> Cell:
    value = part(node, 0)
    return math.log(value) if value is not None and value > 0 else None


def _log_ratio(node: Node) -> Cell:
    above, below = part(node, 0), part(node, 1)
    if above is None or below is None or above <= 0 or below <= 0:
        return None
    return setting(node, "factor", 1) * math.log(above / below)


def _difference_of_log1p(node: Node) -> Cell:
    first, second = part(node, 0), part(node, 1)
    return None if first is None or second is None else math.log1p(first) - math.log1p(second)


def _power(node: Node) -> Cell:
    base, exponent = part(node, 0), part(node, 1)
    return None if base is None or exponent is None else float(base**exponent)


def _distance_exponent(node: Node) -> Cell:
    """Return log10(miles / miles of a day + 10 - e), from kilometres."""
    km = part(node, 0)
    if km is None:
        return None
    days = km / setting(node, "km_per_mile", 1) / setting(node, "miles_per_day", 1)
    return math.log10(days + 10 - math.e)


def _km_of_contiguity(node: Node) -> Cell:
    """Return the most kilometres that a class of contiguity allows; 0 is no contiguity."""
    (value,) = row_values(node)
    miles = None if value is None else node.parameters.get(f"miles_of_class_{int(value)}")
    return None if miles is None else float(miles) * setting(node, "km_per_mile", 1)


def _below(node: Node) -> Cell:
    value = part(node, 0)
    return None if value is None else value < setting(node, "cut", 0)


def _below_share_of_second(node: Node) -> Cell:
    first, second = part(node, 0), part(node, 1)
    return None if first is None or second is None else first < setting(node, "share", 1) * second


def _not_after(node: Node) -> Cell:
    """Say whether the first part is known and not after the second."""
    first, second = part(node, 0), part(node, 1)
    return first is not None and second is not None and first <= second


def _signs_differ(node: Node) -> Cell:
    first, second = part(node, 0), part(node, 1)
    if first is None or second is None or first * second == 0:
        return None
    return first * second < 0


def _changes_between_rows(node: Node) -> Cell:
    return sum(after != before for before, after in pairwise(row_values(node)))


def _days_in_year(node: Node) -> Cell:
    """Add up the days of the year within the rows (start and end, empty while it lasts)."""
    year, last = int(setting(node, "year", 0)), int(setting(node, "last_year", 0))
    total = 0
    for row in node.rows:
        end = _day(row.values["end"]) or date(last, 12, 31)
        begin = _day(row.values["start"]) or end
        within = min(end, date(year, 12, 31)) - max(begin, date(year, 1, 1))
        total += within.days + 1
    return total


def _day(text: Cell) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _first_year_in_rows(node: Node) -> Cell:
    years = [int(str(value)[:4]) for value in row_values(node) if value]
    first = min(years, default=None)
    return None if first is None else max(first, int(setting(node, "at_least", first)))


def _last_year_in_rows(node: Node) -> Cell:
    """Return the latest year of the rows; one without an end lasts to the last year watched."""
    last = int(setting(node, "last_year", 0))
    years = [int(str(value)[:4]) if value else last for value in row_values(node)]
    return max((min(year, last) for year in years), default=None)


def _months_between(node: Node) -> Cell:
    """Return the calendar months from the first date of the row to the second."""
    (row,) = node.rows
    start, end = (_month(value) for value in row.values.values())
    return None if start is None or end is None else end - start


def _month(value: Cell) -> int | None:
    text = str(value or "")
    return 12 * int(text[:4]) + int(text[5:7]) if len(text) >= len("YYYY-MM") else None


ARITHMETIC: dict[str, Callable[[Node], Cell]] = {
    "first of the parts": _first_part,
    "first known of the parts": _first_known_part,
    "largest of the parts": _largest_part,
    "smallest of the parts": _smallest_part,
    "sum of all parts": _sum_of_all_parts,
    "sum of the rows": _sum_of_the_rows,
    "number of the rows": _number_of_the_rows,
    "product of the parts": _product,
    "ratio of the parts": _ratio,
    "difference of the parts": _difference,
    "absolute difference of the parts": _absolute_difference,
    "absolute value of the part": _absolute,
    "natural logarithm of the part": _logarithm,
    "natural logarithm of the ratio": _log_ratio,
    "difference of ln(1 + part)": _difference_of_log1p,
    "first part to the power of the second": _power,
    "log10(miles / miles per day + 10 - e)": _distance_exponent,
    "kilometres of the class of contiguity": _km_of_contiguity,
    "1 if the part is below the cut": _below,
    "1 if the first part is below a share of the second": _below_share_of_second,
    "1 if the first part is not after the second": _not_after,
    "1 if the signs of the parts differ": _signs_differ,
    "changes between the rows": _changes_between_rows,
    "days of the year in the rows": _days_in_year,
    "first year of the rows": _first_year_in_rows,
    "last year of the rows": _last_year_in_rows,
    "months between the dates of the row": _months_between,
}
