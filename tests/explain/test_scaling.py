"""Operations of codings, with numbers computed by hand."""

import pytest
from underbalance.explain.operations import recomputed, that_do_not_add_up
from underbalance.explain.tree import Node


def leaf(value, name="x"):
    return Node(name, name, value, "missing")


def over(operation, values, **parameters):
    parts = tuple(leaf(value, f"x{i}") for i, value in enumerate(values))
    return Node("y", "y", None, operation, parameters=parameters, parts=parts)


Z = "sign · (part − mean) / sd"
RESCALED = "(part − low) / (high − low)"
ABOVE = "1 if sign · part is above the cut"


@pytest.mark.parametrize(("sign", "score"), [(1, 1.5), (-1, -1.5)])
def test_z_score_is_turned_by_its_sign(sign, score):
    assert recomputed(over(Z, [5.0], sign=sign, mean=2.0, sd=2.0)) == score


@pytest.mark.parametrize(("sign", "share"), [(1, 0.25), (-1, 0.75)])
def test_rescaled_value_is_a_share_of_the_range(sign, share):
    assert recomputed(over(RESCALED, [1.75], sign=sign, low=1.0, high=4.0)) == share


@pytest.mark.parametrize(("value", "above"), [(3.0, 0.0), (3.1, 1.0)])
def test_value_at_the_cut_is_not_above_it(value, above):
    assert recomputed(over(ABOVE, [value], sign=1, cut=3.0)) == above


def test_sign_of_a_cut_turns_the_value():
    assert recomputed(over(ABOVE, [-4.0], sign=-1, cut=3.0)) == 1.0


@pytest.mark.parametrize("operation", [Z, RESCALED, ABOVE, "sign · part"])
def test_missing_part_makes_a_missing_component(operation):
    numbers = {"sign": 1, "mean": 0.0, "sd": 1.0, "low": 0.0, "high": 1.0, "cut": 0.0}
    assert recomputed(over(operation, [None], **numbers)) is None


def test_mean_is_of_the_known_parts_if_they_are_enough():
    assert recomputed(over("mean of the parts", [1.0, None, 4.0], min_components=2)) == 2.5
    assert recomputed(over("mean of the parts", [1.0, None, 4.0], min_components=3)) is None


def test_weighted_sum_takes_the_weight_of_each_part_by_its_name():
    node = over("weighted sum of the parts", [2.0, 10.0], min_components=2)
    weighed = Node(
        "y",
        "y",
        None,
        node.operation,
        parameters={"min_components": 2, "weight of x1": 0.1, "weight of x0": 0.5},
        parts=node.parts,
    )
    assert recomputed(weighed) == 2.0


def test_known_parts_are_counted():
    assert recomputed(over("number of known parts", [1.0, None, 0.0])) == 2


@pytest.mark.parametrize(
    ("political", "social", "kind"),
    [
        (0.0, 0.0, "effective"),
        (1.0, 0.0, "inconsistent"),
        (0.0, 1.0, "slow"),
        (1.0, 1.0, "failing"),
        (None, 1.0, None),
        (0.0, None, None),
    ],
)
def test_type_is_that_of_table_1(political, social, kind):
    assert recomputed(over("type of high and low parts", [political, social])) == kind


def test_node_that_does_not_add_up_is_found_at_any_depth():
    wrong = Node("inner", "inner", 7.0, "sum of the parts", parts=(leaf(None),))
    outer = Node("outer", "outer", 7.0, "sum of the parts", parts=(wrong,))
    assert [node.name for node in that_do_not_add_up(outer)] == ["inner"]


@pytest.mark.parametrize(("error", "wrong"), [(1e-13, 0), (1e-11, 1)])
def test_differences_up_to_a_trillionth_are_of_rounding(error, wrong):
    part = Node("x", "x", None, "missing")
    half = Node("half", "half", 0.5, "mean of the parts", parts=(part,))
    node = Node("y", "y", 0.5 + error, "sum of the parts", parts=(half,))
    assert [one.name for one in that_do_not_add_up(node)] == ["y"] * wrong + ["half"]
