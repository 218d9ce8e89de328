"""How far the components of an index hang together.

Every number is of the reference sample, overall and within allies. Panel models have ally
effects, so that they use what is left when each ally's mean is taken off: the numbers within
allies are about that.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from underbalance.coding.ally_bootstrap import interval, resampled_covariances
from underbalance.coding.cronbach import (
    Numbers,
    alpha_without,
    first_share,
    item_rest,
    mean_correlation,
    raw_alpha,
    standardised_alpha,
)
from underbalance.coding.recipes import Recipe
from underbalance.coding.reliability import Bootstrap
from underbalance.schemas import measurement as schemas
from underbalance.schemas.measurement import LEVELS

# below this share of a component's mean square, its variance is error of rounding
ROUNDING = 1e-12


def consistency(
    table: pd.DataFrame, recipes: Mapping[str, Recipe], bootstrap: Bootstrap
) -> pd.DataFrame:
    """Return the internal consistency of each coding with two components or more.

    Rows are the ally-years of the reference sample with all components. A component that is
    constant there (a score that never changes within an ally) takes no part and is named in
    ``constant``. Intervals are percentile intervals of resamples of allies, because the years
    of an ally hang together; ``undefined_resamples`` counts those in which another component
    is constant, which have no alpha.

    Parameters
    ----------
    table : ally-years with ``iso3``, ``in_reference`` and the components.
    recipes : by name of the coding.
    bootstrap : how the intervals are drawn.

    Returns
    -------
    One row per coding and level: coding, concept, level, components, coded (ally-years with
    an index), mean_observed (components per coded ally-year), varying (components that take
    part), constant, ally_years (with all components), allies, mean_correlation, alpha,
    alpha_low, alpha_high (standardised), raw_alpha, raw_low, raw_high, undefined_resamples,
    first_share.
    """
    rows = []
    for recipe in several(recipes):
        scores = reference_scores(table, recipe)
        for level in LEVELS:
            rows.append(
                {"coding": recipe.name, "concept": recipe.coding.concept, "level": level}
                | _observed(scores, recipe)
                | _consistency(at_level(scores.dropna(), level), scores.dropna(), bootstrap)
            )
    return pd.DataFrame(rows, columns=list(schemas.consistency().columns))


def component_statistics(table: pd.DataFrame, recipes: Mapping[str, Recipe]) -> pd.DataFrame:
    """Return how each component hangs together with the others of its coding.

    Returns
    -------
    One row per coding, level and component: coding, level, component, sign, weight (in a first
    principal component; missing in a mean or a sum, where all count the same), observed
    (ally-years of the reference sample), varies (in those with all components), item_rest
    (correlation with the sum of the others), alpha_without (standardised alpha of the others).
    Both are missing for a component that does not vary, and alpha_without of one in two.
    """
    rows = []
    for recipe in several(recipes):
        weighed = recipe.coding.aggregate == "first_component"
        scores = reference_scores(table, recipe)
        for level in LEVELS:
            own = at_level(scores.dropna(), level)
            varying = varying_columns(own, scores.dropna())
            covariances = _covariance(own[varying])
            rests = dict(zip(varying, item_rest(covariances), strict=True))
            without = dict(zip(varying, alpha_without(covariances), strict=True))
            rows += [
                {
                    "coding": recipe.name,
                    "level": level,
                    "component": scale.variable,
                    "sign": scale.sign,
                    "weight": scale.weight if weighed else np.nan,
                    "observed": int(scores[scale.variable].notna().sum()),
                    "varies": scale.variable in varying,
                    "item_rest": rests.get(scale.variable, np.nan),
                    "alpha_without": without.get(scale.variable, np.nan),
                }
                for scale in recipe.scales
            ]
    return pd.DataFrame(rows, columns=list(schemas.components().columns))


def several(recipes: Mapping[str, Recipe]) -> list[Recipe]:
    """Return the recipes of two components or more."""
    return [recipe for recipe in recipes.values() if len(recipe.scales) > 1]


def reference_scores(table: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """Return the transformed components of the reference sample, indexed by iso3."""
    reference = table[table["in_reference"].astype(bool)]
    return recipe.scores(reference.set_index("iso3")).astype("float64")


def at_level(values: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return values as they are (overall) or less their means by ally (within)."""
    if level == "overall":
        return values
    return values - values.groupby(level="iso3").transform("mean")


def varying_columns(own: pd.DataFrame, complete: pd.DataFrame) -> list[str]:
    """Return the columns of ``own`` that vary by more than error of rounding.

    Parameters
    ----------
    own : values at a level.
    complete : the same values overall, from whose size the error is told.
    """
    varies = own.var(ddof=0) > _floor(complete)
    return [str(name) for name in own.columns[varies]]


def _observed(scores: pd.DataFrame, recipe: Recipe) -> dict[str, object]:
    counts = scores.notna().sum(axis=1)[recipe.index(scores).notna()]
    return {
        "components": len(recipe.scales),
        "coded": len(counts),
        "mean_observed": float(counts.mean()),
    }


def _consistency(
    own: pd.DataFrame, complete: pd.DataFrame, bootstrap: Bootstrap
) -> dict[str, object]:
    varying = varying_columns(own, complete)
    covariance = _covariance(own[varying])
    drawn = resampled_covariances(own[varying], _floor(complete[varying]), bootstrap)
    alphas = standardised_alpha(drawn)
    low, high = interval(alphas, bootstrap.level)
    raw_low, raw_high = interval(raw_alpha(drawn), bootstrap.level)
    return {
        "varying": len(varying),
        "constant": " ".join(str(name) for name in own if name not in varying),
        "ally_years": len(own),
        "allies": own.index.nunique(),
        "mean_correlation": float(mean_correlation(covariance)),
        "alpha": float(standardised_alpha(covariance)),
        "alpha_low": low,
        "alpha_high": high,
        "raw_alpha": float(raw_alpha(covariance)),
        "raw_low": raw_low,
        "raw_high": raw_high,
        "undefined_resamples": int(np.isnan(alphas).sum()),
        "first_share": first_share(covariance),
    }


def _floor(complete: pd.DataFrame) -> pd.Series:
    return ROUNDING * (complete**2).mean()


def _covariance(own: pd.DataFrame) -> Numbers:
    centred = (own - own.mean()).to_numpy()
    matrix: Numbers = centred.T @ centred / max(len(own), 1)
    return matrix
