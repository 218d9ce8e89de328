"""Least squares by clusters: what a regression on the changed data would give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models import panel
from underbalance.models.linear import LinearModel
from underbalance.models.model import Model

TERMS = ["x1", "x2"]


def unbalanced(entities: int = 12, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frames = []
    for entity in range(entities):
        years = np.sort(rng.choice(np.arange(2000, 2012), rng.integers(5, 12), replace=False))
        x = rng.normal(size=(len(years), 2)) + entity / 5 + (years[:, None] - 2000) / 10
        y = x @ [1.0, -0.5] + rng.normal(size=len(years)) + rng.normal()
        frames.append(pd.DataFrame({"iso3": f"A{entity:02d}", "year": years, "y": y}))
        frames[-1][TERMS] = x
    return pd.concat(frames, ignore_index=True)


def model(data: pd.DataFrame, cluster: str = "iso3") -> LinearModel:
    found = panel.fit(data, "y", TERMS, cluster=cluster).model
    assert isinstance(found, LinearModel)
    return found


def slopes(found: Model, estimates: np.ndarray | None = None) -> np.ndarray:
    values = found.linearised({}).estimates if estimates is None else estimates
    return values[[found.terms.index(term) for term in TERMS]]


def explicit(data: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The design with every dummy and its least-squares solution."""
    dummies = [
        pd.get_dummies(data["iso3"], dtype=float),
        pd.get_dummies(data["year"], dtype=float, drop_first=True),
    ]
    design = pd.concat([data[TERMS], *dummies], axis=1)
    return design, np.linalg.lstsq(design.to_numpy(), data["y"].to_numpy(), rcond=None)[0]


def test_weights_of_one_give_the_estimates() -> None:
    found = model(unbalanced())
    np.testing.assert_allclose(found.refit(np.ones(12)), found.estimates, rtol=1e-10)


def test_weight_zero_is_the_regression_without_the_cluster() -> None:
    data = unbalanced()
    found = model(data)
    for left_out, name in enumerate(found.clusters[:3]):
        weights = np.ones(12)
        weights[left_out] = 0
        _, expected = explicit(data[data["iso3"] != name])
        np.testing.assert_allclose(slopes(found, found.refit(weights)), expected[:2], rtol=1e-9)


def test_counts_are_the_regression_with_clusters_repeated_as_new_entities() -> None:
    data = unbalanced()
    found = model(data)
    counts = np.random.default_rng(7).multinomial(12, np.ones(12) / 12)
    assert counts.max() > 1
    assert counts.min() == 0
    copies = [
        data[data["iso3"] == name].assign(iso3=f"{name}-{copy}")
        for name, count in zip(found.clusters, counts, strict=True)
        for copy in range(count)
    ]
    _, expected = explicit(pd.concat(copies))
    np.testing.assert_allclose(slopes(found, found.refit(counts)), expected[:2], rtol=1e-9)


def test_entities_across_clusters_stand_as_dummies_and_may_be_reweighted() -> None:
    data = unbalanced().assign(decade=lambda d: (d["year"] % 4).astype(str))
    found = model(data, cluster="decade")
    assert "iso3[A03]" in found.terms
    weights = np.array([1.0, 2.0, 3.0, 0.5])
    design, _ = explicit(data)
    root = np.sqrt(weights[data["decade"].astype(int)])
    expected = np.linalg.lstsq(design.to_numpy() * root[:, None], data["y"] * root, rcond=None)[0]
    np.testing.assert_allclose(slopes(found, found.refit(weights)), expected[:2], rtol=1e-9)


def test_a_term_known_from_one_cluster_is_nan_without_it_and_the_others_are_not() -> None:
    data = unbalanced().assign(x2=lambda d: d["x2"].where(d["iso3"] == "A04", 0.0))
    found = model(data)
    weights = np.where(np.array(found.clusters) == "A04", 0.0, 1.0)
    x1, x2 = slopes(found, found.refit(weights))
    expected = panel.fit(data[data["iso3"] != "A04"], "y", ["x1"]).estimates["x1"]
    assert x1 == pytest.approx(expected, rel=1e-9)
    assert np.isnan(x2)


def test_a_year_seen_only_in_clusters_left_out_does_not_harm_the_slopes() -> None:
    data = unbalanced()
    late = pd.DataFrame({"iso3": ["A00", "A01"], "year": 2100, "y": [0.0, 1.0], "x1": 1.0})
    data = pd.concat([data, late.assign(x2=[0.5, 0.0])], ignore_index=True)
    found = model(data).replaced("x1", data["x1"])
    weights = np.where(np.isin(found.clusters, ["A00", "A01"]), 0.0, 1.0)
    estimates = found.refit(weights)
    lost = {term for term, value in zip(found.terms, estimates, strict=True) if np.isnan(value)}
    assert lost  # the year has no row, or it was the reference of the others
    assert all(term.startswith("year[") for term in lost)
    _, expected = explicit(data[~data["iso3"].isin(["A00", "A01"])])
    np.testing.assert_allclose(slopes(found, estimates), expected[:2], rtol=1e-9)


def test_restricted_scores_are_those_of_the_regression_with_dummies_under_the_null() -> None:
    data = unbalanced()
    found = model(data)
    null = {"x1": 0.3}
    at = found.linearised(null)
    design, _ = explicit(data)
    others = design.drop(columns="x1").to_numpy()
    offset = (data["y"] - 0.3 * data["x1"]).to_numpy()
    residual = offset - others @ np.linalg.lstsq(others, offset, rcond=None)[0]
    expected = pd.Series(residual * data["x1"]).groupby(data["iso3"]).sum()
    # The part of x1 that its own entity's dummy explains has no residual to meet.
    column = found.terms.index("x1")
    np.testing.assert_allclose(at.scores[:, column] * found.variance, expected, atol=1e-9)
    free = [j for j in range(len(found.terms)) if j != column]
    np.testing.assert_allclose(at.scores[:, free].sum(axis=0), 0, atol=1e-9)
    assert at.estimates[column] == 0.3


def test_the_model_is_linear_at_every_distance() -> None:
    found = model(unbalanced())
    here, there = found.linearised({}), found.linearised({"x1": -4.0, "x2": 9.0})
    moved = here.scores - here.information @ (there.estimates - here.estimates)
    np.testing.assert_allclose(there.scores, moved, atol=1e-8)
    np.testing.assert_allclose(here.scores.sum(axis=0), 0, atol=1e-9)


def test_inverse_of_the_information_is_the_conventional_covariance() -> None:
    data = unbalanced()
    found = model(data)
    inverse = np.linalg.inv(found.linearised({}).information.sum(axis=0))
    design, solution = explicit(data)
    values = design.to_numpy()
    residual = data["y"].to_numpy() - values @ solution
    s2 = residual @ residual / (len(data) - values.shape[1])
    expected = s2 * np.linalg.inv(values.T @ values)
    columns = [found.terms.index(term) for term in TERMS]
    np.testing.assert_allclose(inverse[np.ix_(columns, columns)], expected[:2, :2], rtol=1e-8)


def test_sandwich_of_scores_and_information_is_the_covariance_of_the_fit() -> None:
    fit = panel.fit(unbalanced(), "y", TERMS)
    assert fit.model is not None
    at = fit.model.linearised({})
    half = at.scores @ np.linalg.inv(at.information.sum(axis=0))
    sandwich = fit.extra["cluster_factor"] * half.T @ half
    columns = [fit.model.terms.index(term) for term in TERMS]
    np.testing.assert_allclose(sandwich[np.ix_(columns, columns)], fit.covariance, rtol=1e-10)


def test_replaced_is_the_regression_on_the_other_regressor_without_its_missing_rows() -> None:
    data = unbalanced()
    other = pd.Series(np.random.default_rng(3).normal(size=len(data)), index=data.index)
    other.iloc[5:12] = np.nan
    replaced = model(data).replaced("x2", other)
    expected = panel.fit(data.assign(x2=other), "y", TERMS)
    np.testing.assert_allclose(slopes(replaced), expected.estimates, rtol=1e-9)
    assert set(replaced.index) == set(data.index[other.notna()])


def test_replaced_by_itself_is_the_same_model() -> None:
    data = unbalanced().sample(frac=1, random_state=2)
    found = model(data)
    same = found.replaced("x1", data["x1"])
    np.testing.assert_allclose(same.estimates, found.estimates, rtol=1e-10)
    assert same.terms == found.terms


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (lambda d: d["x1"] * np.nan, "'x2' is missing in all"),
        (lambda d: d["x1"] + np.inf, "'x2' is missing .* or infinite"),
        (lambda d: d["x1"] * 2, "'x2' is constant or collinear"),
        (lambda d: d["iso3"].str[1:].astype(float) / 3, "'x2' is constant or collinear"),
    ],
)
def test_a_replacement_that_cannot_be_estimated_is_said_by_name(values, said: str) -> None:  # type: ignore[no-untyped-def]
    data = unbalanced()
    with pytest.raises(EstimationError, match=said):
        model(data).replaced("x2", values(data))


def test_names_that_are_no_terms_and_weights_of_zero_are_refused() -> None:
    found = model(unbalanced())
    with pytest.raises(EstimationError, match="no term 'x9'"):
        found.linearised({"x9": 0.0})
    with pytest.raises(EstimationError, match="no regressor 'year"):
        found.replaced("year[2003]", pd.Series(dtype=float))
    with pytest.raises(EstimationError, match="no cluster has a weight"):
        found.refit(np.zeros(12))
