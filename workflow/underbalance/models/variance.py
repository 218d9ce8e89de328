"""Location–scale regression: what moves the level of an outcome, and what its variance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.location_scale import LocationScaleModel, Part
from underbalance.models.panel import check_one_row_each, drop_singletons, effect_columns
from underbalance.models.rows import check_clustered, complete_cases, count_clusters, counted
from underbalance.models.tidy import Fit, too_few_clusters

EFFECTS = ("entity", "time")
CONSTANT = "constant"


def fit(
    data: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    *,
    entity: str = "iso3",
    time: str = "year",
    mean_effects: Sequence[str] = EFFECTS,
    scale_effects: Sequence[str] = EFFECTS,
    method: str = "reml",
    cluster: str = "iso3",
    min_clusters: int = 10,
) -> Fit:
    keys = list(dict.fromkeys([entity, time, cluster]))
    complete = complete_cases(data, keys=keys, numbers=[outcome, *regressors])
    check_one_row_each(complete, entity, time)
    rows = drop_singletons(complete, entity, time)
    n_clusters = count_clusters(rows[cluster])

    def make(others):
        def part(effects):
            design, names = [others[list(regressors)]], []
            if "time" in effects:
                design.append(effect_columns(others[time]))
                names = list(design[-1].columns)
            if "entity" not in effects:
                design.insert(0, pd.DataFrame({CONSTANT: 1.0}, index=others.index))
                names = [CONSTANT, *names]
            return Part(pd.concat(design, axis=1), names, "entity" in effects)

        return LocationScaleModel(
            others,
            make,
            outcome=others[outcome],
            mean=part(mean_effects),
            scale=part(scale_effects),
            clusters=others[cluster],
            groups=others[entity],
            restricted=method == "reml",
        )

    model = make(rows)
    at = model.linearised({})
    bread = np.linalg.inv(at.information.sum(axis=0))
    half = at.scores @ bread
    factor = n_clusters / (n_clusters - 1)
    cov = pd.DataFrame(factor * half.T @ half, index=model.terms, columns=model.terms)
    shown = [*regressors, *(f"mean[{name}]" for name in regressors)]
    return Fit(
        estimates=pd.Series(model.estimates, index=model.terms)[shown],
        covariance=cov.loc[shown, shown],
        se_type=f"clustered by {cluster}",
        df=n_clusters - 1,
        p_method=f"t({n_clusters - 1})",
        n=len(rows),
        n_clusters=n_clusters,
        loglik=model.loglik,
        extra={"cluster_factor": factor, "n_parameters": model.n_parameters},
        withheld=too_few_clusters(n_clusters, min_clusters),
        model=model,
    )
