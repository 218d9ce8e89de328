import pandas as pd
from underbalance.clean.governments import governments_by_year, retention_by_year
from underbalance.registry import RAW_FOLDER, read_allies, read_sources
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table


def retention(rates: dict[int, float], years: list[int], independent: str = ""):
    facts = pd.DataFrame(
        [("CZE", year, rate) for year, rate in rates.items()],
        columns=["iso3", "year", "retention_ministers"],
    )
    allies = pd.DataFrame({"iso3": ["CZE"], "independent_since": [independent]})
    keys = pd.DataFrame({"iso3": "CZE", "year": years})
    table, ledger = retention_by_year(keys, facts, allies)
    values = [None if pd.isna(value) else value for value in table["cabinet_retention"]]
    return values, ledger


def test_zero_without_a_snapshot_before_is_missing_and_noted():
    values, ledger = retention({1992: 0, 1993: 0.5, 1995: 0.06}, [1992, 1993, 1995])
    assert values == [None, 0.5, None]
    assert ledger[["key", "rule", "old"]].to_dict("split")["data"] == [
        ["CZE 1992", "no_snapshot_before", "0.0"],
        ["CZE 1995", "no_snapshot_before", "0.06"],
    ]


def test_zero_after_a_snapshot_is_a_new_cabinet():
    assert retention({1992: 0.5, 1993: 0}, [1993])[0] == [0]


def test_cabinet_of_the_state_before_independence_is_no_cabinet_to_be_kept():
    rates = {1992: 0.3, 1993: 0.1, 1994: 0.9}
    assert retention(rates, [1993, 1994], independent="1993-01-01")[0] == [None, 0.9]


def test_snapshot_before_the_first_ally_year_serves_it():
    values, ledger = retention({1984: 0.9, 1985: 0.8}, [1985])
    assert values == [0.8]
    assert ledger.empty


def test_all_parts_stand_beside_each_other_in_one_row_per_ally_year():
    names = [
        "cabinet_retention",
        "cabinets",
        "elections",
        "institutions",
        "leader_ideology",
        "manifesto_positions",
        "party_governments",
    ]
    facts = {name: read_table(RAW_FOLDER / f"{name}.csv", FACTS[name]()) for name in names}
    keys = pd.DataFrame({"iso3": ["ITA", "KOR"], "year": [1995, 2004]})
    table, _ = governments_by_year(keys, facts, read_allies(), read_sources(), 5)
    assert table[["iso3", "year"]].equals(keys)
    italy, korea = table.to_dict("records")
    # Dini's technical cabinet of 17 January 1995 (governo.it)
    assert (italy["caretaker_days"], italy["government_parties"]) == (349, 0)
    # KOR is not in ParlGov; Uri won 152 of 299 seats on 15 April 2004 (nec.go.kr)
    assert pd.isna(korea["government_seat_share"])
    assert abs(korea["elected_government_share"] - 152 / 299) < 0.002
