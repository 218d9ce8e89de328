import pytest
import yaml
from underbalance.errors import Fault, FaultsError
from underbalance.models import terms
from underbalance.specifications import parse_models, predictions, read_models

EXECUTION = {
    "title": "title",
    "role": "primary",
    "outcome": "execution",
    "estimator": "panel",
    "years": [1991, 2021],
    "obstacles": ["political", "social"],
    "rivals": ["threat", "log_gdp"],
    "tests": [{"hypothesis": "H2", "term": "political", "sign": "+"}],
    "note": "of its own",
}


def parsed(**entries):
    return parse_models(entries, "models.yaml")


def faults_of(**entries) -> tuple[Fault, ...]:
    with pytest.raises(FaultsError) as error:
        parsed(**entries)
    return error.value.faults


# --- the shipped file ----------------------------------------------------------------------


STEADINESS = {"effort", "execution", "alignment", "sourcing", "exercises"}
PACE = {"commitment", "delivery", "adoption", "agreement", "pledge"}
PLANNED = {
    "H1": {f"{outcome}_low_low" for outcome in STEADINESS | PACE},
    "H2": STEADINESS,
    "H3": PACE,
    "H4": {"loss", "lapse", "delivery_product"},
}


def test_primary_models_are_those_of_the_plan():
    found: dict[str, set[str]] = {}
    for name, spec in read_models().items():
        for test in spec.tests if spec.role == "primary" else ():
            found.setdefault(test.hypothesis, set()).add(name)
    assert found == PLANNED


def test_primary_models_predict_the_signs_of_the_plan():
    signs = {
        (test.hypothesis, test.term, test.sign)
        for spec in read_models().values()
        if spec.role == "primary"
        for test in spec.tests
    }
    assert signs == {
        ("H1", "low_low", "-"),  # steadier
        ("H1", "low_low", "+"),  # a higher hazard: faster
        ("H2", "political", "+"),
        ("H3", "social", "-"),
        ("H4", "political_x_social", "+"),  # loss and lapse
        ("H4", "political_x_social", "-"),  # delivery
    }


def test_every_primary_model_has_both_obstacles_all_rivals_and_ends_with_the_threat():
    for name, spec in read_models().items():
        if spec.role == "primary":
            assert spec.obstacles == ("political", "social"), name
            assert spec.rivals == ("threat", "us_troops_per_1000", "log_gdp", "gdp_share"), name
            assert spec.years in {(1991, 2021), (1991, 2010)}, name


def test_models_without_threat_have_all_years():
    models = read_models()
    without = {name for name, spec in models.items() if "threat" not in spec.rivals}
    planned = set().union(*(PLANNED[hypothesis] for hypothesis in ("H2", "H3", "H4")))
    assert without == {f"{name}_no_threat" for name in planned}
    assert all(models[name].years[1] in (2010, 2024) for name in without)


# --- like ------------------------------------------------------------------------------------


def test_entry_takes_over_all_but_title_and_role_of_the_one_it_is_like():
    models = parsed(
        a=EXECUTION, b={"like": "a", "title": "b", "role": "beside", "years": [2000, 2001]}
    )
    assert models["b"] == models["a"].model_copy(
        update={"title": "b", "role": "beside", "years": (2000, 2001)}
    )


def test_caveat_of_a_note_is_taken_over_unless_there_is_an_own_one():
    like = {"like": "a", "title": "b", "role": "beside"}
    models = parsed(a=EXECUTION, b=like, c=like | {"note": "other"})
    assert [models[name].note for name in "abc"] == ["of its own", "of its own", "other"]


def test_entry_may_be_like_one_that_is_like_another():
    b = {"like": "a", "title": "b", "role": "beside", "years": [2000, 2001]}
    c = {"like": "b", "title": "c", "role": "beside", "rivals": []}
    models = parsed(c=c, b=b, a=EXECUTION)
    assert (models["c"].years, models["c"].rivals) == ((2000, 2001), ())


def test_title_and_role_must_be_said_anew():
    found = faults_of(a=EXECUTION, b={"like": "a"})
    assert [fault.where for fault in found] == ["key b.title", "key b.role"]


def test_circle_of_like_is_refused_for_each_that_is_in_it():
    found = faults_of(a={"like": "b"}, b={"like": "a"})
    assert [(fault.where, fault.value) for fault in found] == [
        ("key a.like", "a → b → a"),
        ("key b.like", "b → a → b"),
    ]


def test_like_something_that_is_not_there_names_what_is():
    (fault,) = faults_of(a=EXECUTION, b={"like": "x", "title": "b", "role": "beside"})
    assert (fault.where, fault.value, fault.allowed) == ("key b.like", "x", "a")


def test_unknown_like_is_told_once_with_the_closest_of_many():
    many = {f"entry_{number}": EXECUTION for number in range(40)}
    wrong = {"like": "executoin", "title": "b", "role": "beside"}
    after = {"like": "b", "title": "c", "role": "beside"}
    (fault,) = faults_of(**many, execution=EXECUTION, b=wrong, c=after)
    assert (fault.where, fault.mend) == ("key b.like", "did you mean `execution`?")
    assert fault.allowed.split(", ")[0] == "execution"
    assert fault.allowed.endswith(", … (27 more)")


# --- faults ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "where", "told"),
    [
        ({"role": "main"}, "key a.role", "'primary'"),
        ({"estimator": "ols"}, "key a.estimator", "'panel'"),
        ({"years": [2025, 1990]}, "key a.years", "must not be after the last"),
        ({"years": [1990]}, "key a.years", "[first, last]"),
        ({"years": 1991}, "key a.years", "[first, last]"),
        ({"years": [1991, "x"]}, "key a.years.1", "integer"),
        ({"every": 0}, "key a.every", "greater than or equal to 1"),
        ({"obstacles": []}, "key a.obstacles", "at least 1 item"),
        ({"rivals": ["social"]}, "key a", "enters a model once"),
        ({"controls": ["x", "x"]}, "key a", "enters a model once"),
        ({"products": [["political", "social"]] * 2}, "key a", "enters a model once"),
        (
            {"low_low": True, "products": [["political", "social"]]},
            "key a.products",
            "low_low takes the place",
        ),
        ({"hypothesis": "H2"}, "key a.hypothesis", "unknown key"),
    ],
)
def test_wrong_key_is_told_with_its_entry_and_what_is_allowed(change, where, told):
    (fault,) = faults_of(a=EXECUTION | change)
    assert fault.where == where
    assert told in f"{fault.rule} {fault.allowed}"


@pytest.mark.parametrize(
    ("tests", "where", "told"),
    [
        (
            [{"hypothesis": "H9", "term": "political", "sign": "+"}],
            "key a.tests.0.hypothesis",
            "H1",
        ),
        ([{"hypothesis": "H2", "term": "political", "sign": "up"}], "key a.tests.0.sign", "'+'"),
        (EXECUTION["tests"] * 2, "key a.tests", "tested once"),
        ([{"hypothesis": "R1", "term": "political", "sign": "+"}], "key a.tests", "by themselves"),
        (
            [
                {"hypothesis": "H2", "term": "political", "sign": "+"},
                {"hypothesis": "H3", "term": "social", "sign": "-"},
            ],
            "key a.tests",
            "same sign",
        ),
    ],
)
def test_wrong_test_is_told(tests, where, told):
    (fault,) = faults_of(a=EXECUTION | {"tests": tests})
    assert fault.where == where
    assert told in f"{fault.rule} {fault.allowed}"


def test_years_the_wrong_way_round_are_told_the_right_way():
    (fault,) = faults_of(a=EXECUTION | {"years": [2021, 1991]})
    assert (fault.value, fault.mend) == ("[2021, 1991]", "write [1991, 2021]")


def test_misspelt_estimator_is_told_with_the_closest():
    (fault,) = faults_of(a=EXECUTION | {"estimator": "pannel"})
    assert fault.mend == "did you mean `panel`?"


def test_product_cannot_stand_beside_the_indicator_of_low_obstacles():
    test = {"hypothesis": "H1", "term": "low_low", "sign": "-"}
    change = {"low_low": True, "products": [["political", "social"]], "tests": [test]}
    (fault,) = faults_of(a=EXECUTION | change)
    assert "there are no products" in fault.rule


def test_faults_of_every_entry_are_told_at_once(tmp_path):
    path = tmp_path / "models.yaml"
    wrong = {"a": EXECUTION | {"role": "main"}, "B": EXECUTION}
    path.write_text(yaml.safe_dump(wrong), encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        read_models(path)
    assert {fault.where for fault in error.value.faults} == {"key a.role", "name B"}


# --- terms and tests -----------------------------------------------------------------------


def test_terms_are_obstacles_products_rivals_and_then_controls():
    change = {"products": [["political", "social"]], "controls": ["size"]}
    spec = parsed(a=EXECUTION | change)["a"]
    assert terms.regressors(spec) == [
        "political_lag1",
        "social_lag1",
        "political_x_social_lag1",
        "threat_lag1",
        "log_gdp_lag1",
        "size",
    ]
    assert terms.obstacle_terms(spec) == terms.regressors(spec)[:3]


def test_indicator_of_low_obstacles_takes_their_place():
    test = {"hypothesis": "H1", "term": "low_low", "sign": "-"}
    spec = parsed(a=EXECUTION | {"low_low": True, "tests": [test]})["a"]
    assert terms.regressors(spec) == ["low_low_lag1", "threat_lag1", "log_gdp_lag1"]


def test_rivals_are_tested_by_themselves_with_the_opposite_sign():
    spec = parsed(a=EXECUTION)["a"]
    assert terms.tested_terms(spec) == (
        terms.Predicted("H2", "political_lag1", 1),
        terms.Predicted("R1", "threat_lag1", -1),
    )


def test_rivals_are_tested_only_where_obstacles_are_for_their_own_sake():
    test = {"hypothesis": "H1", "term": "low_low", "sign": "-"}
    low = parsed(a=EXECUTION | {"low_low": True, "tests": [test]})["a"]
    assert [one.hypothesis for one in predictions(low)] == ["H1"]
    assert predictions(parsed(a=EXECUTION | {"tests": []})["a"]) == ()
