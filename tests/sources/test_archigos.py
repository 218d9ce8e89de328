from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.sources.archigos import parse

ALLIES = pd.DataFrame({"iso3": ["DEU", "JPN"], "cow_code": [255, 740], "gw_code": [260, 740]})
HEADER = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode"


def release(folder: Path, *rows: str, name: str = "archigos.csv", header: str = HEADER) -> Path:
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def test_spell_keeps_its_days(tmp_path):
    folder = release(
        tmp_path,
        "JPN-2000-1,740,x, Mikio Aoki,1934,M,2000-04-02,2000-04-05,Regular,Regular,Regular",
    )
    table = parse(folder, ALLIES)
    assert table.iloc[0, :7].tolist() == [
        "JPN",
        "archigos",
        "Mikio Aoki",
        "2000-04-02",
        "2000-04-05",
        False,
        "",
    ]
    assert table[["first_snapshot", "last_snapshot"]].isna().all(axis=None)


def test_still_in_office_is_an_open_end_on_whatever_day_it_was_coded(tmp_path):
    folder = release(
        tmp_path,
        "JPN-2012,740,x,Shinzo Abe,1954,M,2012-12-26,2015-12-31,Regular,Still in Office,x",
        "DEU-2005,260,x,Merkel,1954,F,2005-11-22,2014-12-31,Regular,Still in Office,x",
    )
    table = parse(folder, ALLIES)
    assert table["end"].tolist() == ["", ""]
    assert table["in_office"].tolist() == [True, True]


def test_end_on_the_last_day_of_the_data_is_an_end(tmp_path):
    folder = release(
        tmp_path, "JPN-x,740,x,A,1954,M,2012-12-26,2015-12-31,Regular,Natural Death,Regular"
    )
    table = parse(folder, ALLIES)
    assert table["end"].tolist() == ["2015-12-31"]
    assert table["in_office"].tolist() == [False]


def test_states_are_known_by_gleditsch_ward_code(tmp_path):
    folder = release(
        tmp_path,
        "GFR-1982,260,x,Kohl,1930,M,1982-10-01,1998-10-27,Regular,Regular,Regular",
        "X-1982,255,x,Not Germany here,1930,M,1982-10-01,1998-10-27,Regular,Regular,Regular",
    )
    assert parse(folder, ALLIES)["leader"].tolist() == ["Kohl"]


def test_spells_that_ended_before_1980_are_left_out(tmp_path):
    folder = release(
        tmp_path,
        "JPN-1976,740,x,Ended in 1979,1905,M,1976-12-24,1979-12-31,Regular,Regular,Regular",
        "JPN-1978,740,x,Reaching 1980,1910,M,1978-12-07,1980-01-01,Regular,Regular,Regular",
    )
    assert parse(folder, ALLIES)["leader"].tolist() == ["Reaching 1980"]


def test_renamed_column_is_named_in_the_fault(tmp_path):
    folder = release(tmp_path, header=HEADER.replace("enddate", "eenddate"))
    with pytest.raises(FaultsError, match="column enddate"):
        parse(folder, ALLIES)


def test_release_is_found_under_its_longer_name_and_two_are_a_fault(tmp_path):
    row = "JPN-2000-1,740,x,Mikio Aoki,1934,M,2000-04-02,2000-04-05,Regular,Regular,Regular"
    assert len(parse(release(tmp_path, row, name="Archigos_4.1.csv"), ALLIES)) == 1
    release(tmp_path, row)
    with pytest.raises(FaultsError, match="exactly one file"):
        parse(tmp_path, ALLIES)
