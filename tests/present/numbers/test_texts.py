"""How numbers are printed."""

from __future__ import annotations

import math

import pytest
from underbalance.present.numbers.number import NOT_ESTIMATED, Source, Wanted
from underbalance.present.numbers.texts import tex_of, text_of


def wanted(kind: str, missing: str = NOT_ESTIMATED) -> Wanted:
    return Wanted("name", kind, "unit", "What.", Source("t.csv", {}, "x"), missing)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (-0.29538, "coefficient", "−0.295"),
        (-0.0004, "coefficient", "0.000"),
        (0.744, "ratio", "0.74"),
        (math.inf, "ratio", "∞"),
        (-25.571, "percent", "−25.6"),
        (0.0272, "p", "0.027"),
        (0.0004, "p", "< 0.001"),
        (0.0004, "p with its name", "p < 0.001"),
        (0.0272, "p with its name", "p = 0.027"),
        (21670, "count", "21,670"),
        (2012, "year", "2012"),
        (0, "count in words", "none"),
        (12, "count in words", "12"),
        (4.0, "median", "4"),
        (0.0747, "median", "0.07"),
        (10.0, "median", "10"),
        (0.95, "share", "95"),
        ("slower", "word", "slower"),
        ("JPN", "ally", "Japan"),
    ],
)
def test_each_kind_is_rounded_by_its_rule(value: float | str, kind: str, text: str) -> None:
    assert text_of(value, wanted(kind), {"JPN": "Japan"}) == text


def test_a_number_that_is_not_there_says_so() -> None:
    assert text_of(None, wanted("p"), {}) == "not estimated"
    assert text_of(None, wanted("p", "not given"), {}) == "not given"


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("−0.295", r"\ensuremath{-}0.295"),
        ("< 0.001", r"\ensuremath{<} 0.001"),
        ("p < 0.001", r"\ensuremath{p < 0.001}"),
        ("−∞", r"\ensuremath{-}\ensuremath{\infty}"),
        ("not supported", "not supported"),
    ],
)
def test_signs_are_good_in_prose_and_in_mathematics(text: str, tex: str) -> None:
    assert tex_of(text) == tex
