"""Contrasts between groups of outcomes, on made-up models whose answers are known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from underbalance.hypotheses.contrasts import (
    INCONSISTENCY,
    SLOWNESS,
    Contrast,
    Member,
    contrast_row,
    effect_rows,
    resample,
)
from underbalance.models.model import Array, Linearised


class Means:
    """A model of means: each term is the mean of its own values by cluster.

    Only the first ``informed`` clusters say something.
    """

    def __init__(self, values: pd.DataFrame, informed: int) -> None:
        self.values, self.says = values, np.arange(len(values)) < informed
        self.terms, self.clusters = list(values.columns), list(values.index)
        self.index = values.index

    def linearised(self, null: Mapping[str, float]) -> Linearised:
        mean = self.values[self.says].mean().to_numpy()
        scores = (self.values.to_numpy() - mean) * self.says[:, None]
        return Linearised(mean, scores, np.eye(len(mean)) * self.says[:, None, None])

    def refit(self, weights: Array) -> Array:
        raise NotImplementedError

    def replaced(self, term: str, values: pd.Series[float]) -> Means:
        raise NotImplementedError


def means(
    values: Mapping[str, float | list[float]], clusters: list[str], informed: int = 99
) -> Means:
    columns = {name: np.broadcast_to(v, len(clusters)) for name, v in values.items()}
    return Means(pd.DataFrame(columns, index=clusters).astype("float64"), informed)


ALLIES = [f"A{i:02d}" for i in range(20)]
H2 = Contrast("H2", "p", INCONSISTENCY, SLOWNESS)
RNG = np.random.default_rng(1)
NOISE = RNG.normal(size=20)


def members(*, same: bool = False) -> list[Member]:
    first = means({"p": 0.5 + NOISE, "s": 0.0}, ALLIES)
    second = means({"p": (0.5 if same else -0.2) + NOISE, "s": 1.0}, ALLIES)
    return [Member("a", INCONSISTENCY, first, 2.0), Member("d", SLOWNESS, second, -2.0)]


def test_contrast_is_the_difference_of_the_mean_standardised_effects() -> None:
    models = [
        Member("a", INCONSISTENCY, means({"p": 0.5}, ALLIES), 2.0),
        Member("b", INCONSISTENCY, means({"p": 0.1}, ALLIES), 1.0),
        Member("d", SLOWNESS, means({"p": -0.2}, ALLIES), -0.5),
    ]
    row = contrast_row(H2, resample(models, ["p"], [1], 50), 0.95)
    assert row["effect"] == pytest.approx((1.0 + 0.1) / 2 - 0.1)
    assert (row["models_more"], row["models_less"], row["draws"]) == (2, 1, 50)


def test_contrast_of_h3_has_the_groups_the_other_way_round() -> None:
    drawn = resample(members(), ["p", "s"], [1], 50)
    row = contrast_row(Contrast("H3", "s", SLOWNESS, INCONSISTENCY), drawn, 0.95)
    assert row["effect"] == pytest.approx(-2.0)


def test_all_models_share_the_draw_of_allies() -> None:
    # Both models add the same noise with opposite factors: in a joint draw the sum cancels.
    drawn = resample(members(same=True), ["p"], [3], 200)
    total = drawn.draws[:, 0, 0] + drawn.draws[:, 1, 0]
    assert drawn.draws[:, 0, 0].std() > 0.1
    np.testing.assert_allclose(total, 0, atol=1e-12)


def test_bootstrap_error_is_that_of_a_mean_over_allies() -> None:
    drawn = resample([Member("a", INCONSISTENCY, members()[0].model, 1.0)], ["p"], [4], 4000)
    (row,) = effect_rows(drawn, 0.95).query("spec_id == 'a'").to_dict("records")
    assert row["std_error"] == pytest.approx(NOISE.std() / np.sqrt(20), rel=0.05)
    assert row["se_high"] - row["effect"] == pytest.approx(2.093 * row["std_error"], rel=1e-3)
    assert row["ci_low"] == pytest.approx(row["effect"] - 1.96 * row["std_error"], abs=0.05)


def test_p_value_is_twice_the_smaller_tail_with_one_added() -> None:
    certain = resample([*certainty(0.3, 0.1)], ["p"], [1], 99)
    assert contrast_row(H2, certain, 0.95)["p_value"] == pytest.approx(0.02)
    nothing = resample([*certainty(0.1, 0.1)], ["p"], [1], 99)
    assert contrast_row(H2, nothing, 0.95)["p_value"] == 1.0


def certainty(first: float, second: float) -> list[Member]:
    pairs = [(INCONSISTENCY, first), (SLOWNESS, second)]
    return [Member(group, group, means({"p": value}, ALLIES), 1.0) for group, value in pairs]


def test_models_with_other_allies_ignore_those_they_do_not_have() -> None:
    models = [
        Member("a", INCONSISTENCY, means({"p": NOISE[:8].tolist()}, ALLIES[:8]), 1.0),
        Member("d", SLOWNESS, means({"p": 0.0}, ALLIES[5:]), 1.0),
    ]
    drawn = resample(models, ["p"], [1], 300)
    assert drawn.allies == 20
    assert np.nanmean(drawn.draws[:, 0, 0]) == pytest.approx(NOISE[:8].mean(), abs=0.1)


def test_a_draw_that_a_model_cannot_carry_is_left_out_for_all_and_counted() -> None:
    models = [
        Member("a", INCONSISTENCY, means({"p": 0.5}, ALLIES, informed=2), 1.0),
        Member("d", SLOWNESS, means({"p": 0.1}, ALLIES), 1.0),
    ]
    drawn = resample(models, ["p"], [1], 400)
    row = contrast_row(H2, drawn, 0.95)
    # neither of two allies is drawn in about 12 % of the samples
    assert 0.07 < row["failed"] / 400 < 0.18
    assert row["draws"] + row["failed"] == 400
    assert row["note"] == f"a failed in {row['failed']} resamples"
    effects = effect_rows(drawn, 0.95).set_index("spec_id")
    assert effects.loc["d", "failed"] == 0
    assert effects.loc["a", "failed"] == row["failed"]


def test_without_a_model_of_one_group_there_is_no_number() -> None:
    drawn = resample(members()[:1], ["p"], [1], 20)
    row = contrast_row(H2, drawn, 0.95)
    assert np.isnan([row["effect"], row["p_value"], row["ci_low"]]).all()
    assert row["note"] == "not estimated: no model of slowness counts"


def test_effects_come_with_their_means_by_group() -> None:
    rows = effect_rows(resample(members(), ["p"], [1], 20), 0.95)
    assert rows["spec_id"].tolist() == ["a", "d", "mean", "mean"]
    assert rows.loc[0, "coefficient"] == pytest.approx(0.5 + NOISE.mean())
    assert rows.loc[0, "effect"] == pytest.approx(2 * rows.loc[0, "coefficient"])
    assert rows["sd"].tolist()[:2] == [0.5, 0.5]


def test_same_seed_draws_the_same_allies() -> None:
    first, again = (resample(members(), ["p"], [7], 30).draws for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, resample(members(), ["p"], [8], 30).draws)


def test_no_models_give_no_numbers() -> None:
    drawn = resample([], ["p"], [1], 5)
    assert np.isnan(contrast_row(H2, drawn, 0.95)["effect"])
    assert isinstance(effect_rows(drawn, 0.95), pd.DataFrame)
