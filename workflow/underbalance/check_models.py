"""Model specifications against the outcomes, columns and samples they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from underbalance.check_codings import NUMBERS, columns_of
from underbalance.config import MODELS_FILE, Coding, Group
from underbalance.errors import Fault
from underbalance.models.design_rows import ROWS, Rows
from underbalance.models.estimators import ESTIMATORS, estimators_of
from underbalance.schemas.processed import PROCESSED, ally_year
from underbalance.specifications import Specification

NUMERIC = (*NUMBERS, "boolean")


class Wrong(NamedTuple):
    """What is wrong with a key of a specification."""

    key: str
    rule: str
    value: str
    allowed: str
    mend: str = "correct the name"


class Named(NamedTuple):
    """A variable that a specification names, what it may be, and what there is."""

    key: str
    variable: str
    allowed: list[str]
    known: list[str]


def model_faults(
    models: Mapping[str, Specification], codings: Mapping[str, Coding], groups: Mapping[str, Group]
) -> list[Fault]:
    """Refuse unknown outcomes, samples and variables, and estimators that do not fit.

    What several specifications take over from one is told once.
    """
    found: dict[Wrong, list[str]] = {}
    for name, spec in models.items():
        for wrong in (*_wrong_names(spec, groups), *_wrong_variables(spec, codings)):
            found.setdefault(wrong, []).append(name)
    return [
        Fault(
            MODELS_FILE.as_posix(),
            f"specification {_first_of(names)}, {wrong.key}",
            wrong.rule,
            wrong.value,
            wrong.allowed,
            wrong.mend,
        )
        for wrong, names in found.items()
    ]


def _first_of(names: list[str]) -> str:
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]


def _wrong_names(spec: Specification, groups: Mapping[str, Group]) -> Iterator[Wrong]:
    if spec.sample is not None and spec.sample not in groups:
        rule = "the sample must be a group of config/groups.yaml"
        yield Wrong("sample", rule, spec.sample, ", ".join(groups))
    if spec.outcome not in ROWS:
        rule = "the outcome must be one of those with rows for models"
        yield Wrong("outcome", rule, spec.outcome, ", ".join(ROWS))
    elif spec.estimator not in (fitting := estimators_of(spec.outcome)):
        rule = f"the estimator must be one that the rows of the outcome {spec.outcome} can carry"
        mend = "take one of these, or another outcome"
        yield Wrong("estimator", rule, spec.estimator, ", ".join(fitting), mend)
    elif spec.categories and not ESTIMATORS[spec.estimator].categories:
        rule = f"the estimator {spec.estimator} takes no categories"
        allowed, mend = "no categories", "leave them out, or take another estimator"
        yield Wrong("categories", rule, ", ".join(spec.categories), allowed, mend)


def _wrong_variables(spec: Specification, codings: Mapping[str, Coding]) -> Iterator[Wrong]:
    if spec.outcome not in ROWS:
        return
    for named in _named(spec, ROWS[spec.outcome], codings):
        if named.variable not in named.allowed:
            known = named.variable in named.known
            yield Wrong(
                named.key,
                "this variable cannot be used here" if known else "unknown variable",
                named.variable,
                ", ".join(sorted(named.allowed)),
                "correct the name; config/codebook.csv lists all variables",
            )


def _named(spec: Specification, rows: Rows, codings: Mapping[str, Coding]) -> Iterator[Named]:
    own, yearly = PROCESSED[rows.table](), ally_year(codings)
    adds = list(rows.adds)
    numbers = [*columns_of(own, *NUMERIC), *(n for n, kind in rows.adds.items() if kind != "text")]
    everything, years = [*own.columns, *adds], list(yearly.columns)
    if spec.measure:
        yield Named("measure", spec.measure, numbers, everything)
    for key, variables in (("obstacles", spec.obstacles), ("rivals", spec.rivals)):
        for variable in variables:
            yield Named(key, variable, columns_of(yearly, *NUMERIC), years)
    for variable in spec.controls:
        yield Named("controls", variable, numbers, everything)
    for variable in spec.categories:
        yield Named("categories", variable, everything, everything)
    for variable in spec.without:
        yield Named("without", variable, columns_of(own, "boolean"), everything)
    for variable in spec.only:
        yield Named("only", variable, everything, everything)
    for variable in spec.only_lagged:
        yield Named("only_lagged", variable, years, years)
