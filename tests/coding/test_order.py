from underbalance.coding.order import circle_faults, in_order, used_by
from underbalance.config import Coding, read_codings


def of(*variables: str) -> Coding:
    return Coding(
        label="l",
        concept="social",
        transform="z",
        aggregate="mean",
        components=[{"variable": v, "sign": 1} for v in variables],
        min_components=1,
    )


CODINGS = {"c": of("a", "b"), "b": of("a"), "a": of("debt"), "d": of("enpp")}


def test_parts_come_before_what_is_made_of_them():
    assert list(in_order(CODINGS)) == ["a", "b", "c", "d"]


def test_only_what_a_name_is_made_of_is_used_by_it():
    assert list(used_by(CODINGS, ["b", "year"])) == ["a", "b"]
    assert list(used_by(read_codings(), ["social"])) == ["economic", "legal", "social"]


def test_coding_that_leads_into_a_circle_without_being_in_it_is_not_told():
    circle = {"a": of("b"), "b": of("a"), "c": of("a")}
    assert [fault.value for fault in circle_faults(circle)] == ["a → b → a"]
    assert circle_faults(CODINGS) == []
