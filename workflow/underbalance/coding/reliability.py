"""How far two coders agree: Krippendorff's alpha by ally-year, and every disagreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from underbalance.clean.legal import in_force
from underbalance.schemas.facts.coded import CODERS

CODES = (0, 1, 2)
# the columns of the two coders, as coded and under the rules made precise afterwards
STAGES = {"before": "value", "after": "clarified"}
PERCENT = 100

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Bootstrap:
    """How the interval of alpha is drawn.

    Parameters
    ----------
    replications : number of resamples of allies.
    seed : of the random numbers.
    level : confidence level of the percentile interval.
    """

    replications: int
    seed: int
    level: float


def reliability(periods: pd.DataFrame, bootstrap: Bootstrap, day: str = "12-31") -> pd.DataFrame:
    """Return Krippendorff's ordinal alpha of each item, before and after the clarifications.

    A unit is an ally-year for which both coders established a value; the value is the one
    in force on ``day``. Years of an ally hang together, so that the interval resamples
    allies: it is the percentile interval of the resamples in which alpha is defined.
    Where a resample holds one value only, no disagreement can be expected and alpha is
    undefined; such resamples are counted.

    Parameters
    ----------
    periods : :func:`underbalance.clean.legal.adjudicated_periods`.
    day : month and day of the value of a year, ``"MM-DD"``.

    Returns
    -------
    Columns item, stage, ally_years, allies, alpha, ci_low, ci_high, percent_agreement,
    undefined_resamples. Source: Krippendorff (2019), Content Analysis, 4th ed., chapter 12.
    """
    years = in_force(periods, day)
    rows = [
        {"item": item, "stage": stage} | _agreement(_pairs(own, column), bootstrap)
        for item, own in years.groupby("item")
        for stage, column in STAGES.items()
    ]
    return pd.DataFrame(rows)


def disagreements(periods: pd.DataFrame) -> pd.DataFrame:
    """Return every period on which the codings differ, as coded or as clarified.

    A value that only one coder established is a difference too.
    """
    differ = pd.Series(False, index=periods.index)
    for column in STAGES.values():
        a, b = (periods[f"{column}_{coder}"].fillna(-1) for coder in CODERS)
        differ |= (a != b).astype(bool)
    kept = ["iso3", "item", "start", "end"]
    kept += [
        f"{column}_{coder}"
        for column in ("value", "clarified", "confidence", "basis", "note")
        for coder in CODERS
    ]
    texts = [name for name in kept if name.startswith(("confidence", "basis", "note"))]
    rows = periods.loc[differ, [*kept, "value", "rule"]].rename(columns={"value": "adjudicated"})
    return rows.fillna(dict.fromkeys(texts, "")).reset_index(drop=True)


def alpha(pairs: pd.DataFrame) -> float:
    """Return Krippendorff's ordinal alpha of pairs of codes; missing if all are the same.

    Parameters
    ----------
    pairs : columns a and b, one row per unit, no missing values.
    """
    codes = pairs[["a", "b"]].to_numpy(dtype="float64").T
    if len(np.unique(codes)) < 2:
        return float("nan")
    return float(
        krippendorff.alpha(codes, value_domain=list(CODES), level_of_measurement="ordinal")
    )


def ordinal_alphas(coincidences: Numbers) -> Numbers:
    """Return Krippendorff's ordinal alpha of many coincidence matrices at once.

    alpha = 1 - (n - 1) sum_ck o_ck d_ck / sum_ck n_c n_k d_ck, where d_ck is the squared
    difference of the mid-ranks of the codes c and k (Krippendorff 2019, chapter 12).

    Parameters
    ----------
    coincidences : shape (..., k, k), symmetric; each pair of codes counts twice.

    Returns
    -------
    Shape (...); nan where only one code is used.
    """
    counts = coincidences.sum(axis=-1)
    mid_ranks = counts.cumsum(axis=-1) - counts / 2
    distances = (mid_ranks[..., :, None] - mid_ranks[..., None, :]) ** 2
    observed = (coincidences * distances).sum(axis=(-2, -1))
    expected = (counts[..., :, None] * counts[..., None, :] * distances).sum(axis=(-2, -1))
    total = counts.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios: Numbers = 1 - (total - 1) * observed / expected
    return ratios


def _pairs(years: pd.DataFrame, column: str) -> pd.DataFrame:
    both = pd.DataFrame(
        {"iso3": years["iso3"], "a": years[f"{column}_a"], "b": years[f"{column}_b"]}
    )
    return both.dropna()


def _agreement(pairs: pd.DataFrame, bootstrap: Bootstrap) -> dict[str, object]:
    resampled = ordinal_alphas(_resampled_coincidences(pairs, bootstrap))
    defined = resampled[~np.isnan(resampled)]
    tail = (1 - bootstrap.level) / 2
    low, high = (
        np.quantile(defined, [tail, 1 - tail]) if len(defined) else (float("nan"), float("nan"))
    )
    return {
        "ally_years": len(pairs),
        "allies": pairs["iso3"].nunique(),
        "alpha": alpha(pairs),
        "ci_low": float(low),
        "ci_high": float(high),
        "percent_agreement": PERCENT * float((pairs["a"] == pairs["b"]).mean()),
        "undefined_resamples": len(resampled) - len(defined),
    }


def _resampled_coincidences(pairs: pd.DataFrame, bootstrap: Bootstrap) -> Numbers:
    """Draw allies with replacement; return the coincidences of each draw, shape (r, k, k)."""
    allies, place = np.unique(pairs["iso3"].to_numpy(dtype="str"), return_inverse=True)
    a, b = (pairs[coder].to_numpy(dtype="int64") for coder in CODERS)
    by_ally = np.zeros((len(allies), len(CODES), len(CODES)))
    np.add.at(by_ally, (place, a, b), 1)
    np.add.at(by_ally, (place, b, a), 1)
    # the same seed each time: before and after are seen on the same draws of allies
    rng = np.random.default_rng(bootstrap.seed)
    share = np.full(len(allies), 1 / len(allies))
    drawn = rng.multinomial(len(allies), share, size=bootstrap.replications)
    resampled: Numbers = np.einsum("ra,ajk->rjk", drawn, by_ally)
    return resampled
