"""The committed facts tables: what may be shipped, and that they are what they say."""

from pathlib import Path

import pandas as pd
import pytest
from underbalance.check_facts import YEARLY
from underbalance.registry import RAW_FOLDER, SOURCES_FILE, is_covered, read_sources
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table

# SIPRI's terms of use: less than 10 % of a database. The trade register of 2026-05 has 29,916
# deals (SOURCE.yaml of sipri_arms_transfers); for military expenditure SIPRI itself counts
# 10 % as 3,500 country-year figures (front page of its workbook).
REGISTER_DEALS = 29_916
SIPRI_SHARE = 0.10
SIPRI_FIGURES = 3_500
# the longest cell is a kind of weapon of 49 characters, "fighter/ground-attack/electronic
# warfare aircraft"; comments of the register and reasons of a compilation are longer
LONGEST_NAME = 50
# an election after the last whole year of its source is kept, the others have no year
DATED = dict.fromkeys(YEARLY, "year") | {"deals": "order_year"}


def facts(table: str) -> pd.DataFrame:
    return read_table(RAW_FOLDER / f"{table}.csv", FACTS[table]())


@pytest.mark.parametrize("table", sorted(FACTS))
def test_every_facts_table_passes_its_schema_and_has_rows(table):
    assert len(facts(table))


@pytest.mark.parametrize("table", ["deals", "deal_notes"])
def test_less_than_a_tenth_of_sipris_register_is_shipped(table):
    assert len(facts(table)) < SIPRI_SHARE * REGISTER_DEALS


def test_fewer_figures_of_military_expenditure_are_shipped_than_sipri_allows():
    figures = facts("milex")[["share_gdp", "constant_usd_m"]].notna().sum().sum()
    figures += facts("milex_releases")["local_currency_m"].notna().sum()
    assert figures < SIPRI_FIGURES


@pytest.mark.parametrize("table", sorted(FACTS))
def test_no_cell_is_long_enough_to_be_somebodys_sentence(table):
    texts = facts(table).select_dtypes("str")
    longest = texts.apply(lambda column: column.str.len().max())
    assert longest.max() <= LONGEST_NAME, longest.idxmax()


def test_every_deal_has_one_row_of_notes():
    assert facts("deals")["deal_id"].equals(facts("deal_notes")["deal_id"])


def dated_sources() -> list[tuple[str, str]]:
    # read before the fixture `project` has set the working directory
    sources = read_sources(Path(__file__).parents[1] / SOURCES_FILE)
    rows = sources[sources["table"].isin(list(DATED))]
    return list(zip(rows["table"], rows["source"], strict=True))


@pytest.mark.parametrize(("table", "source"), dated_sources())
def test_rows_lie_in_the_coverage_that_the_registry_states_for_their_source(table, source):
    rows = facts(table)
    rows = rows[rows["source"] == source] if "source" in rows else rows
    covered = is_covered(read_sources(), table, rows["iso3"], rows[DATED[table]], source)
    assert len(rows)
    assert rows[~covered].empty


@pytest.mark.parametrize("table", sorted(FACTS))
def test_rows_are_sorted_so_that_a_change_shows_as_a_change(table):
    key = [name for name in FACTS[table]().unique if name != "source"]
    keys = facts(table)[key]
    # leaders and commitments are sorted by ally and start within it
    if "start" in key:
        keys = keys[["iso3"]]
    assert keys.equals(keys.sort_values(list(keys.columns), kind="stable", ignore_index=True))
