"""The specification curve: every obstacle in all its codings, samples and sets of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from underbalance.config import Coding
from underbalance.errors import EstimationError
from underbalance.hypotheses.effects import standardiser
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, few_events, fitted
from underbalance.models.frames import frame_of, joined
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.sensitivity.choices import Choice, choices
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.scorecard_test import Bootstrap, scorecard_test
from underbalance.sensitivity.tested import LABELS, PrimaryTest

SIGNIFICANT = 0.05
COLUMNS = [
    *LABELS, "kind", "choice", "estimate", "std_error", "p_value", "p_method", "ci_low", "ci_high",
    "effect", "effect_low", "effect_high", "predicted_sign", "counted", "n", "n_events",
    "n_clusters", "note",
]  # fmt: skip
TEXTS = [*LABELS, "kind", "choice", "p_method", "note"]
SUMMARY = [
    "hypothesis", "spec_id", "specifications", "estimated", "n_counted", "share_predicted_sign",
    "share_significant", "share_predicted_and_significant", "median_effect",
]  # fmt: skip
ALL = "all"


def curves(
    tests: Sequence[PrimaryTest],
    codings: Mapping[str, Coding],
    plans: Sequence[Plan],
    last_year: int,
    tables: Tables,
    by: Bootstrap,
) -> pd.DataFrame:
    """Return the rows of :func:`curve` for all primary tests."""
    found = [
        curve(choices(one, codings, plans, last_year), tables, by)
        for one in told("specification curve", tests)
    ]
    return joined(found, COLUMNS, TEXTS)


def curve(found: Sequence[Choice], tables: Tables, by: Bootstrap) -> pd.DataFrame:
    """Return the estimate of each specification, one row with :data:`COLUMNS` for each.

    P-values and intervals are those of the wild cluster bootstrap, for the primary specification
    by the very draws of the scorecard. ``effect`` is the estimate in standard deviations of the
    disturbance, positive where it has the predicted sign. ``counted`` is 1 where the
    specification counts in the shares of :func:`summary`: it has a p-value and is not
    descriptive for want of events. What cannot be estimated has a row with the reason.
    """
    return frame_of([_row(one, tables, by) for one in found], COLUMNS, TEXTS)


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Return counts and shares by hypothesis and model, and of all models of a hypothesis.

    ``n_counted`` are those with a p-value and enough events; shares and the median are of them.
    """
    by_model = rows.groupby(["hypothesis", "spec_id"], sort=False)
    found = [_shares(str(h), str(s), part) for (h, s), part in by_model]
    found += [_shares(str(h), ALL, part) for h, part in rows.groupby("hypothesis", sort=False)]
    return pd.DataFrame(found, columns=SUMMARY)


def _row(one: Choice, tables: Tables, by: Bootstrap) -> dict[str, object]:
    spec, term = one.tested.spec, one.tested.term
    row: dict[str, object] = {"kind": one.kind, "choice": one.choice, **one.tested.labels}
    try:
        fit = fitted(one.tested.spec_id, spec, tables, one.plan)
        if term not in fit.terms:
            raise EstimationError(f"'{term}' is not in the model")
        factor = one.tested.sign * abs(standardiser(spec.estimator, fit))
    except EstimationError as error:
        return row | {"counted": 0, "note": f"{NOT_ESTIMATED}{error}"}
    estimate, descriptive = float(fit.estimates[term]), few_events(fit)
    test = scorecard_test(fit, term, one.tested.spec_id, by)
    ends = sorted([factor * test.ci_low, factor * test.ci_high])
    return row | {
        "estimate": estimate,
        "std_error": float(fit.std_errors[term]),
        "p_value": test.p_value,
        "p_method": test.p_method,
        "ci_low": test.ci_low,
        "ci_high": test.ci_high,
        "effect": factor * estimate,
        "effect_low": ends[0],
        "effect_high": ends[1],
        "predicted_sign": factor * estimate > 0,
        "counted": not (descriptive or np.isnan(test.p_value)),
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": "; ".join(filter(None, [test.note, descriptive, *fit.notes])),
    }


def _shares(hypothesis: str, spec_id: str, rows: pd.DataFrame) -> dict[str, object]:
    counted = rows[rows["counted"] == 1]
    predicted = counted["predicted_sign"].astype(bool)
    significant = counted["p_value"] < SIGNIFICANT
    return {
        "hypothesis": hypothesis,
        "spec_id": spec_id,
        "specifications": len(rows),
        "estimated": int(rows["estimate"].notna().sum()),
        "n_counted": len(counted),
        "share_predicted_sign": predicted.mean(),
        "share_significant": significant.mean(),
        "share_predicted_and_significant": (predicted & significant).mean(),
        "median_effect": counted["effect"].median(),
    }
