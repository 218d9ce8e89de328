"""Samples: which allies, in which of their years (config/groups.yaml)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.config import GROUPS_FILE, Group
from underbalance.errors import Fault, FaultsError


def in_sample(ally_years: pd.DataFrame, group: Group, members: frozenset[str]) -> pd.Series:
    """Say for each ally-year whether it belongs to the sample.

    Parameters
    ----------
    ally_years : frame with ``iso3`` and ``is_ally``.
    members : the allies of the group (:func:`members_of`).
    """
    listed = ally_years["iso3"].isin(members)
    return listed & ally_years["is_ally"].astype(bool) if group.years == "committed" else listed


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
