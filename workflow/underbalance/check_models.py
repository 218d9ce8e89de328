"""Model specifications against the outcomes, columns and samples they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from underbalance.check_codings import NUMBERS, columns_of
from underbalance.config import MODELS_FILE, Coding, Group
from underbalance.errors import Fault
from underbalance.models.design_rows import ROWS, Rows
from underbalance.schemas.processed import PROCESSED, ally_year
from underbalance.specifications import Specification

# estimators of rows by ally and year; the others need cases
OF_YEARS = ("panel", "variance", "first_difference")
NUMERIC = (*NUMBERS, "boolean")


class Named(NamedTuple):
    """A variable that a specification names, what it may be, and what there is."""

    key: str
    variable: str
    allowed: list[str]
    known: list[str]


def model_faults(
    models: Mapping[str, Specification], codings: Mapping[str, Coding], groups: Mapping[str, Group]
) -> list[Fault]:
    """Refuse unknown outcomes, samples and variables, and estimators that do not fit."""
    faults: list[Fault] = []
    for name, spec in models.items():
        if spec.sample is not None and spec.sample not in groups:
            rule = "the sample must be a group of config/groups.yaml"
            faults.append(_fault(name, "sample", rule, spec.sample, ", ".join(groups)))
        if spec.outcome not in ROWS:
            rule = "the outcome must be one of those with rows for models"
            faults.append(_fault(name, "outcome", rule, spec.outcome, ", ".join(ROWS)))
            continue
        rows = ROWS[spec.outcome]
        if (spec.estimator in OF_YEARS) == bool(rows.interval):
            fitting = "grouped" if rows.interval else ", ".join(OF_YEARS)
            rule = f"the estimator must be one for the outcome {spec.outcome}"
            faults.append(_fault(name, "estimator", rule, spec.estimator, fitting))
        faults += [
            _fault(
                name,
                named.key,
                "this variable cannot be used here"
                if named.variable in named.known
                else "unknown variable",
                named.variable,
                ", ".join(sorted(named.allowed)),
                "correct the name; config/codebook.csv lists all variables",
            )
            for named in _named(spec, rows, codings)
            if named.variable not in named.allowed
        ]
    return faults


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


def _fault(
    name: str, key: str, rule: str, value: str, allowed: str, mend: str = "correct the name"
) -> Fault:
    return Fault(MODELS_FILE.as_posix(), f"specification {name}, {key}", rule, value, allowed, mend)
