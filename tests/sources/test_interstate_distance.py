from pathlib import Path

import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.facts.threat import distances
from underbalance.sources.interstate_distance import parse
from underbalance.tables import check_frame, read_table

CAPITALS = (
    "ccode,statenme,capital,stdate,enddate,lat,lng",
    "732.0,South Korea,Seoul,1948-01-01,1992-12-31,37.566679,126.978291",
    "731.0,North Korea,Pyongyang,1948-01-01,1992-12-31,39.016798,125.747361",
)
NEAREST = ("ccode1,ccode2,year,mindist",)
CONTIGUITY = (
    "ccode1,ccode2,conttype,stdate,enddate",
    "732,731,1,1949-06-01,1990-12-01",
)


@pytest.fixture
def parsed(original, allies):
    def parse_files(capitals=(), nearest=(), contiguity=()):
        original("cow_capitals.csv", *CAPITALS, *capitals)
        original("cow_mindist_allies_1980_2019.csv", *NEAREST, *nearest)
        return parse(original("cow_contdir_v3_2.csv", *CONTIGUITY, *contiguity), allies)

    return parse_files


def of(table: pd.DataFrame, iso3: str, rival: str, column: str) -> dict[int, float]:
    rows = table[(table["iso3"] == iso3) & (table["rival"] == rival)]
    return dict(zip(rows["year"], rows[column], strict=True))


def test_least_distance_is_found_whichever_state_comes_first(parsed):
    table = parsed(nearest=["731.0,732.0,1986.0,0.5", "732.0,731.0,1987.0,1.5"])
    found = of(table, "KOR", "PRK", "min_km")
    assert {year: km for year, km in found.items() if km == km} == {1986: 0.5, 1987: 1.5}
    check_frame(table, distances(), "distances")


def test_pair_of_the_list_is_contiguous_to_its_last_whole_year_and_unknown_after_it(parsed):
    found = of(parsed(), "KOR", "PRK", "contiguity")
    # the list ends on 1 December 1990, before the 31st
    assert [found[year] for year in (1985, 1989)] == [1, 1]
    assert pd.isna(found[1990])


def test_pair_that_the_list_does_not_have_is_not_contiguous_within_its_years(parsed):
    japan = "740.0,Japan,Tokyo,1869-04-05,1992-12-31,35.67686,139.763895"
    found = of(parsed(capitals=[japan]), "JPN", "PRK", "contiguity")
    assert found[1985] == 0
    assert pd.isna(found[1990])


def test_rows_of_no_contiguity_do_not_hide_those_of_contiguity(parsed):
    table = parsed(contiguity=["731,732,0,1900-01-01,1990-12-01"])
    assert of(table, "KOR", "PRK", "contiguity")[1985] == 1


def test_capital_counts_on_31_december_and_a_state_without_one_has_no_row(parsed):
    croatia = "344.0,Croatia,Zagreb,1991-06-25,1992-12-31,45.8,16.0"
    table = parsed(capitals=[croatia])
    assert sorted(of(table, "HRV", "PRK", "capital_km")) == [1991, 1992]


def test_bonn_is_the_german_capital_before_1990_and_berlin_from_then_on(parsed):
    table = parsed(
        capitals=[
            "255.0,Germany,Berlin,1816-01-01,1992-12-31,52.510885,13.398937",
            "260.0,German Federal Republic,Bonn,1949-01-01,1991-06-19,50.735262,7.102463",
        ]
    )
    found = of(table, "DEU", "PRK", "capital_km")
    assert found[1989] > found[1990] + 300
    assert found[1990] == found[1991]


def test_only_allies_that_are_rivals_face_one_another(parsed):
    table = parsed(
        capitals=[
            "350.0,Greece,Athens,1834-09-18,1992-12-31,37.975565,23.734832",
            "640.0,Turkey,Ankara,1923-10-13,1992-12-31,39.920776,32.85405",
        ]
    )
    allied = table[table["rival"].isin(["GRC", "TUR", "KOR"])]
    assert set(zip(allied["iso3"], allied["rival"], strict=True)) == {
        ("GRC", "TUR"),
        ("TUR", "GRC"),
    }


def test_ally_that_is_a_rival_of_an_added_one_has_its_distance_once(original, allies, parsed):
    parsed(capitals=["640.0,Turkey,Ankara,1923-10-13,1992-12-31,39.920776,32.85405"])
    rivals = pd.DataFrame({"iso3": ["TUR"], "cow_code": [640], "role": ["rival"]})
    table = parse(original("cow_contdir_v3_2.csv", *CONTIGUITY), allies, rivals)
    assert set(table["rival"]) == {"TUR"}
    assert set(table["iso3"]) == {"KOR"}
    assert not table.duplicated(["iso3", "year"]).any()


def shipped() -> pd.DataFrame:
    return read_table(Path(RAW_FOLDER, "distances.csv"), distances())


@pytest.mark.parametrize(
    ("iso3", "rival", "column", "low", "high"),
    [
        # widely printed distances between the cities, and the narrowest part of the strait
        ("KOR", "PRK", "capital_km", 185, 205),
        ("JPN", "CHN", "capital_km", 2050, 2150),
        ("GBR", "ARG", "capital_km", 11_050, 11_200),
        ("TWN", "CHN", "min_km", 125, 140),
        ("KOR", "PRK", "min_km", 0, 0),
        # through the exclave of Kaliningrad
        ("POL", "RUS", "min_km", 0, 0),
    ],
)
def test_real_distances_are_those_of_the_map(iso3, rival, column, low, high):
    assert low <= of(shipped(), iso3, rival, column)[2010] <= high


def test_every_rivalry_has_its_distances_in_the_years_both_states_exist():
    rivalries = read_table(Path(RAW_FOLDER, "rivalries.csv"), FACTS["rivalries"]())
    named = set(zip(rivalries["iso3"], rivalries["rival"], strict=True))
    table = shipped()
    assert named <= set(zip(table["iso3"], table["rival"], strict=True))


def test_every_rival_of_the_usa_has_its_distance_to_every_ally(allies):
    of_usa = read_table(Path(RAW_FOLDER, "us_rivalries.csv"), FACTS["us_rivalries"]())
    table = shipped()
    for rival in of_usa["rival"].unique():
        assert set(table.loc[table["rival"] == rival, "iso3"]) == set(allies["iso3"])


def test_territories_are_never_farther_apart_than_their_capitals():
    table = shipped().dropna(subset=["min_km"])
    assert len(table)
    assert (table["min_km"] <= table["capital_km"]).all()
