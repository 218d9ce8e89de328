"""Everything a user can get wrong, checked before any job runs and told all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pandera.pandas as pa

from underbalance.config import (
    CODINGS_FILE,
    CONFIG_FILE,
    MODELS_FILE,
    Coding,
    Config,
    Group,
    Specification,
    parse_config,
    read_codings,
    read_config,
    read_groups,
    read_models,
)
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.registry import (
    ALLIES_FILE,
    CODEBOOK_FILE,
    RAW_FOLDER,
    SOURCES_FILE,
    is_covered,
    read_allies,
    read_codebook,
    read_sources,
    sha256,
)
from underbalance.samples import members_of
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED, ally_year
from underbalance.tables import read_table

Result = TypeVar("Result")
NUMBERS = ("Int64", "float64")
YEARLY = ("milex", "economy", "institutions", "ideal_points", "us_troops")


def check_inputs(settings: Mapping[str, Any] | None = None) -> list[str]:
    """Check config, lists and facts tables of the project in the working directory.

    Parameters
    ----------
    settings : the merged settings of a run; default: config/config.yaml as it stands.

    Returns
    -------
    Notes on facts tables that are sound but are not the shipped ones.

    Raises
    ------
    FaultsError : every fault of every file.
    """
    faults: list[Fault] = []

    def attempt(read: Callable[[], Result]) -> Result | None:
        try:
            return read()
        except FaultsError as error:
            faults.extend(error.faults)
            return None

    config = attempt(read_config if settings is None else lambda: parse_config(settings))
    groups, codings, models = attempt(read_groups), attempt(read_codings), attempt(read_models)
    listed = {
        path: attempt(lambda path=path, schema=schema: read_table(path, schema()))  # type: ignore[misc]
        for path, schema in (
            (ALLIES_FILE, lists.allies),
            (SOURCES_FILE, lists.sources),
            (CODEBOOK_FILE, lists.codebook),
        )
    }
    raise_if_any(faults)  # the rest needs these files
    assert config is not None
    assert groups is not None
    assert codings is not None
    assert models is not None
    faults += _sample_faults(config, groups)
    faults += _variable_faults(codings, models)
    faults += _codebook_faults(codings)
    notes = _facts_notes(listed[SOURCES_FILE], faults)
    raise_if_any(faults)
    return notes


def _sample_faults(config: Config, groups: dict[str, Group]) -> list[Fault]:
    faults: list[Fault] = []
    allies = read_allies()
    for key, name in (("sample", config.sample), ("reference.sample", config.reference.sample)):
        if name not in groups:
            faults.append(
                Fault(
                    CONFIG_FILE.as_posix(),
                    f"key {key}",
                    "the sample must be a group of config/groups.yaml",
                    name,
                    ", ".join(groups),
                    "correct the name, or add the group",
                )
            )
    for name in groups:
        try:
            members_of(name, groups, allies)
        except FaultsError as error:
            faults += [fault for fault in error.faults if fault not in faults]
    return faults


def _variable_faults(codings: dict[str, Coding], models: dict[str, Specification]) -> list[Fault]:
    """Demand that every variable is a column, and a number where one is needed."""
    tables = {"ally_year": ally_year(codings), "deal_spells": PROCESSED["deal_spells"]()}
    uncoded = ally_year({})  # an index is not made of indices
    wanted = [
        (CODINGS_FILE, f"coding {name}", part.variable, _columns(uncoded, *NUMBERS))
        for name, coding in codings.items()
        for part in coding.components
    ]
    for name, spec in models.items():
        own, where = tables[spec.data], f"specification {name}"
        numeric = [spec.outcome, *spec.controls, *([spec.duration] if spec.duration else [])]
        usable = _columns(own, *NUMBERS, "boolean")
        lagged = _columns(tables["ally_year"], *NUMBERS, "boolean")
        wanted += [(MODELS_FILE, where, variable, usable) for variable in numeric]
        wanted += [(MODELS_FILE, where, variable, lagged) for variable in spec.lagged]
        wanted += [
            (MODELS_FILE, where, variable, list(own.columns)) for variable in spec.categories
        ]
    known = {column for table in tables.values() for column in table.columns}
    return [
        Fault(
            file.as_posix(),
            where,
            "this variable cannot be used here" if variable in known else "unknown variable",
            variable,
            ", ".join(sorted(columns)),
            "correct the name; config/codebook.csv lists all variables",
        )
        for file, where, variable, columns in wanted
        if variable not in columns
    ]


def _columns(schema: pa.DataFrameSchema, *types: str) -> list[str]:
    return [name for name, column in schema.columns.items() if str(column.dtype) in types]


def _codebook_faults(codings: dict[str, Coding]) -> list[Fault]:
    """Demand a codebook row for every column of ally_year, also for those of new codings."""
    codebook = read_codebook()
    described = set(codebook.loc[codebook["table"] == "ally_year", "name"])
    return [
        Fault(
            CODEBOOK_FILE.as_posix(),
            f"variable {name}",
            "every column of ally_year must be described",
            "no row",
            "one row with table, name, label and unit",
            f"add a line that begins with ally_year,{name},",
        )
        for name in ally_year(codings).columns
        if name not in described
    ]


def _facts_notes(sources: pd.DataFrame | None, faults: list[Fault]) -> list[str]:
    """Check the facts tables; return a note for each that is not as shipped.

    A table whose SHA-256 is the registry's was validated when it was ingested, so only
    its allies are held to the list of today.
    """
    assert sources is not None
    shipped = sources.drop_duplicates("table").set_index("table")["sha256"]
    notes = []
    for name in FACTS:
        path = RAW_FOLDER / f"{name}.csv"
        if name not in shipped.index:
            faults.append(
                Fault(
                    SOURCES_FILE.as_posix(),
                    f"table {name}",
                    "every facts table must be registered",
                    "no row",
                    "one row per table and source",
                    "restore the row",
                )
            )
        elif path.is_file() and sha256(path) == shipped[name]:
            faults.extend(_unlisted_faults(path))
        else:
            found = _facts_faults(name, path, FACTS[name]())
            faults.extend(found)
            if not found:
                notes.append(
                    f"{path.as_posix()} is sound, but not the shipped table (SHA-256 differs)"
                )
    return notes


def _unlisted_faults(path: Path) -> list[Fault]:
    facts = pd.read_csv(path, usecols=lambda column: column == "iso3", dtype="str")
    unlisted = sorted(set(facts.get("iso3", [])) - set(read_allies()["iso3"]))
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
    ]


def _facts_faults(name: str, path: Path, schema: pa.DataFrameSchema) -> list[Fault]:
    try:
        facts = read_table(path, schema, shown_as=path.as_posix())
    except FaultsError as error:
        return list(error.faults)
    return _coverage_faults(name, facts, path) if name in YEARLY else []


def _coverage_faults(name: str, facts: pd.DataFrame, path: Path) -> list[Fault]:
    """Demand that yearly facts lie within the coverage that the registry states."""
    sources = read_sources()
    names = sorted(facts["source"].unique()) if "source" in facts else [None]
    return [
        Fault(
            path.as_posix(),
            f"line {row['line']} ({row['iso3']} {row['year']})",
            "the ally-year must lie in the coverage of the source",
            f"{row['iso3']} {row['year']}",
            "the years and allies of config/sources.csv",
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
