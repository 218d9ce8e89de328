"""Families of weapon systems: designations of the register and titles of notices of one system."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.extensions import raw_files
from underbalance.registry import RAW_FOLDER, read_commented

FAMILIES_FILE = Path("config/system_families.csv")


def read_families(path: Path = FAMILIES_FILE) -> pd.DataFrame:
    """Return the list of system families: one row per family, all cells text."""
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def family_of(designations: pd.Series, families: pd.DataFrame) -> pd.Series:
    """Return the family of each designation of the register, empty when it has none.

    Raises
    ------
    FaultsError : when a designation falls in two families.
    """
    found = _matches(designations.unique(), families)
    raise_if_any([_overlap(name, names) for name, names in found.items() if len(names) > 1])
    return designations.map({name: "".join(names) for name, names in found.items()})


def families_named(text: str, families: pd.DataFrame) -> list[str]:
    """Return the families that the title of a notice names, in the order of their mention."""
    places = []
    for family, pattern in zip(families["family"], families["notices_pattern"], strict=True):
        hit = re.search(pattern, text, re.IGNORECASE) if pattern else None
        if hit:
            places.append((hit.start(), family))
    return [family for _, family in sorted(places)]


def family_faults(families: pd.DataFrame, raw: Path = RAW_FOLDER) -> list[Fault]:
    """Return designations of the facts tables in two families, and families not in the list.

    The rows of extensions in force are among those of the tables.
    """
    listed, faults = set(families["family"]), []
    for path in _files(raw, "deals"):
        found = _matches(_values(path, "designation"), families)
        faults += [_overlap(name, names) for name, names in found.items() if len(names) > 1]
    for path in _files(raw, "system_orders"):
        faults += [_unlisted(n, path) for n in _values(path, "family") if n not in listed]
    return faults


def _files(raw: Path, table: str) -> list[Path]:
    paths = [raw / f"{table}.csv", *raw_files(table)[1:]]
    return [path for path in paths if path.is_file()]


def _values(path: Path, column: str) -> list[str]:
    """Return the values of a column; none when the table, faulty elsewhere, lacks it."""
    cells = read_commented(path)
    return sorted(set(cells.get(column, pd.Series(dtype="str"))))


def _matches(designations: Iterable[str], families: pd.DataFrame) -> dict[str, list[str]]:
    """Return the families that each designation falls in."""
    pairs = [
        (family, re.compile(pattern, re.IGNORECASE))
        for family, pattern in zip(families["family"], families["deals_pattern"], strict=True)
    ]
    return {name: [family for family, own in pairs if own.search(name)] for name in designations}


def _overlap(designation: str, names: list[str]) -> Fault:
    return Fault(
        FAMILIES_FILE.as_posix(),
        f"designation {designation!r}",
        "a designation of the register must fall in one family at most",
        ", ".join(names),
        "one family",
        "make the deals_pattern of one of them narrower",
    )


def _unlisted(family: str, orders: Path) -> Fault:
    return Fault(
        orders.as_posix(),
        f"family {family}",
        "every family of the facts table must be listed",
        family,
        f"a family of {FAMILIES_FILE.as_posix()}",
        "restore its line, or make the table anew with `snakemake ingest`",
    )
