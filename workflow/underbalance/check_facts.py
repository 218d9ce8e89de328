"""The facts tables in data/raw, held to their schemas, the registry and the list of allies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.errors import Fault, FaultsError
from underbalance.registry import (
    ALLIES_FILE,
    RAW_FOLDER,
    RIVALS_FILE,
    SOURCES_FILE,
    is_covered,
    sha256,
)
from underbalance.schemas.facts import FACTS, coded
from underbalance.tables import read_table

YEARLY = (
    "alliance_atop",
    "arms_orders",
    "cabinet_retention",
    "capabilities",
    "disputes",
    "distances",
    "economy",
    "economy_vintages",
    "eda_procurement",
    "geopolitical_risk",
    "ideal_points",
    "institutions",
    "leader_ideology",
    "milex",
    "milex_releases",
    "nato_editions",
    "us_aid",
    "us_trade",
    "us_troops",
)
# tables of events, and the column by which their registered years go
DATED = {
    "agreements": "signed",
    "deal_events": "delivery_year",
    "deals": "order_year",
    "exercises": "start",
    "missile_defence_events": "date",
    "missile_launches": "date",
    "notifications": "date",
    "system_orders": "first_export_year",
}
# columns that hold allies or states of config/rivals.csv
STATES = ("opponent", "rival", "state")


def check_facts(
    sources: pd.DataFrame, allies: pd.DataFrame, rivals: pd.DataFrame
) -> tuple[list[str], list[Fault]]:
    """Check every facts table of data/raw.

    A table whose SHA-256 is the registry's was validated when it was ingested, so only
    its allies and rivals are held to the lists of today, and hand-coded dates to the days
    of independence in them.

    Parameters
    ----------
    sources, allies, rivals : the lists of config/.

    Returns
    -------
    A note for each table that is sound but not the shipped one, and all faults.
    """
    shipped = sources.drop_duplicates("table").set_index("table")["sha256"]
    notes: list[str] = []
    faults: list[Fault] = []
    for name in FACTS:
        path = RAW_FOLDER / f"{name}.csv"
        if name not in shipped.index:
            faults.append(unregistered(name))
        elif _digest(path) == shipped[name]:
            faults += _list_faults(name, path, sources, allies, rivals)
        elif found := facts_faults(name, path, sources):
            faults += found
        else:
            text = (
                "is sound, but not the shipped table (SHA-256 differs); "
                "`underbalance document` describes it anew"
            )
            notes.append(f"{path.as_posix()} {text}")
            faults += _span_faults(name, path, sources)
    return notes, faults


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a table; none where there is none to read, which is told later."""
    try:
        return sha256(path)
    except OSError:
        return None


def unregistered(name: str) -> Fault:
    """Return the fault of a facts table that the registry lacks."""
    return Fault(
        SOURCES_FILE.as_posix(),
        f"table {name}",
        "every facts table must be registered",
        "no row",
        "one row per table and source",
        "restore the row, or add one for a new table",
    )


def _list_faults(
    name: str, path: Path, sources: pd.DataFrame, allies: pd.DataFrame, rivals: pd.DataFrame
) -> list[Fault]:
    """Return what the lists of today make wrong in a shipped table."""
    unlisted = _unlisted_faults(path, allies, rivals)
    spans = _span_faults(name, path, sources)
    if unlisted or name not in coded.TABLES:
        return unlisted + spans
    return facts_faults(name, path, sources) + spans


def _span_faults(name: str, path: Path, sources: pd.DataFrame) -> list[Fault]:
    """Return registered years that are not those of a sound table.

    A year too many would be taken for one without events, a year too few for one that is
    not known.
    """
    if name not in YEARLY and name not in DATED:
        return []
    kept = ("iso3", "state", "source", "year", DATED.get(name))
    facts = pd.read_csv(path, usecols=lambda c: c in kept, dtype="str", keep_default_na=False)
    years = facts["year" if name in YEARLY else DATED[name]].str[:4].astype(int)
    rows = sources[sources["table"] == name]
    if "source" in facts:
        spans = [(row, years[facts["source"] == row["source"]]) for row in rows.to_dict("records")]
    else:
        spans = [(row, years) for row in rows.to_dict("records")]
    faults = [
        _span_fault(name, row, column, found, wanted)
        for row, own in spans
        if len(own)
        for column, found, wanted in (
            ("first_year", row["first_year"], own.min()),
            ("last_year", row["last_year"], own.max()),
        )
        # events need not begin with the first year that their source looks at
        if (found > wanted if column == "first_year" and name in DATED else found != wanted)
    ]
    if faults or name in DATED:
        return faults
    return years_outside_faults(name, facts.assign(year=years), path, sources)


def _span_fault(name: str, row: dict[Any, Any], column: str, found: int, wanted: int) -> Fault:
    end = "first" if column == "first_year" else "last"
    return Fault(
        SOURCES_FILE.as_posix(),
        f"table {name} ({row['source']})",
        f"{column} must be the {end} year of the facts table",
        str(found),
        str(wanted),
        f"restore {column}, or put the facts of the other years into the table",
    )


def _unlisted_faults(path: Path, allies: pd.DataFrame, rivals: pd.DataFrame) -> list[Fault]:
    facts = pd.read_csv(path, usecols=lambda c: c in ("iso3", *STATES), dtype="str")
    codes = {c: set(facts[c].unique()) for c in facts}
    named: set[str] = set().union(*(codes[c] for c in STATES if c in codes))
    unlisted = sorted(codes.get("iso3", set()) - set(allies["iso3"]))
    unknown = sorted(named - set(allies["iso3"]) - set(rivals["iso3"]) - set(unlisted))
    return [
        Fault(
            path.as_posix(),
            f"ally {iso3}",
            "every ally of a facts table must be listed",
            iso3,
            f"a code of {ALLIES_FILE.as_posix()}",
            "restore its line there; who is in the results is set in config/groups.yaml",
        )
        for iso3 in unlisted
    ] + [
        Fault(
            path.as_posix(),
            f"state {iso3}",
            "every state of a facts table must be a listed ally or rival",
            iso3,
            f"a code of {ALLIES_FILE.as_posix()} or {RIVALS_FILE.as_posix()}",
            "restore its line there",
        )
        for iso3 in unknown
    ]


def facts_faults(name: str, path: Path, sources: pd.DataFrame) -> list[Fault]:
    """Return every fault of a facts table, as to its schema and the registry's coverage."""
    try:
        facts = read_table(path, FACTS[name](), shown_as=path.as_posix())
    except FaultsError as error:
        return list(error.faults)
    if facts.empty:
        return [_without_rows(path)]
    return years_outside_faults(name, facts, path, sources) if name in YEARLY else []


def _without_rows(path: Path) -> Fault:
    name = path.as_posix()
    return Fault(
        name,
        "file",
        "a facts table must have rows",
        "a header only",
        "one line for each fact",
        f"restore it with `git checkout -- {name}`, or make it anew with `snakemake ingest`",
    )


def years_outside_faults(
    name: str,
    facts: pd.DataFrame,
    path: Path,
    sources: pd.DataFrame,
    registry: Path = SOURCES_FILE,
) -> list[Fault]:
    """Demand that yearly facts lie within the coverage that the registry states.

    Parameters
    ----------
    path, registry : what messages call the files of ``facts`` and ``sources``.
    """
    facts = facts.rename(columns={"state": "iso3"})  # allies and rivals in one column
    names = sorted(facts["source"].unique()) if "source" in facts else [None]
    return [
        Fault(
            path.as_posix(),
            f"line {row['line']} ({row['iso3']} {row['year']})",
            "the ally-year must lie in the coverage of the source",
            f"{row['iso3']} {row['year']}",
            f"the years and allies of {registry.as_posix()}",
            "correct the row; widen the coverage only if the source has it",
        )
        for source in names
        for row in _uncovered(facts, name, source, sources)
    ]


def _uncovered(
    facts: pd.DataFrame, name: str, source: str | None, sources: pd.DataFrame
) -> list[dict[Any, Any]]:
    numbered = facts.assign(line=facts.index + 2)
    rows = numbered if source is None else numbered[numbered["source"] == source]
    covered = is_covered(sources, name, rows["iso3"], rows["year"].astype(int), source)
    return rows[~covered].to_dict("records")
