"""Effects in years: restricted means by g-computation, with resampled clusters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import grouped
from underbalance.models.grouped_years import YearsGained, expected_duration
from underbalance.models.tidy import Fit

REFERENCE = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((REFERENCE / "grouped.json").read_text(encoding="utf-8"))
DEALS = pd.read_csv(REFERENCE / "grouped_simulated.csv")
REGRESSORS = ["social", "threat"]


def fitted(data: pd.DataFrame = DEALS, **settings: Any) -> Fit:
    return grouped.fit(data, "event", REGRESSORS, cluster="ally", **settings)


def years(fit: Fit, **changes: Any) -> YearsGained:
    settings = {"data": DEALS, "term": "social", "spell": ["deal"], "seed": 1, "draws": 60}
    return expected_duration(fit, **{**settings, **changes})


def test_means_equal_g_computation_in_r() -> None:
    found, r = years(fitted()), R["restricted_means"]
    assert found.horizon == 9
    assert found.base == pytest.approx(r["as_they_are"], rel=1e-7)
    assert found.raised == pytest.approx(r["social_plus_one"], rel=1e-7)
    assert found.difference == found.raised - found.base
    assert found.n_spells == DEALS["deal"].nunique()


def test_one_sample_without_covariates_has_the_mean_of_what_was_seen() -> None:
    # Everyone is followed to the event: 2 in year 0, 3 in year 1, 1 in year 2; x does nothing.
    seen = pd.DataFrame({"deal": range(240), "last": [0, 0, 1, 1, 1, 2] * 40})
    rows = seen.loc[seen.index.repeat(seen["last"] + 1)].reset_index(drop=True)
    rows["year"] = rows.groupby("deal").cumcount()
    rows["event"] = rows["year"] == rows["last"]
    rows["x"] = rows["deal"] // 6 % 2
    rows["ally"] = rows["deal"] % 20
    # With event certain in year 2 it shares its hazard with year 1: 160 of 200 at risk.
    fit = grouped.fit(rows, "event", ["x"], duration="year", cluster="ally", min_clusters=21)
    assert fit.terms == ["duration[0]", "duration[1-2]", "x"]
    found = expected_duration(fit, rows, "x", spell=["deal"], seed=1)
    late = 1 - 160 / 200
    assert found.base == pytest.approx(2 / 3 * (1 + late + late**2), rel=1e-6)
    assert found.difference == pytest.approx(0, abs=1e-6)


def test_interval_is_of_resampled_clusters_and_the_same_for_the_same_seed() -> None:
    found = years(fitted(), draws=80)
    assert found.ci_low is not None
    assert found.ci_high is not None
    assert found.ci_low < found.difference < found.ci_high
    again, other = years(fitted(), draws=80), years(fitted(), draws=80, seed=[1, 2])
    assert again == found
    assert other.ci_low != found.ci_low
    narrow = years(fitted(), draws=80, level=0.5)
    assert found.ci_low < (narrow.ci_low or 0) < (narrow.ci_high or 0) < found.ci_high


def test_interval_follows_refits_of_repeated_clusters() -> None:
    fit, allies = fitted(), np.unique(DEALS["ally"])
    drawn = np.random.default_rng(5).multinomial(40, np.full(40, 1 / 40))
    times = DEALS["ally"].map(dict(zip(allies, drawn, strict=True)))
    repeated = DEALS.loc[DEALS.index.repeat(times)].reset_index(drop=True)
    repeated["copy"] = repeated.groupby(["deal", "years_since_order"]).cumcount()
    direct = years(fitted(repeated), data=repeated, spell=["deal", "copy"], horizon=8, draws=20)
    single = years(fit, seed=5, draws=1, horizon=8)
    assert single.ci_low == single.ci_high == pytest.approx(direct.difference, rel=1e-7)


def test_clock_that_begins_at_one_adds_one_to_the_means_and_nothing_to_their_difference() -> None:
    # Nobody can end in year 0 of such a clock (adoption, pledge): the year counts in full.
    later = DEALS.assign(years_since_order=DEALS["years_since_order"] + 1)
    found, zero = years(fitted(later), data=later), years(fitted())
    assert found.horizon == zero.horizon + 1
    assert found.base == pytest.approx(zero.base + 1, rel=1e-9)
    assert found.difference == pytest.approx(zero.difference, rel=1e-9)


def test_shorter_horizon_holds_fewer_years() -> None:
    fit = fitted()
    short, long = years(fit, horizon=3), years(fit)
    assert 0 < short.base < 3
    assert short.base < long.base < 9
    assert 0 < short.difference < long.difference


def test_change_of_sign_shortens_what_it_lengthened() -> None:
    assert years(fitted(), change=-1.0).difference < 0 < years(fitted(), change=0.5).difference


def test_product_rises_with_the_regressor() -> None:
    data = DEALS.assign(both=DEALS["social"] * DEALS["threat"])
    fit = grouped.fit(data, "event", [*REGRESSORS, "both"], cluster="ally")
    found = years(fit, data=data, products={"both": "threat"}, draws=20)
    # The same model in other words: raised, the regressor and product are those of the new rows.
    first = data.drop_duplicates("deal")
    effect = fit.estimates["social"] + fit.estimates["both"] * first["threat"]
    predictor = first[[*REGRESSORS, "both"]] @ fit.estimates[[*REGRESSORS, "both"]] + effect
    hazards = np.exp(fit.estimates.to_numpy()[[0, 1, 2, 3, 4, 5, 6, 6, 6]])
    outlasted = np.exp(-np.outer(np.exp(predictor), hazards.cumsum())).sum(axis=1)
    assert found.raised == pytest.approx(outlasted.mean(), rel=1e-9)
    assert found.raised != pytest.approx(years(fit, data=data, draws=20).raised, rel=1e-4)


def test_too_few_clusters_give_means_without_an_interval() -> None:
    found = years(fitted(min_clusters=41))
    assert (found.ci_low, found.ci_high, found.draws) == (None, None, 0)
    assert found.note == "too few clusters: 40 < 41"


def test_levels_that_vanish_in_a_draw_do_not_stop_it() -> None:
    two = DEALS["ally"].isin(["A05", "A20"])
    rare = DEALS.assign(rare=np.where(two & (DEALS["deal"] % 3 == 0), "rare", "usual"))
    found = years(fitted(rare, categories=["rare"]), data=rare)
    assert found.failed == 0
    assert found.ci_low is not None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"products": {"social_x_threat": "threat"}}, "'social_x_threat' is not a regressor"),
        ({"term": "duration[0]"}, "is not a regressor of the model"),
        ({"horizon": 10}, "the horizon must be 1 to 9, the durations with data, found 10"),
        ({"horizon": 0}, "the horizon must be"),
        ({"data": DEALS.set_index("ally")}, "labels of the rows repeat"),
    ],
)
def test_what_has_no_answer_is_said(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        years(fitted(), **changes)


def test_a_model_without_durations_has_no_years() -> None:
    with pytest.raises(EstimationError, match="the fit has no durations"):
        years(fitted(duration=None))
