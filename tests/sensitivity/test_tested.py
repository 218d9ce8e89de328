"""Which terms are tried, and how a specification is varied."""

from __future__ import annotations

from collections.abc import Callable

from underbalance.config import read_codings
from underbalance.sensitivity.tested import primary_tests
from underbalance.specifications import Specification, read_models

Spec = Callable[..., Specification]


def test_obstacles_of_h2_and_h3_and_products_of_h4_are_tried() -> None:
    found = {(one.spec_id, one.hypothesis, one.term) for one in primary_tests(read_models())}
    assert ("effort", "H2", "political_lag1") in found
    assert ("delivery", "H3", "social_lag1") in found
    assert ("delivery_product", "H4", "political_x_social_lag1") in found
    assert {hypothesis for _, hypothesis, _ in found} == {"H2", "H3", "H4"}
    assert len(found) == 13


def test_beside_and_robustness_models_are_not_tried(spec: Spec) -> None:
    specs = {"a": spec(), "b": spec(role="beside"), "c": spec(role="robustness")}
    assert [one.spec_id for one in primary_tests(specs)] == ["a"]


def test_sign_is_that_of_the_prediction(spec: Spec) -> None:
    tests = [{"hypothesis": "H2", "term": "political", "sign": "-"}]
    (one,) = primary_tests({"a": spec(tests=tests)})
    assert one.sign == -1


def test_another_coding_takes_the_place_in_obstacle_product_and_term(spec: Spec) -> None:
    tests = [{"hypothesis": "H4", "term": "political_x_social", "sign": "+"}]
    given = spec(obstacles=["political", "social"], products=[["political", "social"]], tests=tests)
    (one,) = primary_tests({"a": given})
    other = one.with_coding("social", "social_pca")
    assert other.spec.obstacles == ("political", "social_pca")
    assert other.spec.products == (("political", "social_pca"),)
    assert other.term == "political_x_social_pca_lag1"
    assert other.variables == ("political", "social_pca")


def test_every_tried_variable_is_a_coding() -> None:
    codings = read_codings()
    tried = {name for one in primary_tests(read_models()) for name in one.variables}
    assert tried == {"political", "social"}
    assert tried <= set(codings)
