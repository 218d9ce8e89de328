"""Lists of rivals in extensions: each state once, with a number of its own, and named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.extensions import ALLIES, RIVALS, folder, has_rows
from underbalance.registry import (
    ALLIES_FILE,
    RIVALS_FILE,
    read_commented,
)
from underbalance.schemas import lists
from underbalance.sources.cow_states import iso3_by_cow_code
from underbalance.tables import read_table

# the facts table, and its column, that must name a state of this role
NAMED_BY = {"rival": ("rivalries", "rival"), "opponent": ("disputes", "opponent")}


def rival_faults(iso3: str) -> list[Fault]:
    """Return the faults of the list of rivals of an extension; it need not have one."""
    path = folder(iso3) / f"{RIVALS}.csv"
    if not (path.is_file() and has_rows(path)):
        return []
    try:
        rows = read_table(path, lists.rivals(), shown_as=path.as_posix(), comments=True)
    except FaultsError as error:
        return list(error.faults)
    allies = pd.concat([read_table(ALLIES_FILE, lists.allies()), _states(iso3, ALLIES)])
    return [*listing_faults(rows, iso3, path, allies), *_unnamed_faults(rows, iso3, path)]


def listing_faults(rows: pd.DataFrame, iso3: str, path: Path, allies: pd.DataFrame) -> list[Fault]:
    """Return the faults of rows that other lists have, or whose numbers others have.

    Parameters
    ----------
    rows : in the schema of config/rivals.csv.
    iso3 : the ally whose rivals they are.
    path : of the rows.
    allies : the listed allies, and this one.
    """
    shipped = read_table(RIVALS_FILE, lists.rivals())
    listed = {*allies["iso3"], *shipped["iso3"], iso3}
    numbers = iso3_by_cow_code(allies, shipped)
    faults = [
        _fault(
            path,
            code,
            f"a rival that {ALLIES_FILE.as_posix()} or {RIVALS_FILE.as_posix()} lists, and the "
            "ally itself, must not be listed again",
            code,
            "a state that they do not list",
            "take the row out: the state is known",
        )
        for code in rows["iso3"]
        if code in listed
    ]
    faults += [
        _fault(
            path,
            row["iso3"],
            "cow_code must be the state's own",
            f"{row['cow_code']}, the code of {numbers[row['cow_code']]}",
            "a code that no listed state has",
            "correct the code",
        )
        for row in rows.to_dict("records")
        if row["iso3"] not in listed and row["cow_code"] in numbers
    ]
    return faults + [
        _fault(
            path,
            row["iso3"],
            "cow_code must be the state's own",
            f"{row['cow_code']}, twice",
            "a number for each state",
            "correct the code, or take one of the rows out",
        )
        for row in rows[rows["cow_code"].duplicated()].to_dict("records")
    ]


def contradiction_faults(codes: Iterable[str]) -> list[Fault]:
    """Return the faults of states that extensions in force together do not describe alike.

    The same state may be listed by several, with the same name and number; it may be a rival
    of one of the allies and an opponent of another.

    Parameters
    ----------
    codes : of extensions whose lists are sound.
    """
    seen: dict[object, tuple[str, str, int]] = {}
    faults: list[Fault] = []
    for iso3 in codes:
        for name in (ALLIES, RIVALS):
            path = folder(iso3) / f"{name}.csv"
            for state in _states(iso3, name)[["iso3", "name", "cow_code"]].itertuples(index=False):
                own = (str(state[0]), str(state[1]), int(state[2]))
                others = [seen.setdefault(key, own) for key in (own[0], own[2])]
                faults += [
                    _fault(
                        path,
                        own[0],
                        "extensions in force together must describe a state alike",
                        ", ".join(map(str, own)),
                        f"{', '.join(map(str, other))}, as in another of them",
                        "correct the one that is wrong",
                    )
                    for other in dict.fromkeys(others)
                    if other != own
                ]
    return faults


def _unnamed_faults(rows: pd.DataFrame, iso3: str, path: Path) -> list[Fault]:
    """Return the rows that no table of the extension names: most often a code mistyped."""
    faults = []
    for row in rows.to_dict("records"):
        if row["role"] not in NAMED_BY:
            rule = "a rival of the USA must be in the shipped list, which is that of all allies"
            allowed = ", ".join(NAMED_BY)
            faults.append(_fault(path, row["iso3"], rule, row["role"], allowed, "correct the role"))
            continue
        table, column = NAMED_BY[row["role"]]
        named = _column(folder(iso3) / f"{table}.csv", column)
        if named is not None and row["iso3"] not in named:
            faults.append(
                _fault(
                    path,
                    row["iso3"],
                    f"a listed {row['role']} must be named by a row of {table}",
                    row["iso3"],
                    ", ".join(sorted(named)) or f"a row of {table}.csv that names it",
                    "correct the code or the role, take the row out, or make the table "
                    f"(underbalance add-ally {iso3} --sources …)",
                )
            )
    return faults


def _column(path: Path, column: str) -> set[str] | None:
    """Return what a column has; none when the table is broken, which is told with it."""
    if not path.is_file() or not has_rows(path):
        return set()
    try:
        rows = read_commented(path)
    except ValueError:
        return None
    return {*rows[column]} if column in rows else None


def _states(iso3: str, name: str) -> pd.DataFrame:
    path = folder(iso3) / f"{name}.csv"
    schema = lists.allies() if name == ALLIES else lists.rivals()
    if not (path.is_file() and has_rows(path)):
        return pd.DataFrame(columns=list(schema.columns))
    try:
        return read_table(path, schema, comments=True)
    except FaultsError:
        return pd.DataFrame(columns=list(schema.columns))  # told with that list


def _fault(path: Path, state: str, rule: str, found: str, allowed: str, mend: str) -> Fault:
    return Fault(path.as_posix(), f"state {state}", rule, found, allowed, mend)
