"""Permutation of histories across allies against models estimated anew on permuted data."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import panel
from underbalance.models.inference import permutation_test
from underbalance.models.tidy import Fit

ALLIES = ["A", "B", "C", "D", "E"]
YEARS = range(2000, 2008)


class Orders:
    """In place of a generator: hands out the orders it was given, one after the other."""

    def __init__(self, orders):
        self.orders = iter(orders)

    def permutation(self, n):
        order = np.array(next(self.orders))
        assert len(order) == n
        return order


@pytest.fixture
def data() -> pd.DataFrame:
    """Ally E has rows in the first five years only."""
    rng = np.random.default_rng(5)
    keys = pd.MultiIndex.from_product([ALLIES, YEARS], names=["iso3", "year"])
    rows = keys.to_frame(index=False)
    rows["x"], rows["z"] = rng.normal(size=(2, len(rows)))
    rows["y"] = 0.5 * rows["x"] + rng.normal(size=len(rows))
    rows.index += 100  # labels are not positions
    return rows[(rows["iso3"] != "E") | (rows["year"] < 2005)]


@pytest.fixture
def histories(data) -> pd.DataFrame:
    """The regressor, also in the years in which ally E has no row."""
    late = pd.DataFrame({"iso3": "E", "year": [2005, 2006, 2007], "x": [0.1, -0.2, 0.4]})
    return pd.concat([data[["iso3", "year", "x"]], late]).sample(frac=1, random_state=1)


def fitted(data: pd.DataFrame) -> Fit:
    return panel.fit(data, "y", ["x", "z"])


def test_p_counts_permuted_histories_with_a_clustered_t_as_large(data, histories):
    orders = list(permutations(range(5)))[::4]  # 30 of 120
    known = histories.set_index(["iso3", "year"])["x"]
    found = []
    for order in orders:
        donor = dict(zip(ALLIES, [ALLIES[number] for number in order], strict=True))
        keys = zip(data["iso3"].map(donor), data["year"], strict=True)
        fit = fitted(data.assign(x=[known[key] for key in keys]))
        found.append(abs(fit.estimates["x"] / fit.std_errors["x"]))
    own = found[0]  # the first order leaves everyone in place
    expected = (1 + sum(t >= own * (1 - 1e-9) for t in found)) / 31
    result = permutation_test(
        fitted(data), "x", rows=data, histories=histories, random=Orders(orders), permutations=30
    )
    assert result.p_value == pytest.approx(expected, abs=1e-12)
    assert abs(result.statistic) == pytest.approx(own, rel=1e-9)
    assert result.draws == 30
    assert result.note == "rows with a donor's value: 100 % on average"
    assert np.isnan([result.ci_low, result.ci_high, result.std_error]).all()


def test_everyone_with_their_own_history_ties_with_the_sample(data, histories):
    result = permutation_test(
        fitted(data), "x", rows=data, histories=histories, random=Orders([range(5)] * 9),
        permutations=9,
    )  # fmt: skip
    assert result.p_value == 1


def test_rows_without_a_value_of_the_donor_are_left_out_and_counted(data, histories):
    # without the late years of E, whoever has its history keeps five of eight rows
    known = histories[(histories["iso3"] != "E") | (histories["year"] < 2005)]
    swap = [4, 1, 2, 3, 0]  # A has E's history, E has A's
    fit = fitted(data)
    result = permutation_test(
        fit, "x", rows=data, histories=known, random=Orders([swap]), permutations=1
    )
    values = known.set_index(["iso3", "year"])["x"]
    donor = dict(zip(ALLIES, [ALLIES[number] for number in swap], strict=True))
    keys = pd.MultiIndex.from_arrays([data["iso3"].map(donor), data["year"]])
    other = fitted(data.assign(x=values.reindex(keys).to_numpy()))
    assert other.n == 37 - 3
    assert result.note == f"rows with a donor's value: {100 * 34 / 37:.0f} % on average"
    g, (n, k) = 5, (other.n, other.extra["n_parameters"])
    factor = g / (g - 1) * (n - 1) / (n - k)
    own_factor = g / (g - 1) * (fit.n - 1) / (fit.n - fit.extra["n_parameters"])
    theirs = abs(other.estimates["x"] / other.std_errors["x"]) * factor**0.5
    ours = abs(result.statistic) * own_factor**0.5
    assert result.p_value == (1.0 if theirs >= ours else 0.5)


def test_same_generator_gives_the_same_p(data, histories):
    def p_value(seed):
        random = np.random.default_rng(seed)
        return permutation_test(
            fitted(data), "x", rows=data, histories=histories, random=random, permutations=15
        ).p_value

    assert p_value(1) == p_value(1)
    assert len({p_value(seed) for seed in range(3)}) > 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda h: h.rename(columns={"x": "w"}), "no history of 'x'"),
        (lambda h: pd.concat([h, h.tail(1)]), "repeats an ally and year, first"),
        (lambda h: h[h["iso3"] != "B"], "no history of 'x' for B"),
        (lambda h: h.assign(x=h["x"].where(h["iso3"] != "C")), "no history of 'x' for C"),
    ],
)
def test_history_that_cannot_be_permuted_is_refused_by_name(data, histories, change, reason):
    with pytest.raises(EstimationError, match=reason):
        permutation_test(
            fitted(data), "x", rows=data, histories=change(histories),
            random=np.random.default_rng(1), permutations=9,
        )  # fmt: skip


def test_p_is_refused_when_too_many_permutations_cannot_be_estimated(data, histories):
    # known in one year of four allies, so that time effects absorb what they hand on
    known = histories[(histories["iso3"] == "A") | (histories["year"] == 2000)]
    with pytest.raises(EstimationError, match=r"only \d+ of 20 permutations can be estimated"):
        permutation_test(
            fitted(data), "x", rows=data, histories=known, random=np.random.default_rng(1),
            permutations=20,
        )  # fmt: skip
