"""The catalogue itself: as many mistakes as promised, of every file, and of sound files."""

from collections import Counter

import pandas as pd
import pytest
from bad_input import extension_cases, facts_cases, list_cases, originals_cases, yaml_cases
from bad_input.case import READERS, read
from underbalance.schemas.facts import FACTS

CASES = [*yaml_cases.CATALOGUE, *list_cases.CATALOGUE, *facts_cases.CATALOGUE]
OF_ADDED = extension_cases.CATALOGUE
FILES = [*READERS, *(f"data/raw/{table}.csv" for table in FACTS)]


def test_there_are_at_least_ninety_mistakes_with_names_of_their_own():
    names = [case.id for case in [*CASES, *OF_ADDED]] + [r.id for r in originals_cases.ALWAYS]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert len(names) >= 90


def test_every_list_setting_and_facts_table_has_a_mistake():
    assert sorted(set(FILES) - {case.file for case in CASES}) == []


def test_every_mistake_that_is_refused_says_what_must_be_told():
    assert [case.id for case in [*CASES, *OF_ADDED] if case.end != "same" and not case.told] == []


@pytest.mark.parametrize("file", FILES)
def test_file_is_sound_before_it_is_damaged(file, light_project):
    found = read(file)
    assert not isinstance(found, pd.DataFrame | dict) or len(found)
