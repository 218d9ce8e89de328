"""Everything a user can get wrong, checked before any job runs and told all at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import pandas as pd

from underbalance.check_codings import (
    codebook_faults,
    coding_faults,
    component_faults,
    numeric_columns,
)
from underbalance.check_expectations import expectation_faults
from underbalance.check_extension_pairs import pair_faults
from underbalance.check_extension_rivals import contradiction_faults
from underbalance.check_extensions import extension_faults, list_faults
from underbalance.check_facts import check_facts
from underbalance.check_models import model_faults
from underbalance.check_references import coverage_faults, reference_faults, sample_faults
from underbalance.coding.order import circle_faults
from underbalance.command_line import told_of_options
from underbalance.config import (
    CONFIG_FILE,
    GROUPS_FILE,
    Coding,
    Config,
    Group,
    parse_config,
    read_cases,
    read_codings,
    read_config,
    read_groups,
)
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import listed, named_by, raw_files, with_in_force
from underbalance.families import FAMILIES_FILE, family_faults
from underbalance.nearest import did_you_mean
from underbalance.outcomes.case_list import case_faults
from underbalance.own.definitions import read_own
from underbalance.own.faults import own_faults, own_notes
from underbalance.places import FOLDERS
from underbalance.present.table_style import STYLES_FILE, Style, read_styles
from underbalance.registry import (
    ALLIES_FILE,
    CODEBOOK_FILE,
    EXPECTATIONS_FILE,
    RAW_FOLDER,
    RIVALS_FILE,
    SOURCES_FILE,
    read_allies,
    read_codebook,
)
from underbalance.samples import resolve_sample
from underbalance.schemas import lists
from underbalance.schemas.facts import FACTS
from underbalance.specifications import read_models
from underbalance.stages import read_facts
from underbalance.tables import read_table

Result = TypeVar("Result")


def check_inputs(
    settings: Mapping[str, Any] | None = None,
    *,
    with_facts: bool = True,
    given: Collection[str] = (),
) -> list[str]:
    """Check config, lists and facts tables of the project in the working directory.

    Parameters
    ----------
    settings : the merged settings of a run; default: config/config.yaml as it stands.
    with_facts : no for an ingest, which is about to replace the facts tables.
    given : keys of the settings that came from the command line: faults name the option.

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
    cases, styles = attempt(read_cases), attempt(read_styles)
    own = attempt(read_own)
    expected = attempt(lambda: read_table(EXPECTATIONS_FILE, lists.expectations()))
    named = named_by(config.sample, groups) if config and groups and with_facts else ()
    lists_read = allies is not None and sources is not None and own is not None
    told = {code: extension_faults([code]) for code in named} if lists_read else {}
    faults += [fault for broken in told.values() for fault in broken]
    sound = [code for code, broken in told.items() if not broken]
    faults += pair_faults(sound) + contradiction_faults(sound)
    # what can be checked is checked, also when another file is broken
    if config and groups and lists_read:
        with with_in_force(code for code in listed() if not list_faults(code)):
            faults += _sample_faults(config, groups, read_allies())
    if config and codings:
        faults += _typology_faults(config, codings)
    if config and styles:
        faults += _style_faults(config, styles)
    if rivals is not None and allies is not None:
        faults += _rival_faults(rivals, allies)
    # the columns of ally_year are those of the project and those of the user
    columns_known = allies is not None and own is not None
    if own and codings and allies is not None:
        faults += own_faults(own, codings, allies)
    if codings and columns_known:
        faults += coding_faults(codings) + component_faults(codings)
    if codings and groups and models and columns_known:
        known_years = read_codebook() if codebook is not None else None
        faults += model_faults(models, codings, groups, known_years)
    if expected is not None and codings and allies is not None and columns_known:
        faults += expectation_faults(expected, allies, numeric_columns(codings), config)
    if codebook is not None and columns_known:
        faults += codebook_faults(read_codebook())
        if config and codings and not circle_faults(codings):
            faults += coverage_faults(config, codings, read_codebook())
    if with_facts and config and groups and codings and allies is not None and lists_read:
        # faults of the table itself are told with the other facts tables
        with suppress(FaultsError):
            alliance = read_table(RAW_FOLDER / "alliance.csv", FACTS["alliance"]())
            faults += reference_faults(config, codings, groups, allies, alliance)
            with with_in_force(code for code in named if not list_faults(code)):
                ties = read_facts(map(str, raw_files("alliance"))).get("ties")
                faults += sample_faults(config, groups, read_allies(), alliance, ties)
    if with_facts and families is not None:
        with with_in_force(code for code, own in told.items() if not own):
            faults += family_faults(families)
            faults += case_faults(cases, families) if cases else []
    notes: list[str] = []
    if with_facts and sources is not None and allies is not None and rivals is not None:
        notes, found = check_facts(sources, allies, rivals)
        faults += found
    raise_if_any(told_of_options(faults, given))
    return notes + (own_notes(own) if own else [])


def check_all() -> list[str]:
    """Check what :func:`check_inputs` does, and every extension there is, in force or not.

    Raises
    ------
    FaultsError : every fault of every file.
    """
    faults: list[Fault] = []
    notes: list[str] = []
    try:
        notes = check_inputs()
    except FaultsError as error:
        faults += error.faults
    # without the lists in config/ nothing can be said of an extension
    if not {fault.file for fault in faults} & {ALLIES_FILE.as_posix(), SOURCES_FILE.as_posix()}:
        # those of extensions in force are told once
        told = {code: extension_faults([code]) for code in listed()}
        found = [fault for broken in told.values() for fault in broken]
        sound = [code for code, broken in told.items() if not broken]
        found += pair_faults(sound) + contradiction_faults(sound)
        faults += [fault for fault in found if fault not in faults]
    raise_if_any(faults)
    return notes


def _sample_faults(config: Config, groups: dict[str, Group], allies: pd.DataFrame) -> list[Fault]:
    faults: list[Fault] = []
    if config.reference.sample not in groups:
        faults.append(
            Fault(
                CONFIG_FILE.as_posix(),
                "key reference.sample",
                "the sample must be a group of config/groups.yaml",
                config.reference.sample,
                ", ".join(groups),
                did_you_mean(config.reference.sample, groups, "correct the name, or add the group"),
            )
        )
    faults += [_folder_fault(name) for name in groups if name in FOLDERS]
    for name in (*groups, config.sample):
        try:
            resolve_sample(name, groups, allies)
        except FaultsError as error:
            # a group that is wrong is told once, not again where others name it
            faults += [fault for fault in error.faults if fault not in faults]
    return faults


def _folder_fault(name: str) -> Fault:
    return Fault(
        GROUPS_FILE.as_posix(),
        f"group {name}",
        "the results of a sample lie in a folder of its name in results/, which must be free",
        name,
        f"any name but {', '.join(FOLDERS)}",
        "give the group another name",
    )


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


def _style_faults(config: Config, styles: dict[str, Style]) -> list[Fault]:
    if config.style in styles:
        return []
    rule = f"the style of tables must be one of {STYLES_FILE.as_posix()}"
    mend = did_you_mean(config.style, list(styles), "correct the name, or add the style")
    return [Fault(CONFIG_FILE.as_posix(), "key style", rule, config.style, ", ".join(styles), mend)]


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
