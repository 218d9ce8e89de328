"""Facts tables and outcomes have names in words."""

from __future__ import annotations

import pytest
from underbalance.present.table_names import WORDS, table_name
from underbalance.registry import read_sources


def test_every_name_of_its_own_is_of_a_facts_table():
    assert set(WORDS) <= set(read_sources()["table"])


def test_no_two_facts_tables_have_one_name():
    tables = read_sources()["table"].unique()
    assert len({table_name(table) for table in tables}) == len(tables)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("milex", "Military expenditure"),
        ("us_aid", "US military aid"),
        ("cabinet_retention", "Cabinet retention"),
        ("exercises", "Military exercises"),
        ("outcome.exercises", "Exercises"),
    ],
)
def test_names_are_words_and_outcomes_keep_theirs(table, name):
    assert table_name(table) == name
