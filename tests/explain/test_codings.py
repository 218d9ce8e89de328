"""Indices: their components, nested ones, and their place among the reference ally-years."""

import pytest
from underbalance.config import Coding
from underbalance.explain.codings import coding_node, node_of
from underbalance.explain.operations import that_do_not_add_up
from underbalance.explain.variables import variable_node

YEARS = [2000, 2001, 2002, 2003]
# reference rows 2000 to 2002: mean 2, standard deviation 1
POLARIZATION = [1.0, 2.0, 3.0, 4.0]
DIVIDED = [1.0, 2.0, 3.0, None]


def coding(*variables, concept="political", **settings):
    parts = [{"variable": v, "sign": s, **more} for v, s, more in variables]
    standard = {"transform": "z", "aggregate": "mean", "min_components": 1}
    stated = {"label": "An index", "concept": concept, "components": parts}
    return Coding.model_validate(stated | standard | settings)


@pytest.fixture
def facts(made_up):
    """Return a function that makes facts with given codings and their coded columns."""

    def make(codings, **columns):
        table = {
            "polarization": POLARIZATION,
            "divided_control": DIVIDED,
            "in_reference": [True, True, True, False],
            **columns,
        }
        rows = [
            {"iso3": "JPN", "year": year} | {name: values[i] for name, values in table.items()}
            for i, year in enumerate(YEARS)
        ]
        made = made_up(rows, {"institutions": rows})
        vars(made)["codings"] = codings
        return made

    return make


def test_index_is_the_mean_of_turned_z_scores(facts):
    index = coding(("polarization", 1, {}), ("divided_control", -1, {}))
    made = facts({"test_index": index}, test_index=[0.0, 0.0, 0.0, 2.0])
    node = coding_node(made, "JPN", 2002, "test_index")
    assert [part.value for part in node.parts] == [1.0, -1.0]
    assert [part.name for part in node.parts] == ["z_polarization", "z_divided_control"]
    assert that_do_not_add_up(node) == []


def test_component_that_is_not_known_is_left_out_of_the_mean(facts):
    index = coding(("polarization", 1, {}), ("divided_control", -1, {}))
    made = facts({"test_index": index}, test_index=[0.0, 0.0, 0.0, 2.0])
    assert that_do_not_add_up(coding_node(made, "JPN", 2003, "test_index")) == []


def test_too_few_components_make_a_missing_index_that_names_them(facts):
    index = coding(("polarization", 1, {}), ("divided_control", 1, {}), min_components=2)
    made = facts({"test_index": index}, test_index=[-1.0, 0.0, 1.0, None])
    node = coding_node(made, "JPN", 2003, "test_index")
    assert that_do_not_add_up(node) == []
    assert node.note.endswith("Missing: 1 known; not known: divided_control")
    assert node.place == {}


def test_count_is_the_sum_of_what_is_above_the_quantile(facts):
    settings = {"transform": "above", "quantile": 0.75, "aggregate": "sum"}
    index = coding(("polarization", 1, {}), **settings)
    made = facts({"test_index": index}, test_index=[0.0, 0.0, 1.0, 1.0])
    node = coding_node(made, "JPN", 2002, "test_index")
    # between 2 and 3, the second and the third of three: 2.5
    assert node.parts[0].parameters["cut"] == 2.5
    assert that_do_not_add_up(node) == []


def test_rescaled_component_states_its_range(facts):
    index = coding(("polarization", -1, {"range": [0, 4]}), transform="rescale")
    made = facts({"test_index": index}, test_index=[0.75, 0.5, 0.25, 0.0])
    node = coding_node(made, "JPN", 2002, "test_index")
    assert that_do_not_add_up(node) == []
    assert node.parts[0].parameters == {"sign": -1, "low": 0.0, "high": 4.0}


def test_first_component_is_a_sum_with_its_weights(facts):
    index = coding(
        ("polarization", 1, {}),
        ("divided_control", 1, {}),
        aggregate="first_component",
        min_components=2,
    )
    # two variables that are the same in the reference rows: weights of 1 / sqrt(2)
    made = facts({"test_index": index}, test_index=[-(2**0.5), 0.0, 2**0.5, None])
    node = coding_node(made, "JPN", 2002, "test_index")
    assert node.parameters["weight of z_polarization"] == pytest.approx(0.5**0.5)
    assert that_do_not_add_up(node) == []


def test_coding_made_of_another_is_explained_down_to_its_variables(facts):
    inner = coding(("polarization", 1, {}))
    outer = coding(("inner", 1, {}))
    made = facts(
        {"outer": outer, "inner": inner}, inner=[-1.0, 0.0, 1.0, 2.0], outer=[-1.0, 0.0, 1.0, 2.0]
    )
    node = coding_node(made, "JPN", 2003, "outer")
    assert that_do_not_add_up(node) == []
    assert node.parts[0].parts[0].parts[0].parts[0].rows[0].table == "institutions"


def test_place_counts_the_reference_rows_only(facts):
    made = facts({"test_index": coding(("polarization", 1, {}))}, test_index=[-1.0, 0.0, 1.0, 2.0])
    place = coding_node(made, "JPN", 2002, "test_index").place
    assert place["reference ally-years"] == 3
    assert place["percent of them below"] == pytest.approx(200 / 3)
    assert place["threshold (quantile 0.5)"] == 0.0
    assert place["high"] is True


def test_value_at_the_threshold_is_not_high(facts):
    made = facts({"test_index": coding(("polarization", 1, {}))}, test_index=[-1.0, 0.0, 1.0, 2.0])
    assert coding_node(made, "JPN", 2001, "test_index").place["high"] is False


def test_number_of_components_is_counted_from_them(facts):
    index = coding(("polarization", 1, {}), ("divided_control", 1, {}))
    columns = {"political": [-1.0, 0.0, 1.0, 2.0], "political_components": [2, 2, 2, 1]}
    made = facts({"political": index}, **columns)
    node = node_of(made, "JPN", 2003, "political_components")
    assert that_do_not_add_up(node) == []


def test_z_score_is_explained_as_component_of_its_primary_coding(facts):
    columns = {"political": [-1.0, 0.0, 1.0, 2.0], "z_polarization": [-1.0, 0.0, 1.0, 2.0]}
    made = facts({"political": coding(("polarization", 1, {}))}, **columns)
    node = node_of(made, "JPN", 2003, "z_polarization")
    assert that_do_not_add_up(node) == []
    assert node.parts[0].name == "polarization"


def test_explanation_is_held_to_the_coded_value(facts):
    made = facts({"test_index": coding(("polarization", 1, {}))}, test_index=[-1.0, 0.0, 1.5, 2.0])
    assert [n.name for n in that_do_not_add_up(coding_node(made, "JPN", 2002, "test_index"))] == [
        "test_index"
    ]


def test_variable_said_to_be_missing_is_held_to_the_coded_value(made_up):
    facts = made_up(
        [{"iso3": "TWN", "year": 2000, "ratification_hurdle": 3.0}],
        {"ratification": [{"iso3": "JPN", "ratification_hurdle": 2.0}]},
    )
    node = variable_node(facts, "TWN", 2000, "ratification_hurdle")
    assert that_do_not_add_up(node) == [node]
