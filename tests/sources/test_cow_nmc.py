from pathlib import Path

import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.threat import capabilities
from underbalance.sources.cow_nmc import parse
from underbalance.tables import check_frame, read_table

HEADER = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc"


@pytest.fixture
def parsed(original, allies):
    def parse_rows(*rows: str):
        return parse(original("cow_nmc_v7_1945_2022.csv", HEADER, *rows), allies)

    return parse_rows


def test_allies_rivals_and_rivals_of_the_usa_are_taken_and_nobody_else(parsed):
    table = parsed(
        "740,1998,36990000,243,1,1,1,1,0.05",
        "731,1998,2000000,1100,1,1,1,1,0.01",
        "365,1998,54000000,1200,1,1,1,1,0.06",
        "2,1998,274000000,1420,1,1,1,1,0.14",
        "775,1998,2000000,400,1,1,1,1,0.004",
    )
    assert table["state"].tolist() == ["JPN", "PRK", "RUS"]
    assert table.loc[0].tolist() == ["JPN", 1998, 0.05, 36_990_000, 243]
    check_frame(table, capabilities(), "capabilities")


def test_rivals_that_are_given_take_the_place_of_the_listed_ones(original, allies):
    rows = "530,1998,1,1,1,1,1,1,0.01", "731,1998,1,1,1,1,1,1,0.02"
    rivals = pd.DataFrame({"iso3": ["ETH"], "cow_code": [530], "role": ["rival"]})
    table = parse(original("cow_nmc_v7_1945_2022.csv", HEADER, *rows), allies, rivals)
    assert table["state"].tolist() == ["ETH"]


def test_germany_is_the_federal_republic_before_1990_and_the_united_one_from_then_on(parsed):
    table = parsed(
        "255,1990,3,30,1,1,1,1,0.03",
        "260,1989,1,10,1,1,1,1,0.01",
        "260,1990,2,20,1,1,1,1,0.02",
    )
    assert table[["state", "year", "cinc"]].to_numpy().tolist() == [
        ["DEU", 1989, 0.01],
        ["DEU", 1990, 0.03],
    ]


def test_missing_code_of_the_project_is_missing_and_a_zero_stays(parsed):
    table = parsed("740,1998,-9,0,1,1,1,1,0.05")
    assert table["milex_thousand_usd"].isna().all()
    assert table["personnel_thousand"].tolist() == [0]


def test_years_before_1985_are_left_out(parsed):
    assert parsed("740,1984,1,1,1,1,1,1,0.05").empty


def shipped() -> pd.DataFrame:
    table = read_table(Path(RAW_FOLDER, "capabilities.csv"), capabilities())
    return table.set_index(["state", "year"])


def test_personnel_are_in_thousands():
    # Defense of Japan 2022 (Ministry of Defense): authorised strength 247,154
    assert shipped().loc[("JPN", 2022), "personnel_thousand"] == 247


def test_iceland_has_no_armed_forces():
    assert shipped().loc[("ISL", 2022), "personnel_thousand"] == 0


def test_shares_are_of_the_world_so_that_together_they_stay_below_one():
    assert shipped().groupby("year")["cinc"].sum().between(0.2, 1).all()
