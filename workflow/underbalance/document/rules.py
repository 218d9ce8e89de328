"""What a schema demands of a column, in the words of the Table Schema standard.

The rules are read off pandera's checks. What a check of our own accepts is found by trying
it: whether a cell may be empty, and whether it must be a date.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from underbalance.table_faults import dtype_of

TYPES = {"Int64": "integer", "float64": "number", "boolean": "boolean", "str": "string"}
LOGICAL = {"trueValues": ["1"], "falseValues": ["0"]}
# dates that may be less precise than a day: an example, and what they look like
PARTIAL_DATES = {"2001": r"\d{4}(-\d{2}(-\d{2})?)?", "2001-01": r"\d{4}-\d{2}(-\d{2})?"}
NO_DAY = "2001-02-30"


def field(name: str, column: pa.Column) -> dict[str, Any]:
    """Return name, type and constraints of a column as a field of Table Schema."""
    kind = TYPES[dtype_of(column)]
    if kind == "string" and _is_date(column):
        kind = "date"
    found: dict[str, Any] = {"name": name, "type": kind}
    found |= LOGICAL if kind == "boolean" else {}
    constraints = {"required": not may_be_empty(column), **_limits(column)}
    if kind == "string" and (shape := _partial_date(column)):
        constraints.setdefault("pattern", shape)
    return found | {"constraints": constraints}


def may_be_empty(column: pa.Column) -> bool:
    """Say whether a cell may be empty: for text when every check lets the empty text pass."""
    if TYPES[dtype_of(column)] != "string":
        return bool(column.nullable)
    return _accepts(column, "")


def allowed_codes(column: pa.Column) -> list[Any]:
    """Return the values that a column is held to, but for the empty one; none without a list."""
    listed = [c.statistics["allowed_values"] for c in column.checks if c.name == "isin"]
    return [value for value in listed[0] if value != ""] if listed else []


def _limits(column: pa.Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for check in column.checks:
        stated = check.statistics or {}
        match check.name:
            case "in_range":
                limits |= {"minimum": stated["min_value"], "maximum": stated["max_value"]}
            case "greater_than_or_equal_to":
                limits["minimum"] = stated["min_value"]
            case "less_than_or_equal_to":
                limits["maximum"] = stated["max_value"]
            case "str_matches":
                limits["pattern"] = _pattern(stated["pattern"])
    codes = allowed_codes(column)
    return limits | ({"enum": codes} if codes else {})


def _pattern(pattern: Any) -> str:
    # a pattern of Table Schema always matches the whole cell
    return str(getattr(pattern, "pattern", pattern)).removeprefix("^").removesuffix("$")


def _is_date(column: pa.Column) -> bool:
    day = _accepts(column, "2001-01-31") and not _accepts(column, NO_DAY)
    return day and not _partial_date(column)


def _partial_date(column: pa.Column) -> str:
    """Return the pattern of dates that may lack the day; empty for other columns."""
    if _accepts(column, NO_DAY):
        return ""
    return next((shape for date, shape in PARTIAL_DATES.items() if _accepts(column, date)), "")


def _accepts(column: pa.Column, cell: str) -> bool:
    cells = pd.Series([cell], dtype="str")
    return all(bool(check(cells).check_passed) for check in column.checks)
