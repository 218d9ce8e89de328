"""Descriptive statistics of every variable of the primary models, before standardisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from underbalance.config import Coding
from underbalance.description.statistics import NAMES, statistics
from underbalance.models.design import ALLY_YEAR, measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, rows_of
from underbalance.samples import in_sample
from underbalance.specifications import Specification

RIVALS: Final = "rivals"
OUTCOMES: Final = "outcomes"
CONTROLS: Final = "controls"
ALLY_YEARS, CASES = "ally-years", "cases"
COLUMNS = ["panel", "spec_id", "table", "variable", "role", "unit_of_rows", *NAMES]
Row = dict[str, object]
Specifications = Mapping[str, Specification]


def describe_variables(
    specs: Specifications, tables: Tables, codings: Mapping[str, Coding], plan: Plan
) -> pd.DataFrame:
    """Return one row per variable with :data:`COLUMNS`.

    Obstacles, rivals and what they are made of are described in the ally-years of the sample
    of which the models take values (the year before that of the outcome). Outcomes by
    ally-year are described in the rows of their model, before regressors that are missing
    take any away; outcomes and controls of cases once per case, at its end.

    Parameters
    ----------
    specs : one primary specification for each outcome.
    tables : ``ally_year`` and those that the specifications need, by name.
    codings : of the obstacles and rivals, with all they are made of.
    plan : the sample.
    """
    rows = [*_obstacles(specs, tables[ALLY_YEAR], codings, plan), *_outcomes(specs, tables, plan)]
    return pd.DataFrame(rows, columns=COLUMNS)


def sample_years(specs: Specifications, ally_year: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return the ally-years of the sample of which the models take obstacles and rivals."""
    first = min(spec.years[0] for spec in specs.values()) - 1
    last = max(spec.years[1] for spec in specs.values()) - 1
    return ally_year[_inside(ally_year, plan) & ally_year["year"].between(first, last)]


def made_of(name: str, codings: Mapping[str, Coding]) -> list[str]:
    """Return a variable and, where it is a coding, all that it is made of, in their order."""
    parts = codings[name].components if name in codings else ()
    return [name, *(below for part in parts for below in made_of(part.variable, codings))]


def panels(specs: Specifications, codings: Mapping[str, Coding]) -> dict[str, list[str]]:
    """Return the variables of ally-years by panel: one for each obstacle and one for rivals.

    An obstacle that is made of others has a panel for each of these.
    """
    obstacles = list(dict.fromkeys(name for spec in specs.values() for name in spec.obstacles))
    rivals = dict.fromkeys(name for spec in specs.values() for name in spec.rivals)
    found = {panel: own for name in obstacles for panel, own in _panels_of(name, codings).items()}
    return found | {RIVALS: [name for rival in rivals for name in made_of(rival, codings)]}


def _panels_of(name: str, codings: Mapping[str, Coding]) -> dict[str, list[str]]:
    parts = [p.variable for p in codings[name].components] if name in codings else []
    if not any(part in codings for part in parts):
        return {name: [name, *parts]}
    below = {panel: own for part in parts for panel, own in _panels_of(part, codings).items()}
    return below | {name: [name]}


def _obstacles(
    specs: Specifications, ally_year: pd.DataFrame, codings: Mapping[str, Coding], plan: Plan
) -> Iterator[Row]:
    rows = sample_years(specs, ally_year, plan)
    for panel, names in panels(specs, codings).items():
        for name in names:
            role = "index" if name in codings else "variable"
            labels = {"panel": panel, "spec_id": "", "table": ALLY_YEAR, "variable": name}
            yield labels | {
                "role": role,
                "unit_of_rows": ALLY_YEARS,
                **statistics(rows, name, len(rows)),
            }


def _outcomes(specs: Specifications, tables: Tables, plan: Plan) -> Iterator[Row]:
    controls: list[Row] = []
    for spec_id, spec in specs.items():
        rows = rows_of(spec_id, spec, tables, plan)
        of_cases = bool(all_rows()[spec.outcome].interval)
        rows = _ended(spec, rows) if of_cases else rows
        possible = len(rows) if of_cases else _possible(spec, tables[ALLY_YEAR], plan)
        for name, role in _named(spec):
            row: Row = {
                "panel": CONTROLS if role == "control" else OUTCOMES,
                "spec_id": spec_id,
                "table": all_rows()[spec.outcome].table,
                "variable": name,
                "role": role,
                "unit_of_rows": CASES if of_cases else ALLY_YEARS,
                **statistics(rows, name, possible),
            }
            if role == "control":
                controls.append(row)
            else:
                yield row
    yield from controls


def _named(spec: Specification) -> Iterator[tuple[str, str]]:
    rows = all_rows()[spec.outcome]
    if rows.duration:
        yield rows.duration, "duration"
    yield measure_of(spec), "event" if rows.interval else "outcome"
    for name in spec.controls:
        yield name, "control"


def _ended(spec: Specification, data: pd.DataFrame) -> pd.DataFrame:
    """Return one row per case, its last: with the time it was watched and how it ended."""
    clock = all_rows()[spec.outcome].duration
    ordered = data.sort_values(["spell", clock] if clock else ["spell"], kind="stable")
    return ordered.drop_duplicates("spell", keep="last")


def _possible(spec: Specification, ally_year: pd.DataFrame, plan: Plan) -> int:
    first, last = spec.years
    years = ally_year["year"]
    inside = _inside(ally_year, plan.of(spec)) & years.between(first, last)
    return int((inside & ((years - first) % spec.every == 0)).sum())


def _inside(ally_year: pd.DataFrame, plan: Plan) -> pd.Series:
    return in_sample(ally_year, plan.group, plan.members).astype(bool)
