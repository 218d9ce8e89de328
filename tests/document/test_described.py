from functools import partial

import pytest
from underbalance.config import read_codings
from underbalance.document.described import (
    facts_tables,
    processed_file,
    processed_tables,
    title_of,
)
from underbalance.errors import FaultsError
from underbalance.registry import read_codebook
from underbalance.schemas.facts import FACTS


@pytest.fixture
def codebook(project):
    return read_codebook()


def test_title_is_the_first_paragraph_of_the_docstring():
    def schema():
        """Arms deals of the register, one row per deal:
        all of them.

        More about it.
        """

    assert title_of(schema) == "Arms deals of the register, one row per deal: all of them"
    assert title_of(partial(schema)) == title_of(schema)


def test_title_leaves_out_that_a_schema_is_returned():
    def schema():
        """Return the schema of what was dropped."""

    assert title_of(schema) == "What was dropped"


def test_every_table_has_a_title_a_key_and_its_columns_in_order(codebook):
    tables = facts_tables(codebook) | processed_tables(codebook, read_codings())
    assert [t.name for t in tables.values() if not t.title or not t.key] == []
    for table in tables.values():
        assert list(table.variables["name"]) == list(table.schema.columns)


def test_facts_tables_are_those_that_have_a_schema(codebook):
    facts = facts_tables(codebook)
    assert list(facts) == list(FACTS)
    assert facts["milex"].name == "raw.milex"
    assert facts["milex"].file == "data/raw/milex.csv"
    assert facts["milex"].key == ["iso3", "year"]


def test_outcomes_have_a_folder_of_their_own():
    assert processed_file("outcome.effort") == "data/processed/outcomes/effort.csv"
    assert processed_file("ally_year") == "data/processed/ally_year.csv"


def test_column_that_is_not_described_is_told_with_the_line_to_add(codebook):
    lacking = codebook[(codebook["table"] != "raw.milex") | (codebook["name"] != "share_gdp")]
    with pytest.raises(FaultsError, match=r"add a line that begins with raw\.milex,share_gdp,"):
        facts_tables(lacking)
