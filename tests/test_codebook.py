"""The codebook describes every column of every facts and processed table, and nothing else."""

import pytest
from underbalance.coding.describe import with_codings
from underbalance.config import read_codings
from underbalance.export import LONGEST_LABEL, variable_labels
from underbalance.registry import read_codebook
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED, ally_year

LONGEST_NAME = 32  # of a variable in Stata

SCHEMAS = {
    # the columns of country_years are all in ally_year, where they are described
    **{name: schema for name, schema in PROCESSED.items() if name != "country_years"},
    "ally_year": lambda: ally_year(read_codings()),
    **{f"raw.{name}": schema for name, schema in FACTS.items()},
}


def codebook_of_all():
    return with_codings(read_codebook(), read_codings())


@pytest.mark.parametrize("table", sorted(SCHEMAS))
def test_every_column_is_described_once_and_nothing_else(table):
    codebook = codebook_of_all()
    described = codebook.loc[codebook["table"] == table, "name"]
    assert sorted(described) == sorted(SCHEMAS[table]().columns)


def test_codebook_has_no_table_that_is_not_made():
    assert set(read_codebook()["table"]) == set(SCHEMAS)
    assert set(PROCESSED["country_years"]().columns) < set(SCHEMAS["ally_year"]().columns)


@pytest.mark.parametrize("table", sorted(SCHEMAS))
def test_names_and_labels_with_their_units_fit_into_stata(table):
    labels = variable_labels(codebook_of_all(), table)
    assert {n: len(n) for n in labels if len(n) > LONGEST_NAME} == {}
    assert {n: len(t) for n, t in labels.items() if len(t) > LONGEST_LABEL} == {}
    assert all(label.strip() for label in labels.values())


def test_years_of_a_variable_are_in_order():
    years = read_codebook()[["first_year", "last_year"]].replace("", None).dropna(how="all")
    assert (years["first_year"].astype(int) <= years["last_year"].astype(int)).all()
