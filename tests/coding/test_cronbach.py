import numpy as np
import pytest
from underbalance.coding.cronbach import (
    alpha_without,
    correlations,
    first_share,
    item_rest,
    mean_correlation,
    raw_alpha,
    standardised_alpha,
)


def equally_correlated(count: int, r: float) -> np.ndarray:
    return np.full((count, count), r) + (1 - r) * np.eye(count)


def test_alpha_of_two_components_by_hand():
    # variances 4 and 1, covariance 1: r = 1 / 2; the sum has variance 4 + 1 + 2 = 7
    covariance = np.array([[4.0, 1.0], [1.0, 1.0]])
    assert raw_alpha(covariance) == pytest.approx(2 * (1 - 5 / 7))
    assert standardised_alpha(covariance) == pytest.approx(2 * 0.5 / 1.5)


@pytest.mark.parametrize(("count", "r"), [(2, 0.3), (4, 0.5), (7, 0.0), (3, -0.4), (5, 1.0)])
def test_alpha_has_its_closed_form_when_all_correlations_are_the_same(count, r):
    matrix = equally_correlated(count, r)
    expected = count * r / (1 + (count - 1) * r)
    assert standardised_alpha(matrix) == pytest.approx(expected)
    assert raw_alpha(matrix) == pytest.approx(expected)


def test_standardised_alpha_does_not_depend_on_units_and_raw_alpha_does():
    covariance = np.array([[4.0, 1.0, 0.5], [1.0, 1.0, 0.2], [0.5, 0.2, 3.0]])
    units = np.diag([100.0, 1.0, 0.1])
    rescaled = units @ covariance @ units
    assert standardised_alpha(rescaled) == pytest.approx(standardised_alpha(covariance))
    assert raw_alpha(rescaled) < 0.1 < raw_alpha(covariance)


def test_components_that_go_against_each_other_have_negative_alpha():
    assert standardised_alpha(equally_correlated(2, -0.5)) == pytest.approx(-2)


def test_components_that_cancel_out_have_no_alpha():
    matrix = equally_correlated(2, -1)
    assert np.isnan(standardised_alpha(matrix))
    assert np.isnan(raw_alpha(matrix))


def test_many_matrices_give_what_each_gives_alone():
    rng = np.random.default_rng(4)
    draws = rng.normal(size=(5, 30, 4))
    matrices = np.stack([np.cov(one, rowvar=False) for one in draws])
    for statistic in (standardised_alpha, raw_alpha, mean_correlation):
        assert statistic(matrices) == pytest.approx([float(statistic(one)) for one in matrices])


def test_one_component_and_none_have_no_alpha():
    for count in (0, 1):
        assert np.isnan(standardised_alpha(np.eye(count)))
        assert np.isnan(raw_alpha(np.eye(count)))
        assert np.isnan(first_share(np.eye(count)))


def test_matrix_with_a_component_without_variance_has_no_alpha():
    matrices = np.stack([equally_correlated(3, 0.5)] * 2)
    matrices[1, 2, 2] = np.nan
    assert np.isnan(standardised_alpha(matrices)).tolist() == [False, True]
    assert np.isnan(raw_alpha(matrices)).tolist() == [False, True]
    assert np.isnan(first_share(matrices[1]))


def test_first_share_is_the_largest_eigenvalue_of_the_correlations():
    covariance = np.array([[9.0, 2.0, 0.0], [2.0, 4.0, 1.0], [0.0, 1.0, 1.0]])
    correlation = np.array([[1, 1 / 3, 0], [1 / 3, 1, 1 / 2], [0, 1 / 2, 1]])
    assert correlations(covariance) == pytest.approx(correlation)
    assert first_share(covariance) == pytest.approx(np.linalg.eigvalsh(correlation)[-1] / 3)
    # by hand: the eigenvalues are 1 and 1 ± √(1/9 + 1/4)
    assert first_share(covariance) == pytest.approx((1 + np.sqrt(13) / 6) / 3)


def test_first_share_of_unrelated_components_is_one_over_their_number():
    assert first_share(np.diag([1.0, 5.0, 9.0, 2.0])) == pytest.approx(1 / 4)


def test_item_rest_by_hand():
    # the others of the first: variance 1 + 1 + 2 · 0.5 = 3, covariance with it 0.5 + 0.25
    matrix = np.array([[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]])
    assert item_rest(matrix)[0] == pytest.approx(0.75 / np.sqrt(3))
    assert item_rest(matrix)[1] == pytest.approx(1 / np.sqrt(2.5))


def test_alpha_without_a_component_is_that_of_the_others():
    matrix = np.array([[1, 0.5, 0.25], [0.5, 1, 0.6], [0.25, 0.6, 1]])
    expected = [2 * r / (1 + r) for r in (0.6, 0.25, 0.5)]
    assert alpha_without(matrix) == pytest.approx(expected)
    assert np.isnan(alpha_without(np.eye(2))).all()
