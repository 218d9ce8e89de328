"""The sample of a run and the reference samples of codings: known, and not empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from underbalance.clean.ally_years import ally_years
from underbalance.coding.describe import TABLE, with_codings
from underbalance.config import CODINGS_FILE, CONFIG_FILE, Coding, Config, Group, Reference
from underbalance.errors import Fault
from underbalance.samples import (
    in_sample,
    members_of,
    reference_rows,
    resolve_reference,
    resolve_sample,
)


def reference_faults(
    config: Config,
    codings: Mapping[str, Coding],
    groups: Mapping[str, Group],
    allies: pd.DataFrame,
    alliance: pd.DataFrame,
) -> list[Fault]:
    """Return a fault for each reference sample of which no ally-year is in the table.

    Parameters
    ----------
    alliance : facts table of commitments, which says who is an ally in which year.
    """
    years = ally_years(allies, alliance, config.first_year, config.last_year)
    return [
        Fault(
            file,
            where,
            "the reference sample must have rows",
            f"no committed year of {reference.sample} from {reference.first_year} to "
            f"{reference.last_year}",
            f"years from {config.first_year} to {config.last_year} in which a member of the "
            "sample is an ally",
            "choose another sample or other years",
        )
        for file, where, reference in _references(config, codings)
        if reference.sample in groups
        and members_of(reference.sample, groups, allies)
        and not reference_rows(years, resolve_reference(reference, groups, allies)).any()
    ] + _unknown_groups(codings, groups)


def sample_faults(
    config: Config,
    groups: Mapping[str, Group],
    allies: pd.DataFrame,
    alliance: pd.DataFrame,
    ties: pd.DataFrame | None = None,
) -> list[Fault]:
    """Return a fault when no ally-year is of the sample of the run.

    Parameters
    ----------
    alliance : facts table of commitments, which says who is an ally in which year.
    ties : those of extensions in force.
    """
    sample = resolve_sample(config.sample, groups, allies)
    years = ally_years(allies, alliance, config.first_year, config.last_year, ties)
    if in_sample(years, sample.group, sample.members).any():
        return []
    return [
        Fault(
            CONFIG_FILE.as_posix(),
            "key sample",
            "the sample must have ally-years",
            f"no committed year of {sample.label} from {config.first_year} to {config.last_year}",
            "a group with `years: all`, or allies with a formal defence commitment of the USA",
            f"write a group with `members: [{', '.join(sample.group.members)}]` and `years: all` "
            "into config/groups.yaml",
        )
    ]


def coverage_faults(
    config: Config, codings: Mapping[str, Coding], codebook: pd.DataFrame
) -> list[Fault]:
    """Return a fault for each component that no year of its reference sample can know.

    Parameters
    ----------
    codebook : :func:`underbalance.registry.read_codebook`, with the first and last year of
        every variable.
    """
    rows = with_codings(codebook, codings)
    known = rows[(rows["table"] == TABLE) & (rows["first_year"] != "")].set_index("name")
    firsts = known["first_year"].astype("int64").to_dict()
    lasts = known["last_year"].astype("int64").to_dict()
    return [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {name}",
            "a component must be known in the years of the reference sample",
            f"{variable}, known from {firsts[variable]} to {lasts[variable]}",
            f"a component known in some year from {own.first_year} to {own.last_year}",
            "choose other years for the reference sample, or take the component out",
        )
        for name, coding in codings.items()
        for own in [coding.reference or config.reference]
        for variable in [part.variable for part in coding.components]
        if variable in firsts
        and (lasts[variable] < own.first_year or own.last_year < firsts[variable])
    ]


def _references(
    config: Config, codings: Mapping[str, Coding]
) -> Iterator[tuple[str, str, Reference]]:
    yield CONFIG_FILE.as_posix(), "key reference", config.reference
    for name, coding in codings.items():
        if coding.reference:
            yield CODINGS_FILE.as_posix(), f"key {name}.reference", coding.reference


def _unknown_groups(codings: Mapping[str, Coding], groups: Mapping[str, Group]) -> list[Fault]:
    return [
        Fault(
            CODINGS_FILE.as_posix(),
            f"key {name}.reference.sample",
            "the sample must be a group of config/groups.yaml",
            coding.reference.sample,
            ", ".join(groups),
            "correct the name, or add the group",
        )
        for name, coding in codings.items()
        if coding.reference and coding.reference.sample not in groups
    ]
