import pytest
from underbalance.check_models import model_faults
from underbalance.config import read_codings, read_groups
from underbalance.errors import Fault
from underbalance.models.design_rows import ROWS
from underbalance.models.estimators import estimators_of
from underbalance.outcomes.catalogue import OUTCOMES
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
    return model_faults(models, read_codings(), read_groups())


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
        ({"rivals": ["region"]}, "rivals", "region", "threat"),
        ({"rivals": ["log_deal_size"]}, "rivals", "log_deal_size", "threat"),
        ({"controls": ["category"]}, "controls", "category", "log_size_or_0"),
        ({"categories": ["colour"]}, "categories", "colour", "order_cohort"),
        ({"without": ["category"]}, "without", "category", "for_other_platform"),
        ({"only": {"colour": 1}}, "only", "colour", "category"),
        ({"only_lagged": {"category": 1}}, "only_lagged", "category", "political_components"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_key_and_what_can(change, key, value, allowed):
    (fault,) = faults_of(change)
    assert (fault.where, fault.value) == (f"specification a, {key}", value)
    assert allowed in fault.allowed.split(", ")


def test_fault_that_others_take_over_is_told_once():
    wrong = {"obstacles": ["politics"]}
    (fault,) = faults_of(wrong, wrong, wrong)
    assert fault.where == "specification a and 2 more, obstacles"


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
