"""Samples: which allies, in which of their years (config/groups.yaml)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from underbalance.clean.ally_years import is_formal
from underbalance.config import CONFIG_FILE, GROUPS_FILE, Group, Reference
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import CODE, parts_of
from underbalance.extensions import listed as extended
from underbalance.nearest import did_you_mean, nearest

CORRECT: Final = "correct the name, or add the group or the ally first"


@dataclass(frozen=True)
class ReferenceRows:
    """A reference sample with its group resolved: the allies, and in which of their years."""

    group: Group
    members: frozenset[str]
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Sample:
    """The sample of a run.

    Parameters
    ----------
    name : canonical: groups as they were given, then codes in order, joined by ``+``.
    label : how tables and pages call it.
    group : its definition, one of config/groups.yaml or made of several names.
    members : iso3 codes.
    """

    name: str
    label: str
    group: Group
    members: frozenset[str]


def resolve_sample(
    text: str,
    groups: Mapping[str, Group],
    allies: pd.DataFrame,
    *,
    file: str = CONFIG_FILE.as_posix(),
    where: str = "key sample",
) -> Sample:
    """Return the sample that a name of a group, or names and codes joined by + or comma, say.

    Members of a sample made of several names count in the years of their commitment.

    Parameters
    ----------
    file, where : the place that a fault names.

    Raises
    ------
    FaultsError : for every name that is neither a group nor a code of an ally, and for a group
        of all years that is joined with others.
    """
    parts = parts_of(text)
    codes = dict(zip(allies["iso3"], allies["name"], strict=True))
    wrong = [part for part in parts if part not in groups and part.upper() not in codes]
    unknown = wrong if parts else [text]
    raise_if_any([_unknown_name(part, groups, codes, file, where) for part in unknown])
    of_groups = list(dict.fromkeys(part for part in parts if part in groups))
    if len(parts) > 1:
        whole = [part for part in of_groups if groups[part].years == "all"]
        raise_if_any([_not_joined(part, file, where) for part in whole])
    named = sorted({part.upper() for part in parts if part not in groups})
    name = "+".join([*of_groups, *named])
    if name in groups:
        return Sample(name, groups[name].label, groups[name], members_of(name, groups, allies))
    label = _joined_label([groups[one].label for one in of_groups], [codes[one] for one in named])
    group = Group(label=label, members=(*of_groups, *named), years="committed")
    members = frozenset(named).union(*(members_of(one, groups, allies) for one in of_groups))
    return Sample(name, label, group, members)


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


def of_allies(rows: pd.DataFrame, allies: Collection[str]) -> pd.DataFrame:
    """Return the rows of some allies, all rows where none are named.

    Parameters
    ----------
    rows : frame with ``iso3``.
    """
    return rows[rows["iso3"].isin(list(allies))] if allies else rows


def reference_rows(ally_years: pd.DataFrame, rows: ReferenceRows) -> pd.Series:
    """Say for each ally-year whether it belongs to a reference sample.

    Parameters
    ----------
    ally_years : frame with ``iso3``, ``year``, ``is_ally`` and, where extensions may be in
        force, ``commitment``.
    """
    in_years = ally_years["year"].between(rows.first_year, rows.last_year)
    # ties of extensions count in samples, but not in what all codes are measured by
    formal = ally_years.assign(is_ally=is_formal(ally_years))
    return (in_sample(formal, rows.group, rows.members) & in_years).astype(bool)


def members_of(name: str, groups: Mapping[str, Group], allies: pd.DataFrame) -> frozenset[str]:
    """Return the iso3 codes of a group, with the groups and regions it names resolved.

    Raises
    ------
    FaultsError : for an unknown group, code or region, and for groups that contain
        each other.
    """
    return _resolve(name, groups, allies, ())


def _unknown_name(
    part: str, groups: Mapping[str, Group], codes: Mapping[str, str], file: str, where: str
) -> Fault:
    return Fault(
        file,
        where,
        "a sample is a group of config/groups.yaml, or groups and codes of config/allies.csv "
        "joined by + or comma",
        part or "nothing",
        f"{', '.join(groups)}, or codes such as {nearest(part.upper(), codes)}",
        did_you_mean(part, groups, _mend(part, codes)),
    )


def _not_joined(group: str, file: str, where: str) -> Fault:
    return Fault(
        file,
        where,
        "a sample of several names counts the years of a commitment only",
        f"{group}, a group with years: all",
        "groups with years: committed, and codes",
        "write the sample you mean as a group of its own into config/groups.yaml",
    )


def _mend(name: str, codes: Iterable[str]) -> str:
    """Say which code was meant, and how an ally is added whose code it may be."""
    code = name.upper()
    if not CODE.fullmatch(code):
        return CORRECT
    command = f"`underbalance add-ally {code} --since … --alliance …`"
    meant = did_you_mean(code, codes, "")
    return f"{meant} Or add the ally: {command}" if meant else f"add the ally: {command}"


def _joined_label(groups: Sequence[str], allies: Sequence[str]) -> str:
    """Join the labels of groups and the names of allies: "NATO allies, and Egypt and Israel"."""
    if not groups:
        return _listed(allies)
    return _listed(groups) + (f", and {_listed(allies)}" if allies else "")


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


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
        # who is only in an extension is in the groups that name it, so that all others stay
        shipped = allies[allies["extension"] == ""] if "extension" in allies else allies
        of_region = shipped.loc[shipped["region"] == member.removeprefix("region:"), "iso3"]
    else:
        of_region = allies.loc[allies["iso3"] == member, "iso3"]
    if of_region.empty and member in extended():
        return frozenset()  # its extension is not in force in this run
    if of_region.empty:
        regions = ", ".join(f"region:{r}" for r in sorted(allies["region"].unique()))
        allowed = (
            f"a group ({', '.join(groups)}), a region ({regions}) or a code of config/allies.csv"
        )
        mend = did_you_mean(member, groups, _mend(member, allies["iso3"]))
        raise FaultsError([_fault(group, "unknown member", member, allowed, mend)])
    return frozenset(of_region)


def _fault(group: str, rule: str, value: str, allowed: str, mend: str = CORRECT) -> Fault:
    return Fault(GROUPS_FILE.as_posix(), f"group {group}", rule, value, allowed, mend)
