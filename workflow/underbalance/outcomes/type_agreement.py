"""How far the predicted types agree with the observed ones: cross tables and kappa."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.coding.reliability import Bootstrap
from underbalance.outcomes.steadiness import DECADE
from underbalance.schemas.observed_types import MARKS, OBSERVED_TYPES
from underbalance.schemas.typology import TYPES

Numbers = NDArray[Any]
# each mark apart: the obstacle that predicts it
PREDICTED_BY = {"inconsistent": "high_political", "slow": "high_social"}


def type_agreement(
    predicted: pd.DataFrame, observed: pd.DataFrame, bootstrap: Bootstrap
) -> pd.DataFrame:
    """Return how far predicted and observed types, and each mark apart, agree.

    Parameters
    ----------
    predicted : :func:`underbalance.outcomes.predicted_type.predicted_types`.
    observed : :func:`underbalance.outcomes.observed_type.observed_types`.
    bootstrap : how the intervals are drawn: allies are resampled, as the decades of an ally
        hang together. The interval is the percentile interval of the resamples in which
        kappa is defined; the others are counted.

    Returns
    -------
    One row per quantile and measure (``type``: weighted kappa of whole types, where the
    weight of a disagreement is the number of marks that differ; ``inconsistent`` and ``slow``:
    Cohen's kappa of high obstacle and observed mark, in all ally-decades that know both):
    ally_decades, allies, exact_agreement (share), kappa, ci_low, ci_high,
    undefined_resamples.
    """
    rows = []
    for quantile, own in _joined(predicted, observed).groupby("quantile"):
        types = own[(own["predicted_type"] != "") & (own["observed_type"] != "")]
        pairs = types["predicted_type"], types["observed_type"]
        shared = {"quantile": quantile, "measure": "type"}
        rows.append(shared | _agreement(*pairs, types["iso3"], TYPES, OBSERVED_TYPES, bootstrap))
        for mark, obstacle in PREDICTED_BY.items():
            known = own.dropna(subset=[mark, obstacle])
            pairs = known[obstacle].astype(bool), known[mark].astype(bool)
            shared = {"quantile": quantile, "measure": mark}
            codes = (False, True)
            rows.append(shared | _agreement(*pairs, known["iso3"], codes, codes, bootstrap))
    return pd.DataFrame(rows)


def cross_table(predicted: pd.DataFrame, observed: pd.DataFrame, quantile: float) -> pd.DataFrame:
    """Return the number of ally-decades by predicted (rows) and observed type (columns)."""
    joined = _joined(predicted, observed)
    own = joined[joined["quantile"] == quantile]
    counts = pd.crosstab(own["predicted_type"], own["observed_type"])
    return counts.reindex(index=list(TYPES), columns=list(OBSERVED_TYPES), fill_value=0)


def weighted_kappa(counts: Numbers, weights: Numbers) -> Numbers:
    """Return kappa of many cross tables at once.

    kappa = 1 - sum w o / sum w e, where o are the counts, e those expected from the margins
    and w the weights of disagreement (Cohen 1968).

    Parameters
    ----------
    counts : shape (..., rows, columns).
    weights : shape (rows, columns); 0 for agreement.

    Returns
    -------
    Shape (...); nan where no disagreement is expected.
    """
    rows, columns = counts.sum(axis=-1), counts.sum(axis=-2)
    total = counts.sum(axis=(-2, -1))
    observed = (counts * weights).sum(axis=(-2, -1)) * total
    expected = (rows[..., :, None] * columns[..., None, :] * weights).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = np.where(expected > 0, 1 - observed / expected, np.nan)
    return found


def disagreement_weights(rows: tuple[Any, ...], columns: tuple[Any, ...]) -> Numbers:
    """Return in how many marks two types differ; for yes and no 0 or 1."""
    marks: dict[Any, tuple[bool, ...]] = {False: (False,), True: (True,), **MARKS}
    return np.array(
        [
            [sum(a != b for a, b in zip(marks[r], marks[c], strict=True)) for c in columns]
            for r in rows
        ],
        dtype="float64",
    )


def _joined(predicted: pd.DataFrame, observed: pd.DataFrame) -> pd.DataFrame:
    told = observed[[*DECADE, "slow", "inconsistent", "observed_type"]]
    return predicted.merge(told, on=DECADE, how="inner", validate="many_to_one")


def _agreement(
    predicted: pd.Series,
    observed: pd.Series,
    allies: pd.Series,
    rows: tuple[Any, ...],
    columns: tuple[Any, ...],
    bootstrap: Bootstrap,
) -> dict[str, object]:
    weights = disagreement_weights(rows, columns)
    by_ally = _counts_by_ally(predicted, observed, allies, rows, columns)
    resampled = weighted_kappa(_resampled(by_ally, bootstrap), weights)
    defined = resampled[~np.isnan(resampled)]
    tail = (1 - bootstrap.level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail]) if len(defined) else (np.nan, np.nan)
    return {
        "ally_decades": len(predicted),
        "allies": len(by_ally),
        "exact_agreement": float((predicted == observed).mean()),
        "kappa": float(weighted_kappa(by_ally.sum(axis=0), weights)),
        "ci_low": float(low),
        "ci_high": float(high),
        "undefined_resamples": len(resampled) - len(defined),
    }


def _counts_by_ally(
    predicted: pd.Series,
    observed: pd.Series,
    allies: pd.Series,
    rows: tuple[Any, ...],
    columns: tuple[Any, ...],
) -> Numbers:
    """Return the cross table of each ally, shape (allies, rows, columns)."""
    names, place = np.unique(allies.to_numpy(dtype="str"), return_inverse=True)
    counts = np.zeros((len(names), len(rows), len(columns)))
    row, column = predicted.map(rows.index).to_numpy(), observed.map(columns.index).to_numpy()
    np.add.at(counts, (place, row.astype(int), column.astype(int)), 1)
    return counts


def _resampled(by_ally: Numbers, bootstrap: Bootstrap) -> Numbers:
    """Draw allies with replacement; return the cross table of each draw."""
    if len(by_ally) == 0:
        return np.zeros((bootstrap.replications, *by_ally.shape[1:]))
    rng = np.random.default_rng(bootstrap.seed)
    share = np.full(len(by_ally), 1 / len(by_ally))
    drawn = rng.multinomial(len(by_ally), share, size=bootstrap.replications)
    resampled: Numbers = np.einsum("ra,ajk->rjk", drawn, by_ally)
    return resampled
