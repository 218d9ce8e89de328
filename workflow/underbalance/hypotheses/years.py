"""How much longer cooperation takes where an obstacle is one standard deviation higher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.design_listed import all_rows
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, few_events, rows_of
from underbalance.models.estimators import fit_rows
from underbalance.models.frames import frame_of
from underbalance.models.grouped_years import YearsGained, expected_duration
from underbalance.models.inference.draws import generator
from underbalance.models.terms import lag_name
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.specifications import Specification, product_name

COLUMNS = [
    "hypothesis", "spec_id", "term", "unit", "mean", "mean_higher", "difference", "ci_low",
    "ci_high", "draws", "failed", "horizon", "n_spells", "note",
]  # fmt: skip
TEXTS = ["hypothesis", "spec_id", "term", "unit", "note"]
# of all models together they take about half a minute
MOST_DRAWS = 499


def years(
    specs: Mapping[str, Specification], tables: Tables, plan: Plan, seed: int, replications: int
) -> pd.DataFrame:
    """Return the restricted mean durations of the primary models with a clock.

    One row with :data:`COLUMNS` for each tested obstacle, and for both obstacles of a tested
    product, which moves with each of them. ``mean`` is the mean duration up to ``horizon`` with
    obstacles as they are, ``mean_higher`` with this one a standard deviation higher
    (:func:`underbalance.models.grouped_years.expected_duration`). Intervals are of whole allies
    drawn with replacement; they are no test, and enter no verdict.

    Parameters
    ----------
    replications : resamples, of which at most :data:`MOST_DRAWS` are made.
    """
    draws = min(replications, MOST_DRAWS)
    rows = [
        row
        for spec_id, spec in timed(specs).items()
        for row in _of_model(spec_id, spec, tables, plan, seed, draws)
    ]
    return frame_of(rows, COLUMNS, TEXTS)


def timed(specs: Mapping[str, Specification]) -> dict[str, Specification]:
    """Return the primary specifications of grouped durations that test obstacles."""
    return {
        name: spec
        for name, spec in specs.items()
        if spec.role == "primary"
        and spec.estimator == "grouped"
        and all_rows()[spec.outcome].duration
        and not spec.low_low
        and spec.tests
    }


def _of_model(
    spec_id: str, spec: Specification, tables: Tables, plan: Plan, seed: int, draws: int
) -> Iterator[dict[str, object]]:
    unit = f"{all_rows()[spec.outcome].interval}s"
    named = {"spec_id": spec_id, "unit": unit}
    try:
        rows = rows_of(spec_id, spec, tables, plan)
        fit = fit_rows(spec, rows, plan.min_clusters)
    except EstimationError as error:
        for hypothesis, obstacle, _ in _raised(spec):
            labels = {"hypothesis": hypothesis, "term": lag_name(obstacle)}
            yield {**named, **labels, "note": f"{NOT_ESTIMATED}{error}"}
        return
    for hypothesis, obstacle, products in _raised(spec):
        labels = {**named, "hypothesis": hypothesis, "term": lag_name(obstacle)}
        try:
            found = expected_duration(
                fit,
                rows,
                lag_name(obstacle),
                spell=["spell"],
                seed=generator(seed, spec_id, obstacle, "years").integers(2**32, size=4).tolist(),
                products=products,
                draws=draws,
                level=plan.confidence_level,
            )
        except EstimationError as error:
            yield {**labels, "note": f"{NOT_ESTIMATED}{error}"}
            continue
        yield {**labels, **_numbers(found, few_events(fit))}


def _raised(spec: Specification) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield hypothesis, obstacle that is raised, and the products that move with it."""
    pairs = {product_name(*pair): pair for pair in spec.products}
    for test in spec.tests:
        for obstacle in pairs.get(test.term, (test.term,)):
            moved = {
                lag_name(product): lag_name(pair[1] if pair[0] == obstacle else pair[0])
                for product, pair in pairs.items()
                if obstacle in pair
            }
            yield test.hypothesis, obstacle, moved


def _numbers(found: YearsGained, descriptive: str) -> dict[str, object]:
    return {
        "mean": found.base,
        "mean_higher": found.raised,
        "difference": found.difference,
        "ci_low": found.ci_low,
        "ci_high": found.ci_high,
        "draws": found.draws,
        "failed": found.failed,
        "horizon": found.horizon,
        "n_spells": found.n_spells,
        "note": "; ".join(filter(None, [found.note, descriptive])),
    }
