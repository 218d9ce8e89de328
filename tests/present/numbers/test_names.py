"""Names of macros."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from underbalance.present.numbers.names import macro

ROOT = Path(__file__).parents[3]
LIST = ROOT / "tests/present/number_names.txt"


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


def test_the_documented_names_are_those_of_the_list() -> None:
    names = set(LIST.read_text(encoding="utf-8").split())
    page = (ROOT / "docs/results.md").read_text(encoding="utf-8")
    example = page.partition("```latex")[2].partition("```")[0]
    used = set(re.findall(r"\\([a-z]+[A-Z][A-Za-z]*)", example))
    assert used
    assert used <= names
    endings = set(re.findall(r"`…([A-Z][A-Za-z]+)`", page))
    assert {end for end in endings if not any(name.endswith(end) for name in names)} == set()
    rows = page.partition("| part |")[2].partition("\n\n")[0]
    quoted = set(re.findall(r"`([a-z]+[A-Z][A-Za-z]*)`", rows))
    assert {one for one in quoted if not any(name.startswith(one) for name in names)} == set()
