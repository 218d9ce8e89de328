from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.threat import disputes
from underbalance.sources.cow_mid import parse
from underbalance.tables import check_frame, read_table

MID = "dispnum,ccode1,ccode2,year,dispongoing,disponset,sidea1,sidea2,hostlev1,hostlev2,orig1"
GML = MID.replace("dispongoing,disponset", "midongoing,midonset")


@pytest.fixture
def parsed(original, allies):
    def parse_lists(mid: tuple[str, ...] = (), gml: tuple[str, ...] = ()):
        original("cow_mid5_directed_dyadic_disputes_1980_2014.csv", MID, *mid)
        original("MIDA_5.0.csv", "dispnum", "1")
        return parse(
            original("gml_2_2_1_directed_dyadic_disputes_1980_2010.csv", GML, *gml), allies
        )

    return parse_lists


def test_ally_is_the_target_where_its_opponent_acted_first(parsed):
    table = parsed(
        ["4489,740,710,2010,1,1,0,1,1,3,1", "4491,740,710,2010,1,1,1,0,4,3,1"],
    )
    assert table["target"].tolist() == [True, False]
    assert table[["hostility", "hostility_opponent"]].to_numpy().tolist() == [[1, 3], [4, 3]]
    check_frame(table, disputes(), "disputes")


def test_dispute_of_allies_has_a_row_for_each_side(parsed):
    table = parsed(
        ["4723,732,740,2012,1,1,0,1,3,3,1", "4723,740,732,2012,1,1,1,0,3,3,1"],
    )
    assert table[["iso3", "opponent", "target"]].to_numpy().tolist() == [
        ["JPN", "KOR", False],
        ["KOR", "JPN", True],
    ]


def test_onset_is_the_first_year_of_the_pair_and_later_years_have_rows(parsed):
    table = parsed(
        ["4483,732,731,2009,1,1,1,0,4,4,1", "4483,732,731,2010,1,0,1,0,4,4,1"],
    )
    assert table["year"].tolist() == [2009, 2010]
    assert table["onset"].tolist() == [True, False]


def test_lists_are_kept_apart(parsed):
    row = "4489,740,710,2010,1,1,0,1,1,3,1"
    assert parsed([row], [row])["list"].tolist() == ["cow_mid", "gml"]


def test_west_germany_is_germany_and_opponents_alone_have_no_rows(parsed):
    table = parsed(
        ["2597,260,315,1986,1,1,0,1,1,3,1", "2597,315,260,1986,1,1,1,0,3,1,1"],
    )
    assert table[["iso3", "opponent"]].to_numpy().tolist() == [["DEU", "CSK"]]


def test_every_opponent_that_is_in_no_list_is_a_fault_of_its_file(parsed):
    with pytest.raises(FaultsError) as error:
        parsed(["1,740,998,2010,1,1,0,1,1,3,1"], ["1,740,999,2010,1,1,0,1,1,3,1"])
    found = [(Path(fault.file).name, fault.value) for fault in error.value.faults]
    assert found == [
        ("cow_mid5_directed_dyadic_disputes_1980_2014.csv", "Correlates of War number 998"),
        ("gml_2_2_1_directed_dyadic_disputes_1980_2010.csv", "Correlates of War number 999"),
    ]


def shipped() -> pd.DataFrame:
    return read_table(Path(RAW_FOLDER, "disputes.csv"), disputes())


def test_collision_off_the_senkaku_islands_in_2010_is_a_dispute_of_japan_and_china():
    # Ministry of Foreign Affairs of Japan, Diplomatic Bluebook 2011, on 7 September 2010
    table = shipped()
    found = table[(table["iso3"] == "JPN") & (table["opponent"] == "CHN") & (table["year"] == 2010)]
    assert found["onset"].any()


def test_south_korea_is_no_target_in_the_dispute_of_the_attacks_of_2010():
    # a trap of the source: Cheonan and Yeonpyeong belong to a dispute of 2009 to 2013 that
    # South Korea opened, so that a count of disputes as target leaves them out
    table = shipped()
    found = table[(table["iso3"] == "KOR") & (table["opponent"] == "PRK") & (table["year"] == 2010)]
    assert set(found["dispute"]) == {4483}
    assert not found["target"].any()


@pytest.mark.parametrize(("name", "last_year"), [("cow_mid", 2014), ("gml", 2010)])
def test_lists_end_where_they_say(name, last_year):
    table = shipped()
    assert table.loc[table["list"] == name, "year"].max() == last_year
