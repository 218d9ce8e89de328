"""Effects of a Cox model in units of time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import cox
from underbalance.models.cox import CoxFit

RATE, SLOPE = 0.2, -0.5


def spells(n: int = 400, clusters: int = 20, seed: int = 2) -> pd.DataFrame:
    """Exponential durations, of rate 0.2·exp(−x/2), seen for up to ten years."""
    random = np.random.default_rng(seed)
    x = random.normal(size=n)
    years = random.exponential(np.exp(-SLOPE * x) / RATE)
    until = random.uniform(8, 10, n)
    return pd.DataFrame(
        {
            "start": 0.0,
            "stop": np.minimum(years, until),
            "event": years <= until,
            "x": x,
            "z": random.normal(size=n),
            "iso3": [f"A{i % clusters:02d}" for i in range(n)],
            "region": np.where(x > 0, "east", "west"),
        }
    )


def fitted(rows: pd.DataFrame, **choices: Any) -> CoxFit:
    return cox.fit(rows, "x + z", cluster="iso3", **choices)


def row_of(table: pd.DataFrame, measure: str = "restricted mean") -> pd.Series[Any]:
    return table.set_index("measure").loc[measure]


def test_effect_on_the_restricted_mean_is_that_of_the_exponential_law() -> None:
    rows = spells(3000)
    found = row_of(fitted(rows).duration_effect("x", change=1, horizon=8, draws=0))
    rate = RATE * np.exp(SLOPE * rows["x"].to_numpy())
    mean = [((1 - np.exp(-8 * r)) / r).mean() for r in (rate, rate * np.exp(SLOPE))]
    assert found["as_observed"] == pytest.approx(mean[0], abs=0.1)
    assert found["effect"] == pytest.approx(mean[1] - mean[0], abs=0.05)


def test_restricted_mean_of_one_row_is_the_area_under_its_survival_curve() -> None:
    rows = spells()
    fit = fitted(rows, strata="region")
    found = row_of(fit.duration_effect("x", change=1, horizon=7, over=rows.index[[3]], draws=0))
    for column, more in [("as_observed", 0), ("changed", 1)]:
        values = {"x": rows.loc[3, "x"] + more, "z": rows.loc[3, "z"]}
        curve = fit.baseline(values).query("stratum == @rows.region[3] and time < 7")
        lengths = np.diff(np.concatenate([[0], curve["time"], [7]]))
        area = lengths @ np.concatenate([[1], curve["survival"]])
        assert found[column] == pytest.approx(area, rel=1e-10)


def test_interval_is_that_of_refits_with_clusters_drawn() -> None:
    fit = fitted(spells(200))
    found = row_of(fit.duration_effect("x", change=1, horizon=5, draws=40, seed=9))
    rows = spells(200)
    random = np.random.default_rng(9)
    names = sorted(set(rows["iso3"]))
    effects = []
    for counts in random.multinomial(20, np.full(20, 1 / 20), size=40):
        weighted = rows.assign(count=rows["iso3"].map(dict(zip(names, counts, strict=True))))
        again = fitted(weighted, weights="count")
        effects.append(row_of(again.duration_effect("x", change=1, horizon=5, draws=0))["effect"])
    np.testing.assert_allclose(
        [found["ci_low"], found["ci_high"]], np.quantile(effects, [0.025, 0.975]), rtol=1e-8
    )
    assert found["draws"] == 40


def test_change_is_a_standard_deviation_unless_given_and_median_is_reported_when_reached() -> None:
    rows = spells()
    table = fitted(rows).duration_effect("x", draws=0)
    assert set(table["change"].round(9)) == {round(rows["x"].std(ddof=0), 9)}
    median = row_of(table, "median")
    assert median["as_observed"] < median["changed"]
    early = fitted(rows).duration_effect("x", horizon=1, draws=0)
    assert early["measure"].tolist() == ["restricted mean"]


def test_rows_to_average_over_can_be_chosen_so_that_split_spells_count_once() -> None:
    rows = spells()
    cut = rows["stop"] / 2
    later = rows.assign(start=cut, x=rows["x"]).set_index(rows.index + 1000)
    split = pd.concat([rows.assign(stop=cut, event=False), later])
    choices: Any = {"change": 1, "horizon": 6, "draws": 0}
    whole = fitted(rows).duration_effect("x", **choices)
    once = fitted(split).duration_effect("x", over=rows.index, **choices)
    np.testing.assert_allclose(once["effect"], whole["effect"], rtol=1e-9)


def test_too_few_clusters_have_no_interval_and_the_note_says_so() -> None:
    found = row_of(fitted(spells(clusters=5)).duration_effect("x"))
    assert found["note"] == "too few clusters: 5 < 10"
    assert np.isnan(found["ci_low"])
    assert found["draws"] == 0


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"term": "y"}, "no term 'y'"),
        ({"term": "x", "horizon": 99}, "the horizon must be above 0 and at most"),
        ({"term": "x", "horizon": 0}, "the horizon must be above 0"),
        ({"term": "x", "over": pd.Index([-1])}, "no row of the model"),
    ],
)
def test_impossible_questions_are_refused_by_name(choices: dict[str, Any], reason: str) -> None:
    with pytest.raises(EstimationError, match=reason):
        fitted(spells()).duration_effect(**choices)


@pytest.mark.simulation
def test_intervals_cover_the_effect_in_years() -> None:
    covered = []
    for seed in range(60):
        rows = spells(400, clusters=40, seed=seed)
        rate = RATE * np.exp(SLOPE * np.random.default_rng(0).normal(size=20000))
        mean = [((1 - np.exp(-8 * r)) / r).mean() for r in (rate, rate * np.exp(SLOPE))]
        fit = cox.fit(rows, "x", cluster="iso3")
        found = row_of(fit.duration_effect("x", change=1, horizon=8, draws=99, seed=seed))
        covered.append(found["ci_low"] <= mean[1] - mean[0] <= found["ci_high"])
    assert 0.85 <= np.mean(covered) <= 1
