"""How much of an obstacle is its own, and how much of that is one ally's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, fitted
from underbalance.models.frames import frame_of
from underbalance.models.inference.one_step import inverse_information, model_of
from underbalance.models.model import Array
from underbalance.models.terms import obstacle_terms, regressors, rival_terms
from underbalance.models.tidy import NOT_ESTIMATED, Fit
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.tested import PrimaryTest
from underbalance.specifications import Specification

COLUMNS = [
    "spec_id", "term", "role", "vif", "largest_ally", "largest_share", "n", "n_clusters", "note",
]  # fmt: skip
TEXTS = ["spec_id", "term", "role", "largest_ally", "note"]
ROLES = ("obstacle", "rival")


def collinearity(tests: Sequence[PrimaryTest], tables: Tables, plan: Plan) -> pd.DataFrame:
    """Return :func:`diagnosed` of every model that is tested; one that fails has one row."""
    by_model = {one.spec_id: one for one in tests}
    found: list[dict[str, object]] = []
    for one in told("collinearity", list(by_model.values())):
        try:
            rows = diagnosed(fitted(one.spec_id, one.spec, tables, plan), one.spec)
        except EstimationError as error:
            rows = [{"note": f"{NOT_ESTIMATED}{error}"}]
        found += [{"spec_id": one.spec_id, **row} for row in rows]
    return frame_of(found, COLUMNS, TEXTS)


def diagnosed(fit: Fit, spec: Specification) -> list[dict[str, object]]:
    r"""Return the variance inflation and the most telling ally of each obstacle and rival.

    With A the information of the model, summed over the allies' A_g, and a = A⁻¹e_j, the
    variance inflation factor is [A⁻¹]_jj over what it would be with effects, durations and
    categories alone beside the term: by how much the other regressors widen its variance.
    a'A_g a / a'A a is the share of ally g in the variance of the term that is left once all
    others are partialled out. In least squares A is X'X (within, where effects are swept out);
    in other models rows count by what they tell at the estimates.

    Raises
    ------
    EstimationError : without a model, or if its information is singular.
    """
    model = model_of(fit)
    at = model.linearised({})
    total, inverse = at.information.sum(axis=0), inverse_information(at)
    others = set(regressors(spec))
    effects = [place for place, name in enumerate(model.terms) if name not in others]
    found: list[dict[str, object]] = []
    for role, terms in zip(ROLES, (obstacle_terms(spec), rival_terms(spec)), strict=True):
        for term in terms:
            j = model.terms.index(term)
            own = np.einsum("k,gkl,l->g", inverse[j], at.information, inverse[j])
            largest = int(own.argmax())
            found.append(
                {
                    "term": term,
                    "role": role,
                    "vif": _alone(total, j, effects) * inverse[j, j],
                    "largest_ally": model.clusters[largest],
                    "largest_share": own[largest] / own.sum(),
                    "n": fit.n,
                    "n_clusters": fit.n_clusters,
                }
            )
    return found


def _alone(total: Array, j: int, effects: Sequence[int]) -> float:
    """Return the information on a term beside effects alone (a Schur complement)."""
    if not effects:
        return float(total[j, j])
    # effects may be redundant by themselves, which does not change what they explain
    solved = np.linalg.pinv(total[np.ix_(effects, effects)], hermitian=True)
    return float(total[j, j] - total[j, effects] @ solved @ total[effects, j])
