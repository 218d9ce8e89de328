"""Everything a user can get wrong, checked before any job runs and told all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import pandas as pd
import pandera.pandas as pa

from underbalance.check_expectations import expectation_faults
from underbalance.check_facts import check_facts
from underbalance.check_references import coverage_faults, reference_faults
from underbalance.coding.describe import LONGEST_NAME
from underbalance.coding.order import circle_faults
from underbalance.config import (
    CODINGS_FILE,
    CONFIG_FILE,
    MODELS_FILE,
    Coding,
    Config,
    Group,
    Specification,
    has_z_columns,
    parse_config,
    read_cases,
    read_codings,
    read_config,
    read_groups,
    read_models,
)
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.families import FAMILIES_FILE, family_faults
from underbalance.outcomes.case_list import case_faults
from underbalance.registry import (
    ALLIES_FILE,
    CODEBOOK_FILE,
    EXPECTATIONS_FILE,
    RAW_FOLDER,
    RIVALS_FILE,
    SOURCES_FILE,
    read_codebook,
)
from underbalance.samples import members_of
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED, ally_year
from underbalance.tables import read_table

Result = TypeVar("Result")
NUMBERS = ("Int64", "float64")
# tables of results/tables that are of no model
OTHER_TABLES = ("observed_type", "type_agreement", "typology")


def check_inputs(
    settings: Mapping[str, Any] | None = None, *, with_facts: bool = True
) -> list[str]:
    """Check config, lists and facts tables of the project in the working directory.

    Parameters
    ----------
    settings : the merged settings of a run; default: config/config.yaml as it stands.
    with_facts : no for an ingest, which is about to replace the facts tables.

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
    allies = attempt(lambda: read_table(ALLIES_FILE, lists.allies()))
    rivals = attempt(lambda: read_table(RIVALS_FILE, lists.rivals()))
    sources = attempt(lambda: read_table(SOURCES_FILE, lists.sources()))
    codebook = attempt(lambda: read_table(CODEBOOK_FILE, lists.codebook()))
    families = attempt(lambda: read_table(FAMILIES_FILE, lists.system_families()))
    cases = attempt(read_cases)
    expected = attempt(lambda: read_table(EXPECTATIONS_FILE, lists.expectations()))
    # what can be checked is checked, also when another file is broken
    if config and groups and allies is not None:
        faults += _sample_faults(config, groups, allies)
    if config and codings:
        faults += _typology_faults(config, codings)
    if rivals is not None and allies is not None:
        faults += _rival_faults(rivals, allies)
    faults += _table_name_faults(models or {})
    if codings and models and allies is not None:
        faults += _coding_faults(codings) + _variable_faults(codings, models)
    if expected is not None and codings and allies is not None:
        numbers = _columns(ally_year(codings), *NUMBERS)
        faults += expectation_faults(expected, allies, numbers, config)
    if codebook is not None and allies is not None:
        faults += _codebook_faults(codebook)
        if config and codings and not circle_faults(codings):
            faults += coverage_faults(config, codings, read_codebook())
    if with_facts and config and groups and codings and allies is not None:
        # faults of the table itself are told with the other facts tables
        with suppress(FaultsError):
            alliance = read_table(RAW_FOLDER / "alliance.csv", FACTS["alliance"]())
            faults += reference_faults(config, codings, groups, allies, alliance)
    if with_facts and families is not None:
        faults += family_faults(families)
        faults += case_faults(cases, families) if cases else []
    notes: list[str] = []
    if with_facts and sources is not None and allies is not None and rivals is not None:
        notes, found = check_facts(sources, allies, rivals)
        faults += found
    raise_if_any(faults)
    return notes


def _sample_faults(config: Config, groups: dict[str, Group], allies: pd.DataFrame) -> list[Fault]:
    faults: list[Fault] = []
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


def _typology_faults(config: Config, codings: dict[str, Coding]) -> list[Fault]:
    return [
        Fault(
            CONFIG_FILE.as_posix(),
            f"key typology.{key}",
            "the typology must be made of codings of config/codings.yaml",
            name,
            ", ".join(codings),
            "correct the name, or add the coding",
        )
        for key, name in (
            ("political", config.typology.political),
            ("social", config.typology.social),
        )
        if name not in codings
    ]


def _rival_faults(rivals: pd.DataFrame, allies: pd.DataFrame) -> list[Fault]:
    """Refuse a state that two lines name: sources know it by its code."""
    states = pd.concat([allies, rivals], ignore_index=True)
    return [
        Fault(
            RIVALS_FILE.as_posix(),
            f"state {row['iso3']}",
            "a state must be listed once, with a Correlates of War code of its own",
            f"{row['iso3']}, {row['cow_code']}",
            f"codes that are not in {ALLIES_FILE.as_posix()} and not in another line",
            "take the line out, or correct its codes",
        )
        for row in states[len(allies) :].to_dict("records")
        if (states["iso3"] == row["iso3"]).sum() > 1
        or (states["cow_code"] == row["cow_code"]).sum() > 1
    ]


def _coding_faults(codings: dict[str, Coding]) -> list[Fault]:
    """Refuse circles, and codings that would write over a column of ally_year."""
    columns = set(ally_year({}).columns)
    longest = LONGEST_NAME - len("_components")
    taken = [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "an index must not have the name of another column",
            name,
            "a name that is not in config/codebook.csv under ally_year",
            "choose another name",
        )
        for name in codings
        if name in columns or name.startswith("z_") or name.endswith("_components")
    ]
    long = [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "the name must fit into Stata together with the ending _components",
            name,
            f"at most {longest} characters",
            "choose a shorter name; the label can say more",
        )
        for name in codings
        if len(name) > longest
    ]
    signs: dict[str, set[int]] = {}
    for name, coding in codings.items():
        for part in coding.components if has_z_columns(name, coding) else ():
            signs.setdefault(part.variable, set()).add(part.sign)
    return [
        *circle_faults(codings),
        *taken,
        *long,
        *(
            Fault(
                CODINGS_FILE.as_posix(),
                f"variable {variable}",
                "a variable must have the same sign in every primary index",
                "1 and -1",
                "one sign: its z-score is one column of ally_year",
                "correct the sign in one of the indices",
            )
            for variable, found in signs.items()
            if len(found) > 1
        ),
    ]


def _table_name_faults(models: dict[str, Specification]) -> list[Fault]:
    """Refuse a model whose table would take the place of another one in results/tables."""
    return [
        Fault(
            MODELS_FILE.as_posix(),
            f"specification {name}",
            "a model must not have the name of another table of results/tables",
            name,
            f"any name but {', '.join(OTHER_TABLES)}",
            "choose another name; the title can be any text",
        )
        for name in models
        if name in OTHER_TABLES
    ]


def _variable_faults(codings: dict[str, Coding], models: dict[str, Specification]) -> list[Fault]:
    """Demand that every variable is a column, and a number where one is needed."""
    tables = {"ally_year": ally_year(codings), "deal_spells": PROCESSED["deal_spells"]()}
    usable = [*_columns(ally_year({}), *NUMBERS, "boolean"), *codings]
    wanted = [
        (CODINGS_FILE, f"coding {name}", part.variable, usable)
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
        conditions = _columns(own, "boolean")
        wanted += [(MODELS_FILE, where, variable, conditions) for variable in spec.without]
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


def _codebook_faults(codebook: pd.DataFrame) -> list[Fault]:
    """Demand a row for every column of ally_year but those of codings, which have none."""
    described = set(codebook.loc[codebook["table"] == "ally_year", "name"])
    columns = set(ally_year({}).columns)
    undescribed = [
        Fault(
            CODEBOOK_FILE.as_posix(),
            f"variable {name}",
            "every column of ally_year must be described",
            "no row",
            "one row with table, name, label and unit",
            f"add a line that begins with ally_year,{name},",
        )
        for name in sorted(columns - described)
    ]
    return undescribed + [
        Fault(
            CODEBOOK_FILE.as_posix(),
            f"variable {name}",
            "only columns of ally_year that are not coded are described here",
            name,
            "a column that config/codings.yaml does not make",
            "take the line out: a coding describes itself by its label and components",
        )
        for name in sorted(described - columns)
    ]
