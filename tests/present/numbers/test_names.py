"""Names of macros."""

from __future__ import annotations

from pathlib import Path

import pytest
from underbalance.present.numbers.names import macro

LIST = Path(__file__).parents[1] / "number_names.txt"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("h2", "holm_p"), "hTwoHolmP"),
        (("commitment", "us_troops_per_1000"), "commitmentUsTroopsPerThousand"),
        (("JPN", "Joint research to SM-3 IIA"), "jpnJointResearchToSmThreeIia"),
        (("", "claims"), "claims"),
        (("claims", "in part"), "claimsInPart"),
        (("primaryModels", "Word"), "primaryModelsWord"),
    ],
)
def test_names_are_camel_case_without_digits(parts: tuple[str, ...], name: str) -> None:
    assert macro(*parts) == name


def test_the_list_of_names_is_sorted_unique_and_of_letters_only() -> None:
    names = LIST.read_text(encoding="utf-8").split()
    assert names == sorted(set(names))
    assert all(name.isascii() and name.isalpha() and name[0].islower() for name in names)
