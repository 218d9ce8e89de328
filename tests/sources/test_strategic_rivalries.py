from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.threat import rivalries, us_rivalries
from underbalance.sources.strategic_rivalries import parse, parse_of_usa
from underbalance.tables import check_frame, read_table

TSS = (
    "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,"
    "interventionary,principal,aprin"
)
TD = "rivalryno,rivalryname,ccode1,ccode2,styear,endyear,region,type1,type2,type3"


@pytest.fixture
def parsed(original, allies):
    def parse_lists(tss: tuple[str, ...] = (), td: tuple[str, ...] = ()):
        original("tss_rivalries.csv", TSS, *tss)
        return parse(original("td_rivalries.csv", TD, *td), allies)

    return parse_lists


def test_both_lists_are_kept_apart_with_their_kinds(parsed):
    table = parsed(
        ["114,NK-SK,731,732,1948,2020,1,,1,1,1,"],
        ["113,NK-SK,731,732,1948,2010,Northeast Asia,positional,ideological,"],
    )
    assert table[["iso3", "rival", "list", "start"]].to_numpy().tolist() == [
        ["KOR", "PRK", "td", 1948],
        ["KOR", "PRK", "tss", 1948],
    ]
    assert table["interventionary"].tolist() == [False, True]
    assert table["spatial"].tolist() == [False, False]
    assert table["principal"].isna().tolist() == [True, False]
    check_frame(table, rivalries(), "rivalries")


def test_rivalry_that_went_on_when_its_list_closed_has_no_end(parsed):
    table = parsed(
        ["1,a,731,732,1948,2020,1,,,,,", "2,b,640,652,1946,2004,,1,,1,,"],
        ["3,a,731,732,1948,2010,x,positional,,"],
    )
    assert table["end"].isna().tolist() == [True, True, False]
    assert table["end"].max() == 2004


def test_allies_that_are_rivals_have_a_row_each(parsed):
    table = parsed(["124,Greece-Turkey 2,350,640,1955,2020,1,1,,,1,"])
    assert set(zip(table["iso3"], table["rival"], strict=True)) == {("GRC", "TUR"), ("TUR", "GRC")}


def test_state_of_the_list_that_is_given_may_be_a_rival(original, allies):
    original("tss_rivalries.csv", TSS, "1,a,530,740,1948,2020,1,,,,,")
    rivals = pd.DataFrame({"iso3": ["ETH"], "cow_code": [530]})
    table = parse(original("td_rivalries.csv", TD), allies, rivals)
    assert table[["iso3", "rival"]].to_numpy().tolist() == [["JPN", "ETH"]]


def test_rivalries_that_ended_before_1985_or_are_of_no_ally_are_left_out(parsed):
    table = parsed(
        [
            "117,E. Germany-W. Germany,260,265,1949,1973,1,,,,,",
            "129,Cuba-United States,2,40,1959,2020,1,,,,,",
            "125,Morocco-Spain,230,600,1956,1985,,1,,,,",
        ]
    )
    assert table["iso3"].tolist() == ["ESP"]


def test_rival_that_is_in_no_list_is_a_fault_that_names_its_number(parsed):
    with pytest.raises(FaultsError, match="Correlates of War number 999") as error:
        parsed(["1,x,740,999,1990,2020,1,,,,,"])
    assert [Path(fault.file).name[:3] for fault in error.value.faults] == ["tss"]


def test_rivalries_of_the_usa_are_read_from_either_side_of_a_row(original, allies):
    original(
        "tss_rivalries.csv",
        TSS,
        "129,Cuba-United States,2,40,1959,2020,1,,1,1,,",
        "1,x,365,2,1945,1989,1,,1,,1,",
        "2,y,740,710,1996,2020,1,1,,,,1",
    )
    table = parse_of_usa(original("td_rivalries.csv", TD), allies)
    assert table[["rival", "start"]].to_numpy().tolist() == [["CUB", 1959], ["RUS", 1945]]
    assert table["end"].isna().tolist() == [True, False]
    assert table["interventionary"].tolist() == [True, False]
    check_frame(table, us_rivalries(), "us_rivalries")


def test_rival_of_the_usa_that_is_in_no_list_is_a_fault_that_names_its_number(original, allies):
    original("tss_rivalries.csv", TSS, "1,Mexico-United States,2,70,1821,1990,1,,,,,")
    with pytest.raises(FaultsError, match="Correlates of War number 70"):
        parse_of_usa(original("td_rivalries.csv", TD), allies)


def test_rivals_of_the_usa_since_1985_are_those_of_the_book():
    # Thompson, Sakuwa and Suhas (2021): not Iraq, not North Korea
    table = read_table(Path(RAW_FOLDER, "us_rivalries.csv"), us_rivalries())
    table = table[table["list"] == "tss"]
    found = {(row.rival, row.start): row.end for row in table.itertuples()}
    assert {key for key, end in found.items() if pd.isna(end)} == {
        ("CHN", 1996),
        ("CUB", 1959),
        ("IRN", 1982),
        ("RUS", 2007),
    }
    assert {key: end for key, end in found.items() if pd.notna(end)} == {("RUS", 1945): 1989}


def shipped() -> pd.DataFrame:
    table = read_table(Path(RAW_FOLDER, "rivalries.csv"), rivalries())
    return table[table["list"] == "tss"].set_index(["iso3", "rival"])


def test_rivalries_of_the_seed_cases_are_those_of_the_book():
    # Thompson, Sakuwa and Suhas (2021), chapter 2; Japan has none with North Korea
    table = shipped()
    assert table.loc[("KOR", "PRK"), "start"] == 1948
    assert table.loc[("JPN", "CHN"), "start"] == 1996
    assert len(table.loc["JPN"]) == 1


def test_rivalry_of_israel_and_jordan_ends_with_the_peace_treaty():
    # Treaty of peace between Israel and Jordan, 26 October 1994
    assert shipped().loc[("ISR", "JOR"), "end"] == 1994
