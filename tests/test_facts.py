"""The committed facts tables: what may be shipped, and that they are what they say."""

from pathlib import Path

import pandas as pd
import pytest
from underbalance.add_ally.request import Request
from underbalance.add_ally.rivals import rivals_of
from underbalance.add_ally.schema import schema_of
from underbalance.check_facts import YEARLY
from underbalance.registry import (
    RAW_FOLDER,
    SOURCES_FILE,
    is_covered,
    read_allies,
    read_sources,
)
from underbalance.schemas import lists
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
# tables that this project coded and worded itself; the rules of the coding limit their text
OWN_WORDS = ("legal_constraints", "missile_defence_events", "seed_claims")
# titles of notices are works of the US government, which no one owns
PUBLIC_TEXTS = {"notifications": ["system"]}
# an election after the last whole year of its source is kept, the others have no year
DATED = dict.fromkeys(YEARLY, "year") | {"deals": "order_year"}


# the example files of an ally that is not listed, which are shipped, too
EXAMPLE = Path("docs/examples/egypt")


def facts(table: str) -> pd.DataFrame:
    return read_table(RAW_FOLDER / f"{table}.csv", FACTS[table]())


def with_example(table: str) -> pd.DataFrame:
    path = EXAMPLE / f"{table}.csv"
    rows = [facts(table)]
    if path.is_file():
        rivals = rivals_of(Request("EGY", folder=EXAMPLE), read_allies())
        rivals.named |= set(pd.read_csv(EXAMPLE / "rivalries.csv")["rival"])
        rows.append(read_table(path, schema_of(table, "EGY", rivals)))
    return pd.concat(rows, ignore_index=True)


@pytest.mark.parametrize("table", sorted(FACTS))
def test_every_facts_table_passes_its_schema_and_has_rows(table):
    assert len(facts(table))


def test_less_than_a_tenth_of_sipris_register_is_shipped_in_all_tables_together():
    # A row of an older register or of the events that was found in the register is that deal
    # and counts once. Those not found count as deals of their own: events by SIPRI's id,
    # open deals by their case, though some may be one deal under two numbers.
    shipped = set(with_example("deals")["deal_id"]) | set(with_example("deal_notes")["deal_id"])
    events, vintages = with_example("deal_events"), with_example("deal_vintages")
    for table in (events, vintages):
        shipped |= set(table["deal_id"].dropna())
    found = set(vintages.loc[vintages["deal_id"].notna(), "case"])
    unfound = set(vintages["case"]) - found
    unmatched = set(events.loc[events["deal_id"].isna(), "sipri_id"])
    assert len(shipped) + len(unfound) + len(unmatched) < SIPRI_SHARE * REGISTER_DEALS


@pytest.mark.parametrize("table", ["deal_events", "deal_vintages"])
def test_every_deal_that_was_found_again_is_a_shipped_deal_of_the_same_ally(table):
    rows = facts(table).dropna(subset="deal_id")
    iso3 = rows["deal_id"].map(facts("deals").set_index("deal_id")["iso3"])
    assert iso3.equals(rows["iso3"])


def test_two_roads_from_sipris_id_lead_to_the_same_row_of_the_register():
    events = facts("deal_events").drop_duplicates("sipri_id").set_index("sipri_id")["deal_id"]
    old = facts("deal_vintages").query("vintage == '2018-01'").set_index("vintage_deal")["deal_id"]
    both = pd.DataFrame({"events": events, "vintages": old}).dropna()
    assert len(both) > 100
    assert (both["events"] == both["vintages"]).all()


def test_a_row_of_the_register_is_one_deal_of_the_events_and_one_of_each_older_register():
    events = facts("deal_events").drop_duplicates("sipri_id").dropna(subset="deal_id")
    assert events["deal_id"].is_unique
    assert (
        not facts("deal_vintages").dropna(subset="deal_id").duplicated(["vintage", "deal_id"]).any()
    )


def f35(iso3: str) -> dict:
    deals = facts("deal_vintages").query("vintage == '2018-01' and designation == 'F-35A JSF'")
    (row,) = deals[deals["iso3"] == iso3].to_dict("records")
    return row


def test_turkeys_order_of_100_f35_is_lost():
    # Turkey was taken out of the programme: White House, 17 July 2019
    row = f35("TUR")
    assert (row["vintage_deal"], row["number_ordered"]) == (30294, 100)
    assert row["fate_2024_03"] == row["fate_2026_05"] == "not_found"


@pytest.mark.parametrize(
    ("iso3", "ordered", "before_2024"),
    [
        ("NLD", 37, "delivered"),
        ("KOR", 40, "delivered"),
        # Norway's last two of 52 came on 1 April 2025 (Norwegian Ministry of Defence)
        ("NOR", 52, "partly"),
    ],
)
def test_f35_orders_that_were_delivered_are_found_again(iso3, ordered, before_2024):
    row = f35(iso3)
    assert (row["number_ordered"], row["fate_2024_03"]) == (ordered, before_2024)
    assert row["fate_2026_05"] == "delivered"


def test_canadas_four_c17_came_two_in_2007_and_two_in_2008():
    # Royal Canadian Air Force: CC-177 deliveries from August 2007 to April 2008
    events = facts("deal_events").query("sipri_id == 39007")
    assert events[["delivery_year", "number_delivered"]].to_numpy().tolist() == [
        [2007, 2],
        [2008, 2],
    ]


def test_icelands_only_order_is_a_patrol_ship_and_not_from_the_usa():
    # ICGV Thor, ordered from ASMAR of Chile
    orders = facts("arms_orders").query("iso3 == 'ISL' and deals_all > 0")
    assert orders[["year", "deals_all", "deals_usa"]].to_numpy().tolist() == [[2006, 1, 0]]


def test_us_orders_by_year_are_those_of_the_deals():
    orders = facts("arms_orders").query("year >= 1990").set_index(["iso3", "year"])
    deals = facts("deals").rename(columns={"order_year": "year"}).groupby(["iso3", "year"])
    counted = deals.size().reindex(orders.index, fill_value=0)
    assert (orders["deals_usa"] == counted).all()
    assert orders["tiv_usa"].sum() == pytest.approx(facts("deals")["tiv_order"].sum())


def test_fewer_figures_of_military_expenditure_are_shipped_than_sipri_allows():
    figures = with_example("milex")[["share_gdp", "constant_usd_m"]].notna().sum().sum()
    figures += with_example("milex_releases")["local_currency_m"].notna().sum()
    assert figures < SIPRI_FIGURES


def test_every_table_of_the_example_has_a_source_that_lets_it_be_shipped():
    sources = read_table(EXAMPLE / "sources.csv", lists.sources())
    assert set(sources["redistribution"]) <= {"derived", "facts"}
    tables = {path.stem for path in EXAMPLE.glob("*.csv")} - {"sources", "rivals"}
    assert tables == set(sources["table"]) - {"us_trade"}


@pytest.mark.parametrize("table", sorted(set(FACTS) - set(OWN_WORDS)))
def test_no_cell_is_long_enough_to_be_somebodys_sentence(table):
    texts = with_example(table).select_dtypes("str").drop(columns=PUBLIC_TEXTS.get(table, []))
    longest = texts.apply(lambda column: column.str.len().max())
    assert longest.max() <= LONGEST_NAME, longest.idxmax()


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [("legal_constraints", "note", 20), ("missile_defence_events", "summary", 25)],
)
def test_own_texts_are_as_short_as_the_rules_of_the_coding_say(table, column, words):
    assert with_example(table)[column].str.split().str.len().max() <= words


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
    covered = is_covered(
        read_sources(), table, rows.get("iso3", rows.get("state")), rows[DATED[table]], source
    )
    assert len(rows)
    assert rows[~covered].empty


@pytest.mark.parametrize("table", sorted(FACTS))
def test_rows_are_sorted_so_that_a_change_shows_as_a_change(table):
    key = [name for name in FACTS[table]().unique if name != "source"]
    keys = facts(table)[key]
    # leaders and commitments are sorted by ally and start within it, rivals of the USA by state
    if "start" in key:
        keys = keys[key[:1]]
    assert keys.equals(keys.sort_values(list(keys.columns), kind="stable", ignore_index=True))
