from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.threat import missile_launches
from underbalance.sources.cns_north_korea_missile_tests import parse
from underbalance.tables import check_frame, read_table

HEADER = "date,time,series,missile,facility,landing,apogee,distance,bearing,outcome,glide"
TYPES = (
    "missile,name,type",
    "nodong,Nodong,MRBM",
    "scud-c,Scud-C,SRBM",
    "unknown,Unknown,Unknown",
)


@pytest.fixture
def parsed(original, allies):
    def parse_launches(*launches: str):
        original("missile_types.csv", *TYPES)
        rows = [f"{date},unknown,{n},{m},x,x,1,1,90,{end}," for date, n, m, end in launches]
        return parse(original("nk_missile_tests_1984_2026.csv", HEADER, *rows), allies)

    return parse_launches


def test_one_row_per_missile_also_when_two_kinds_fly_on_a_day(parsed):
    table = parsed(
        ("2006-07-05", "1.0", "scud-c", "success"),
        ("2006-07-05", "1.0", "nodong", "failure"),
        ("2006-07-05", "2.0", "nodong", "success"),
    )
    assert table[["missile", "salvo", "range_class", "outcome"]].to_numpy().tolist() == [
        ["Nodong", 1, "MRBM", "failure"],
        ["Nodong", 2, "MRBM", "success"],
        ["Scud-C", 1, "SRBM", "success"],
    ]
    check_frame(table, missile_launches(), "missile_launches")


def test_day_that_is_not_known_stays_a_month_and_a_single_launch_has_no_number(parsed):
    table = parsed(("1990-05", "", "nodong", "failure"))
    assert table["date"].tolist() == ["1990-05"]
    assert table["salvo"].isna().all()
    check_frame(table, missile_launches(), "missile_launches")


def test_tests_of_1984_with_placeholder_dates_and_years_after_2025_are_left_out(parsed):
    table = parsed(
        ("1984-04-09", "1.0", "scud-c", "success"),
        ("1986-05", "", "unknown", "unknown"),
        ("2026-04-18", "", "nodong", "success"),
    )
    assert table["date"].tolist() == ["1986-05"]
    assert table["range_class"].tolist() == ["unknown"]


def test_missile_without_a_class_is_a_fault(parsed):
    with pytest.raises(FaultsError, match="missile taepodong-3"):
        parsed(("1998-08-31", "", "taepodong-3", "failure"))


def shipped() -> pd.DataFrame:
    return read_table(Path(RAW_FOLDER, "missile_launches.csv"), missile_launches())


def test_seven_missiles_were_launched_on_5_july_2006():
    # Ministry of Foreign Affairs of Japan, Diplomatic Bluebook 2007
    assert (shipped()["date"] == "2006-07-05").sum() == 7


def test_three_missiles_of_intercontinental_range_flew_in_2017():
    # UN Security Council, resolutions 2371 and 2397 (2017): two in July, one in November
    table = shipped()
    far = table[table["date"].str.startswith("2017") & (table["range_class"] == "ICBM")]
    assert far["missile"].tolist() == ["Hwasong-14", "Hwasong-14", "Hwasong-15"]
