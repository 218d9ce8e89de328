"""What the specification curve varies: codings, parts, samples, rows and rivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from underbalance.config import Coding
from underbalance.models.estimate import Plan
from underbalance.sensitivity.tested import PrimaryTest

PRIMARY = "primary"
KINDS = (PRIMARY, "coding", "part", "sample", "rows", "rivals")
COMPLETE = "all components known"
WITHOUT = "without "
THREAT = "threat"
# codings of these concepts take the place of a rival (dependence is measured by troops)
RIVAL_CONCEPTS = {THREAT: "threat", "us_troops_per_1000": "dependence"}
# their components may be missing in part (docs/pre_analysis_plan.md, codings)
PARTLY_KNOWN = ("political", "economic")


@dataclass(frozen=True)
class Choice:
    """One specification of the curve.

    Parameters
    ----------
    kind : which choice differs from the primary specification, one of :data:`KINDS`.
    choice : what it is, empty for the primary one.
    tested : the term in its specification.
    plan : the sample.
    """

    kind: str
    choice: str
    tested: PrimaryTest
    plan: Plan


def choices(
    tested: PrimaryTest,
    codings: Mapping[str, Coding],
    plans: Sequence[Plan],
    last_year: int,
) -> list[Choice]:
    """Return the primary specification and all that differ from it in one choice.

    Codings: every other entry of config/codings.yaml for the concept of the obstacle (of both
    obstacles of a product). Parts: where the obstacle is made of others, as the social one is of
    the economic and the legal, these in its place and one of them tested, in each of its
    codings. Samples: ``plans`` from the second on. Rows: only those in which all
    components of the political and the economic obstacle are known. Rivals: threat and
    dependence in their other codings; without each rival in turn, and without threat, which is
    known to 2020 only, the years go on to ``last_year``.

    Parameters
    ----------
    plans : the sample of the primary model, then the others.
    """
    primary, *others = plans
    found = [Choice(PRIMARY, "", tested, primary)]
    for variable in tested.variables:
        found += [
            Choice("coding", name, tested.with_coding(variable, name), primary)
            for name, coding in codings.items()
            if coding.concept == codings[variable].concept and name != variable
        ]
    found += [
        Choice("part", name, tested.with_part(tested.variables[0], parts, name), primary)
        for name, parts in _parts(tested, codings)
    ]
    found += [
        Choice("sample", plan.sample, tested.varied(sample=plan.sample), plan) for plan in others
    ]
    complete = {f"{name}_components": len(codings[name].components) for name in PARTLY_KNOWN}
    rows = tested.varied(only_lagged={**tested.spec.only_lagged, **complete})
    found.append(Choice("rows", COMPLETE, rows, primary))
    found += [
        Choice("rivals", name, tested.varied(rivals=rivals), primary)
        for name, rivals in _other_rivals(tested, codings)
    ]
    found += [
        Choice("rivals", f"{WITHOUT}{rival}", _without(tested, rival, last_year), primary)
        for rival in tested.spec.rivals
    ]
    return found


def _parts(
    tested: PrimaryTest, codings: Mapping[str, Coding]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each coding of each part of a single obstacle, with what takes its place."""
    if len(tested.variables) > 1:
        return
    parts = [c.variable for c in codings[tested.variables[0]].components if c.variable in codings]
    for place, part in enumerate(parts):
        for name, coding in codings.items():
            if coding.concept == codings[part].concept:
                yield name, (*parts[:place], name, *parts[place + 1 :])


def _other_rivals(
    tested: PrimaryTest, codings: Mapping[str, Coding]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each other coding of a rival, and the rivals with it."""
    rivals = tested.spec.rivals
    for rival, concept in RIVAL_CONCEPTS.items():
        for name, coding in codings.items():
            if rival in rivals and coding.concept == concept and name != rival:
                yield name, tuple(name if one == rival else one for one in rivals)


def _without(tested: PrimaryTest, rival: str, last_year: int) -> PrimaryTest:
    rivals = tuple(name for name in tested.spec.rivals if name != rival)
    if rival == THREAT:
        return tested.varied(rivals=rivals, years=(tested.spec.years[0], last_year))
    return tested.varied(rivals=rivals)
