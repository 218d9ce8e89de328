import pytest
from underbalance.check_models import model_faults
from underbalance.config import read_codings, read_groups
from underbalance.errors import Fault
from underbalance.models.design_rows import ROWS
from underbalance.models.estimators import estimators_of
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.registry import read_codebook
from underbalance.specifications import Specification

DELIVERY = {
    "title": "title",
    "role": "primary",
    "outcome": "delivery",
    "estimator": "grouped",
    "years": [1991, 2021],
    "obstacles": ["political", "social"],
}


def faults_of(*changes: dict) -> list[Fault]:
    names = ("a", "b", "c")
    models = {
        name: Specification.model_validate(DELIVERY | change)
        for name, change in zip(names, changes, strict=False)
    }
    return model_faults(models, read_codings(), read_groups(), read_codebook())


def test_sound_specification_has_no_fault():
    conditions = {"only": {"category": "Ships"}, "only_lagged": {"political_components": 4}}
    own = {"controls": ["log_deal_size", "size_unknown"], "categories": ["order_cohort"]}
    beside = {"role": "beside", "sample": "europe"}
    assert faults_of({**conditions, **own, **beside, "rivals": ["threat"]}) == []


@pytest.mark.parametrize(
    ("change", "key", "value", "allowed"),
    [
        ({"outcome": "arrival"}, "outcome", "arrival", "delivery"),
        ({"sample": "nato"}, "sample", "nato", "europe"),
        ({"estimator": "panel"}, "estimator", "panel", "grouped"),
        ({"outcome": "effort"}, "estimator", "grouped", "variance"),
        ({"outcome": "alignment", "estimator": "cox"}, "estimator", "cox", "driscoll_kraay"),
        ({"estimator": "fine_gray"}, "estimator", "fine_gray", "aft_weibull"),
        ({"outcome": "loss", "estimator": "cox"}, "estimator", "cox", "linear_probability"),
        (
            {"outcome": "effort", "estimator": "panel", "categories": ["reversal"]},
            "categories",
            "reversal",
            "no categories",
        ),
        ({"measure": "deliverd"}, "measure", "deliverd", "delivered"),
        ({"measure": "category"}, "measure", "category", "delivered"),
        ({"obstacles": ["politics"]}, "obstacles", "politics", "political"),
        ({"rivals": ["region"]}, "rivals", "region", "economic"),
        ({"rivals": ["treat"]}, "rivals", "treat", "threat"),
        ({"controls": ["log_size"]}, "controls", "log_size", "log_size_or_0"),
        ({"categories": ["colour"]}, "categories", "colour", "order_cohort"),
        ({"without": ["category"]}, "without", "category", "for_other_platform"),
        ({"only": {"colour": 1}}, "only", "colour", "category"),
        ({"only_lagged": {"category": 1}}, "only_lagged", "category", "region"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_key_and_what_can(change, key, value, allowed):
    (fault,) = faults_of(change)
    assert (fault.where, fault.value) == (f"key a.{key}", value)
    assert allowed in fault.allowed.split(", ")


def test_fault_that_others_take_over_is_told_once():
    wrong = {"obstacles": ["politics"]}
    (fault,) = faults_of(wrong, wrong, wrong)
    assert fault.where == "key a.obstacles (and 2 more, such as b)"


def test_misspelt_obstacle_that_is_tested_is_an_unknown_variable_and_nothing_else():
    test = {"hypothesis": "H3", "term": "social", "sign": "-"}
    (fault,) = faults_of({"obstacles": ["political", "socail"], "tests": [test]})
    assert (fault.where, fault.rule) == ("key a.obstacles", "unknown variable")
    assert fault.mend == "did you mean `social`?"


def test_no_more_names_are_told_than_can_be_read():
    (fault,) = faults_of({"obstacles": ["politics"]})
    assert len(fault.allowed.split(", ")) == 16
    assert fault.allowed.split(", ")[0] == "political"


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"rivals": ["log_deal_size"]}, "put it under controls"),
        ({"controls": ["threat"]}, "put it under rivals"),
        ({"only": {"political_components": 4}}, "put it under only_lagged"),
        ({"controls": ["category"]}, "take another one"),
        ({"outcome": "delivry"}, "did you mean `delivery`?"),
        ({"sample": "europa"}, "did you mean `europe`?"),
        ({"sample": "xyz"}, "correct the name, or add the group"),
    ],
)
def test_wrong_name_is_told_with_what_to_do(change, mend):
    (fault,) = faults_of(change)
    assert fault.mend == mend


@pytest.mark.parametrize(
    ("term", "mend"),
    [
        ("economic", "add `economic` to obstacles, or correct the term"),
        ("low_low", "write `low_low: true`, or correct the term"),
        ("political_x_social", "add [political, social] to products, or correct the term"),
        ("polical", "did you mean `political`?"),
    ],
)
def test_test_of_a_term_that_is_not_in_the_model_says_what_would_put_it_there(term, mend):
    (fault,) = faults_of({"tests": [{"hypothesis": "H3", "term": term, "sign": "-"}]})
    assert (fault.where, fault.value) == ("key a.tests", term)
    assert fault.allowed == "political, social"
    assert fault.mend.startswith(mend)


def test_product_of_what_is_not_in_the_model_is_refused():
    (fault,) = faults_of({"products": [["political", "debt"]]})
    assert (fault.where, fault.value) == ("key a.products", "debt")


def test_years_in_which_the_outcome_is_not_known_are_refused():
    (fault,) = faults_of({"years": [1950, 1960]})
    assert fault.where == "key a.years"
    assert (fault.allowed, fault.mend) == (
        "years from 1990 to 2025",
        "write years within [1990, 2025]",
    )


def test_every_outcome_has_rows_for_models():
    assert set(OUTCOMES) | {"lapse"} == set(ROWS)


def test_measure_of_every_outcome_is_that_of_the_catalogue_or_its_event():
    for name, outcome in OUTCOMES.items():
        assert ROWS[name].measure == (outcome.event or outcome.measure), name


def test_estimator_that_the_rows_cannot_carry_is_a_fault_with_all_its_parts():
    (fault,) = faults_of({"outcome": "alignment", "estimator": "cox"})
    assert fault.file == "config/models.yaml"
    assert fault.rule == (
        "the estimator must be one that the rows of the outcome alignment can carry"
    )
    assert fault.allowed.split(", ") == estimators_of("alignment")
    assert fault.mend == "take one of these, or another outcome"
