"""Model specifications against the outcomes, columns and samples they name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

from underbalance.check_codings import NUMBERS, columns_of
from underbalance.config import MODELS_FILE, Coding, Group
from underbalance.errors import Fault
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Rows
from underbalance.models.estimators import ESTIMATORS, estimators_of
from underbalance.nearest import did_you_mean, nearest
from underbalance.schemas.listed import all_processed
from underbalance.schemas.processed import ally_year
from underbalance.specifications import LOW_LOW, Specification, product_name

NUMERIC = (*NUMBERS, "boolean")
LOOK_UP = "correct the name; config/codebook.csv lists all variables"


class Wrong(NamedTuple):
    """What is wrong with a key of a specification."""

    key: str
    rule: str
    value: str
    allowed: str
    mend: str


class Named(NamedTuple):
    """A variable that a specification names, which it may be, and which there are.

    ``kind`` is what it must be, in words; ``elsewhere`` is the key that takes variables of
    the other table, that of ally_year or of the outcome, and which these are.
    """

    key: str
    variable: str
    kind: str
    allowed: list[str]
    known: list[str]
    elsewhere: tuple[str, list[str]]


def model_faults(
    models: Mapping[str, Specification],
    codings: Mapping[str, Coding],
    groups: Mapping[str, Group],
    codebook: pd.DataFrame | None = None,
) -> list[Fault]:
    """Refuse unknown outcomes, samples, variables and terms, what does not fit, and idle years.

    What several specifications take over from one is told once. Years are compared with
    those of the codebook, if it is given.
    """
    found: dict[Wrong, list[str]] = {}
    # made once: a schema takes milliseconds, and many models share an outcome
    yearly, rows, makers = ally_year(codings), all_rows(), all_processed()
    used = {rows[spec.outcome].table for spec in models.values() if spec.outcome in rows}
    schemas = {table: makers[table]() for table in used}
    known = {} if codebook is None else _known_years(codebook, used)
    for name, spec in models.items():
        wrongs = list(_wrong_names(spec, rows, groups))
        if spec.outcome in rows:
            own = rows[spec.outcome]
            wrongs += _wrong_variables(spec, own, schemas[own.table], yearly)
            wrongs += _wrong_years(spec, own, known)
        for wrong in wrongs:
            found.setdefault(wrong, []).append(name)
    return [
        Fault(
            MODELS_FILE.as_posix(),
            f"key {names[0]}.{wrong.key}{_others(names)}",
            wrong.rule,
            wrong.value,
            wrong.allowed,
            wrong.mend,
        )
        for wrong, names in found.items()
    ]


def _others(names: list[str]) -> str:
    return f" (and {len(names) - 1} more, such as {names[1]})" if len(names) > 1 else ""


def _wrong_names(
    spec: Specification, rows: Mapping[str, Rows], groups: Mapping[str, Group]
) -> Iterator[Wrong]:
    if spec.sample is not None and spec.sample not in groups:
        rule = "the sample must be a group of config/groups.yaml"
        mend = did_you_mean(spec.sample, groups, "correct the name, or add the group")
        yield Wrong("sample", rule, spec.sample, nearest(spec.sample, groups), mend)
    if spec.outcome not in rows:
        rule = "the outcome must be one of those with rows for models"
        mend = did_you_mean(spec.outcome, rows, "take one of these")
        yield Wrong("outcome", rule, spec.outcome, ", ".join(rows), mend)
    elif spec.estimator not in (fitting := estimators_of(spec.outcome)):
        rule = f"the estimator must be one that the rows of the outcome {spec.outcome} can carry"
        mend = "take one of these, or another outcome"
        yield Wrong("estimator", rule, spec.estimator, ", ".join(fitting), mend)
    elif spec.categories and not ESTIMATORS[spec.estimator].categories:
        rule = f"the estimator {spec.estimator} takes no categories"
        allowed, mend = "no categories", "leave them out, or take another estimator"
        yield Wrong("categories", rule, ", ".join(spec.categories), allowed, mend)


def _wrong_variables(
    spec: Specification, rows: Rows, own: pa.DataFrameSchema, yearly: pa.DataFrameSchema
) -> Iterator[Wrong]:
    wrong = [
        named for named in _named(spec, rows, own, yearly) if named.variable not in named.allowed
    ]
    yield from (_wrong_variable(named) for named in wrong)
    # a wrong name among the obstacles is not told again as a term that is not there
    if not any(named.key in ("obstacles", "rivals") for named in wrong):
        yield from _absent_terms(spec, list(yearly.columns))


def _wrong_variable(named: Named) -> Wrong:
    key, others = named.elsewhere
    rule, mend = f"this variable cannot be used here, only {named.kind}", "take another one"
    if named.variable in others:
        mend = f"put it under {key}"
    elif named.variable not in named.known:
        rule, mend = "unknown variable", did_you_mean(named.variable, named.allowed, LOOK_UP)
    allowed = nearest(named.variable, sorted(named.allowed))
    return Wrong(named.key, rule, named.variable, allowed, mend)


def _absent_terms(spec: Specification, yearly: list[str]) -> Iterator[Wrong]:
    for name in dict.fromkeys(name for pair in spec.products for name in pair):
        if name not in spec.lagged:
            rule = "products are of obstacles and rivals of the model"
            mend = f"add `{name}` to obstacles or rivals, or correct the name"
            yield Wrong("products", rule, name, ", ".join(spec.lagged), mend)
    for term in dict.fromkeys(test.term for test in spec.tests):
        if term not in spec.tested:
            rule = "tests are of terms of the model: obstacles, low_low or products"
            yield Wrong("tests", rule, term, ", ".join(spec.tested), _mend_of(term, spec, yearly))


def _mend_of(term: str, spec: Specification, yearly: list[str]) -> str:
    pairs = {product_name(one, two): (one, two) for one in spec.lagged for two in spec.lagged}
    if term == LOW_LOW:
        add = "write `low_low: true`"
    elif term in pairs:
        add = f"add [{', '.join(pairs[term])}] to products"
    elif term in yearly:
        add = f"add `{term}` to obstacles"
    else:
        return did_you_mean(term, spec.tested, "correct the term")
    return f"{add}, or correct the term; an entry that is like another has its tests, too"


def _known_years(
    codebook: pd.DataFrame, tables: Collection[str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the first and the last year of the variables of tables that have both."""
    rows = codebook[codebook["table"].isin(tables)]
    keys = zip(rows["table"], rows["name"], strict=True)
    years = zip(rows["first_year"], rows["last_year"], strict=True)
    return {key: both for key, both in zip(keys, years, strict=True) if all(both)}


def _wrong_years(
    spec: Specification, rows: Rows, known: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[Wrong]:
    measure = spec.measure or rows.measure
    if years := known.get((rows.table, measure)):
        first, last = years
        if spec.years[1] < int(first) or spec.years[0] > int(last):
            rule = f"the years must have rows: {measure} is known from {first} to {last}"
            value, allowed = str(list(spec.years)), f"years from {first} to {last}"
            yield Wrong("years", rule, value, allowed, f"write years within [{first}, {last}]")


def _named(
    spec: Specification, rows: Rows, own: pa.DataFrameSchema, yearly: pa.DataFrameSchema
) -> Iterator[Named]:
    numbers = [*columns_of(own, *NUMERIC), *(n for n, kind in rows.adds.items() if kind != "text")]
    here, years = [*own.columns, *rows.adds], list(yearly.columns)
    of_years = columns_of(yearly, *NUMERIC)
    number, column = "a number or yes/no of the outcome", "a variable of the outcome"
    if spec.measure:
        yield Named("measure", spec.measure, number, numbers, here, ("", []))
    for key, variables in (("obstacles", spec.obstacles), ("rivals", spec.rivals)):
        for variable in variables:
            kind = "a number or yes/no of ally_year"
            yield Named(key, variable, kind, of_years, years, ("controls", numbers))
    for variable in spec.controls:
        yield Named("controls", variable, number, numbers, here, ("rivals", of_years))
    for variable in spec.categories:
        yield Named("categories", variable, column, here, here, ("", []))
    for variable in spec.without:
        flags = columns_of(own, "boolean")
        yield Named("without", variable, "a yes/no of the outcome", flags, here, ("", []))
    for variable in spec.only:
        yield Named("only", variable, column, here, here, ("only_lagged", years))
    for variable in spec.only_lagged:
        yield Named(
            "only_lagged", variable, "a variable of ally_year", years, years, ("only", here)
        )
