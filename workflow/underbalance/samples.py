"""Samples: which allies, in which of their years (config/groups.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from underbalance.config import GROUPS_FILE, Group, Reference
from underbalance.errors import Fault, FaultsError


@dataclass(frozen=True)
class ReferenceRows:
    """A reference sample with its group resolved: the allies, and in which of their years."""

    group: Group
    members: frozenset[str]
    first_year: int
    last_year: int


def resolve_reference(
    reference: Reference, groups: Mapping[str, Group], allies: pd.DataFrame
) -> ReferenceRows:
    """Return the allies and years of a reference sample.

    Raises
    ------
    FaultsError : for an unknown group or member.
    """
    members = members_of(reference.sample, groups, allies)
    return ReferenceRows(
        groups[reference.sample], members, reference.first_year, reference.last_year
    )


def in_sample(ally_years: pd.DataFrame, group: Group, members: frozenset[str]) -> pd.Series:
    """Say for each ally-year whether it belongs to the sample.

    Parameters
    ----------
    ally_years : frame with ``iso3`` and ``is_ally``.
    members : the allies of the group (:func:`members_of`).
    """
    listed = ally_years["iso3"].isin(members)
    return listed & ally_years["is_ally"].astype(bool) if group.years == "committed" else listed


def reference_rows(ally_years: pd.DataFrame, rows: ReferenceRows) -> pd.Series:
    """Say for each ally-year whether it belongs to a reference sample.

    Parameters
    ----------
    ally_years : frame with ``iso3``, ``year`` and ``is_ally``.
    """
    in_years = ally_years["year"].between(rows.first_year, rows.last_year)
    return (in_sample(ally_years, rows.group, rows.members) & in_years).astype(bool)


def members_of(name: str, groups: Mapping[str, Group], allies: pd.DataFrame) -> frozenset[str]:
    """Return the iso3 codes of a group, with the groups and regions it names resolved.

    Raises
    ------
    FaultsError : for an unknown group, code or region, and for groups that contain
        each other.
    """
    return _resolve(name, groups, allies, ())


def _resolve(
    name: str, groups: Mapping[str, Group], allies: pd.DataFrame, within: tuple[str, ...]
) -> frozenset[str]:
    if name in within:
        chain = " → ".join([*within, name])
        raise FaultsError([_fault(name, "a group must not contain itself", chain, "no circle")])
    if name not in groups:
        raise FaultsError([_fault(name, "unknown group", name, ", ".join(groups))])
    group = groups[name]
    names = (*within, name)
    included = [_one(member, name, groups, allies, names) for member in group.members]
    excluded = [_one(member, name, groups, allies, names) for member in group.except_]
    return frozenset().union(*included) - frozenset().union(*excluded)


def _one(
    member: str,
    group: str,
    groups: Mapping[str, Group],
    allies: pd.DataFrame,
    within: tuple[str, ...],
) -> frozenset[str]:
    if member in groups:
        return _resolve(member, groups, allies, within)
    if member.startswith("region:"):
        of_region = allies.loc[allies["region"] == member.removeprefix("region:"), "iso3"]
    else:
        of_region = allies.loc[allies["iso3"] == member, "iso3"]
    if of_region.empty:
        regions = ", ".join(f"region:{r}" for r in sorted(allies["region"].unique()))
        allowed = (
            f"a group ({', '.join(groups)}), a region ({regions}) or a code of config/allies.csv"
        )
        raise FaultsError([_fault(group, "unknown member", member, allowed)])
    return frozenset(of_region)


def _fault(group: str, rule: str, value: str, allowed: str) -> Fault:
    return Fault(
        GROUPS_FILE.as_posix(),
        f"group {group}",
        rule,
        value,
        allowed,
        "correct the name, or add the group or the ally first",
    )
