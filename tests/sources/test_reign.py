from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.sources.reign import parse

ALLIES = pd.DataFrame(
    {"iso3": ["DEU", "ISL", "JPN"], "cow_code": [255, 395, 740], "gw_code": [260, 395, 740]}
)
HEADER = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear"


def release(
    folder: Path, *rows: str, name: str = "leaderlist_3_21.csv", header: str = HEADER
) -> Path:
    (folder / name).write_bytes("\n".join([header, *rows]).encode("latin1") + b"\n")
    return folder


def test_start_is_a_day_and_end_a_month(tmp_path):
    folder = release(tmp_path, "JPN,740,A2.9-8188,Hosokawa,9,8,1993,4,1994,1938")
    assert parse(folder, ALLIES).iloc[0, :7].tolist() == [
        "JPN",
        "reign",
        "Hosokawa",
        "1993-08-09",
        "1994-04",
        False,
        "",
    ]


def test_snapshots_are_missing(tmp_path):
    table = parse(release(tmp_path, "JPN,740,A,Hosokawa,9,8,1993,4,1994,1938"), ALLIES)
    assert table[["first_snapshot", "last_snapshot"]].isna().all(axis=None)
    assert table["last_snapshot"].dtype == "Int64"


def test_leader_without_end_is_in_office(tmp_path):
    table = parse(release(tmp_path, "JPN,740,A,Yoshihide Suga,14,9,2020,,,1948"), ALLIES)
    assert table["end"].tolist() == [""]
    assert table["in_office"].tolist() == [True]


def test_germany_is_one_ally_under_the_codes_before_and_after_unification(tmp_path):
    folder = release(
        tmp_path,
        "GMY,255,A2.9-4375,Kohl,1,10,1990,10,1998,1930",
        "GMY,260,A2.9-4375a,Kohl,1,10,1982,9,1990,1930",
    )
    table = parse(folder, ALLIES)
    assert table["iso3"].tolist() == ["DEU", "DEU"]
    assert table["end"].tolist() == ["1990-09", "1998-10"]


def test_germany_is_left_out_when_it_is_not_listed(tmp_path):
    folder = release(tmp_path, "GMY,260,A2.9-4375a,Kohl,1,10,1982,9,1990,1930")
    assert parse(folder, ALLIES[ALLIES["iso3"] != "DEU"]).empty


def test_names_in_either_encoding_of_the_file_are_read(tmp_path):
    folder = release(
        tmp_path,
        "ICE,395,A," + "Katrín".encode().decode("latin1") + ",30,11,2017,,,1976",
        "ICE,395,B,Sigurður,7,4,2016,1,2017,1962",
    )
    assert parse(folder, ALLIES)["leader"].tolist() == ["Sigurður", "Katrín"]


def test_only_listed_allies_and_spells_that_reach_1980_are_kept(tmp_path):
    folder = release(
        tmp_path,
        "JPN,740,A,Ended in 1979,24,12,1976,12,1979,1905",
        "JPN,740,B,Reaching 1980,7,12,1978,1,1980,1910",
        "USA,2,C,Not an ally,20,1,1981,1,1989,1911",
    )
    assert parse(folder, ALLIES)["leader"].tolist() == ["Reaching 1980"]


def test_renamed_column_is_named_in_the_fault(tmp_path):
    folder = release(tmp_path, header=HEADER.replace("emonth", "end_month"))
    with pytest.raises(FaultsError, match="column emonth"):
        parse(folder, ALLIES)


def test_newer_release_is_found_and_other_lists_are_not_taken_for_it(tmp_path):
    release(tmp_path, name="electionlist_8_21.csv", header="ccode,country")
    folder = release(tmp_path, "JPN,740,A,Suga,14,9,2020,,,1948", name="leaderlist_8_21.csv")
    assert len(parse(folder, ALLIES)) == 1


def test_two_releases_are_a_fault(tmp_path):
    release(tmp_path)
    release(tmp_path, name="leaderlist_8_21.csv")
    with pytest.raises(FaultsError, match=r"leaderlist_3_21\.csv, leaderlist_8_21\.csv"):
        parse(tmp_path, ALLIES)
