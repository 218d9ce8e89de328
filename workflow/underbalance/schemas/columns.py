"""Column kinds that the schemas are put together from.

The ``error`` text of a check has three parts, ``rule|allowed|how to mend``, from which
:mod:`underbalance.tables` makes the message a user sees.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import Engine

from underbalance.extensions import in_force, with_in_force
from underbalance.registry import RIVALS_FILE, read_allies, read_rivals
from underbalance.text_files import FORMULA, INVISIBLE

# of the tables that are made from the facts
YEARS = (1945, 2100)
# The last year of facts that the project takes from newer releases. To take more: raise it, and
# last_year in config/config.yaml, then `underbalance refresh`.
LAST_YEAR = 2025
# resolved once: by its name, pandera looks a type up anew for each of some hundred columns
NUMBER, WHOLE, LOGICAL, TEXT = map(Engine.dtype, ("float64", "Int64", "boolean", "str"))
ISO_DAY = r"\d{4}-\d{2}-\d{2}"


def iso3() -> pa.Column:
    """Return the column of an ally, as its ISO 3166-1 alpha-3 code from config/allies.csv."""
    known = known_allies()
    return pa.Column(
        TEXT,
        pa.Check.isin(
            known,
            error=f"iso3 must be a listed ally|one of {', '.join(known)}"
            "|correct the code, or add the ally: underbalance add-ally",
        ),
    )


def state() -> pa.Column:
    """Return the column of an ally or of a state of config/rivals.csv, as its iso3 code."""
    known = (*known_allies(), *read_rivals()["iso3"])
    return pa.Column(
        TEXT,
        pa.Check.isin(
            known,
            error=f"must be a listed ally or rival|one of {', '.join(known)}"
            f"|correct the code, or add the state to {RIVALS_FILE.as_posix()}",
        ),
    )


def year(first: int, last: int, nullable: bool = False) -> pa.Column:
    """Return a column of calendar years from ``first`` to ``last``."""
    return pa.Column(
        WHOLE,
        pa.Check.in_range(
            first,
            last,
            error=f"year must lie in the coverage of the table|{first} to {last}"
            "|correct the year; widen the coverage in config/sources.csv only if the source has it",
        ),
        nullable=nullable,
    )


def number(
    low: float | None = None, high: float | None = None, nullable: bool = True, whole: bool = False
) -> pa.Column:
    """Return a column of numbers within the closed interval from ``low`` to ``high``."""
    checks = []
    if low is not None:
        error = f"must be at least {low:g}|{low:g} or more|correct the number or its unit"
        checks.append(pa.Check.ge(low, error=error))
    if high is not None:
        error = f"must be at most {high:g}|{high:g} or less|correct the number or its unit"
        checks.append(pa.Check.le(high, error=error))
    return pa.Column(WHOLE if whole else NUMBER, checks, nullable=nullable)


def logical(nullable: bool = False) -> pa.Column:
    """Return a column of yes (1) and no (0)."""
    return pa.Column(LOGICAL, nullable=nullable)


_CLEAN = (
    pa.Check(
        lambda cells: ~cells.str.contains(rf"^\s+\S|\S\s+$|[\t\n]|{INVISIBLE}", regex=True),
        error="must not begin or end with a blank, or hold an invisible character|plain text"
        "|write the cell again without it",
    ),
    pa.Check(
        lambda cells: ~cells.str.contains(FORMULA, regex=True),
        error="must not begin like the formula of a spreadsheet|text that begins with no =, @, + or"
        " -, but for a signed number|leave the sign out, or write it later in the text",
    ),
)


def text(empty: bool = True) -> pa.Column:
    """Return a column of short text; ``empty`` says whether a cell may be empty."""
    error = "must not be empty|some text|fill the cell from the source"
    filled = pa.Check(lambda cells: cells.str.strip() != "", error=error)
    return pa.Column(TEXT, [*_CLEAN] if empty else [filled, *_CLEAN])


def code(values: Collection[str]) -> pa.Column:
    """Return a column that holds one of a few codes."""
    shown = ", ".join(v or "(empty)" for v in values)
    return pa.Column(TEXT, pa.Check.isin(values, error=f"must be a known code|{shown}|correct it"))


# what no fact of the project is before or after: a year mistyped, or with two digits
FIRST_DATED, LAST_DATED = 1900, LAST_YEAR + 1
_IN_REACH = pa.Check(
    # what is no date is told as that
    lambda dates: (
        ~dates.str.match(r"\d{4}(?:-|$)") | dates.str[:4].between(str(FIRST_DATED), str(LAST_DATED))
    ),
    error=f"must be a date of the years that the project is about|{FIRST_DATED} to {LAST_DATED}"
    "|correct the year",
)


def iso_date(empty: bool = False, month: bool = False) -> pa.Column:
    """Return a column of ISO dates kept as text; ``month`` also allows YYYY-MM."""
    allowed = "YYYY-MM-DD" + (" or YYYY-MM" if month else "") + (" or empty" if empty else "")

    def possible(dates: pd.Series) -> pd.Series:
        return is_possible_date(dates, empty=empty, month=month)

    error = f"must be a date that exists|{allowed}|correct the date"
    return pa.Column(TEXT, [pa.Check(possible, error=error), _IN_REACH])


def partial_date(empty: bool = False) -> pa.Column:
    """Return a column of ISO dates as precise as they are known: day, month or year."""

    def possible(dates: pd.Series) -> pd.Series:
        whole = dates.where(dates.str.len() != len("YYYY"), dates + "-01")
        return is_possible_date(whole, empty=empty, month=True)

    allowed = "YYYY, YYYY-MM or YYYY-MM-DD" + (" or empty" if empty else "")
    error = f"must be a date that exists|{allowed}|correct the date"
    return pa.Column(TEXT, [pa.Check(possible, error=error), _IN_REACH])


def is_possible_date(dates: pd.Series, *, empty: bool = False, month: bool = False) -> pd.Series:
    """Say for each text whether it is an ISO date of the calendar."""
    day = dates + "-01" if month else dates
    full = dates.where(dates.str.fullmatch(ISO_DAY), day)
    parsed = pd.to_datetime(full, format="%Y-%m-%d", errors="coerce")
    good = parsed.notna() & full.str.fullmatch(ISO_DAY)
    return good | (dates == "") if empty else good


def table(
    columns: dict[str, pa.Column], key: Sequence[str], *rules: pa.Check
) -> pa.DataFrameSchema:
    """Return the schema of a table with a unique key and no further columns."""
    return pa.DataFrameSchema(columns, checks=list(rules), unique=list(key), strict=True)


def explained(missing: str, by: str = "note") -> pa.Check:
    """Demand a text in the column ``by`` wherever the number ``missing`` is missing."""
    error = f"{missing} must not be missing without a {by}|a number, or the reason in {by}|say why"
    # by default rows with a missing value in any column pass every check of the table
    return pa.Check(
        lambda frame: frame[missing].notna() | (frame[by] != ""), error=error, ignore_na=False
    )


def not_reversed(earlier: str, later: str) -> pa.Check:
    """Demand that ``later`` does not come before ``earlier``; empty cells pass.

    Two dates of unlike precision are compared in the part they share: 1995-03 is not
    before 1995-03-17.
    """

    def holds(frame: pd.DataFrame) -> pd.Series:
        first, second = frame[earlier], frame[later]
        if isinstance(first.dtype, pd.StringDtype):
            pairs = zip(first, second, strict=True)
            return pd.Series([a[: len(b)] <= b for a, b in pairs], index=frame.index) | (
                second == ""
            )
        return (second >= first).fillna(True).astype(bool)

    error = f"{later} must not be before {earlier}|{later} ≥ {earlier}|correct one of the two"
    return pa.Check(holds, error=error)


def not_more(part: str, whole: str) -> pa.Check:
    """Demand that a part is at most the whole; missing numbers pass."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        return ~(frame[part] > frame[whole]).fillna(False).astype(bool)

    error = f"{part} must be at most {whole}|{part} ≤ {whole}|correct one of the two"
    return pa.Check(holds, error=error)


def known_allies() -> tuple[str, ...]:
    """Return the codes of the listed allies, and of those of extensions in force."""
    return listed_codes(in_force())


@cache
def listed_codes(extensions: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same for given extensions: read once, as each schema asks for it."""
    with with_in_force(extensions):
        return tuple(read_allies()["iso3"])
