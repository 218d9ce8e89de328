from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.governments import cabinet_retention
from underbalance.sources.whogov import parse, parse_retention
from underbalance.tables import check_frame, read_table

ALLIES = pd.DataFrame({"iso3": ["JPN", "TUR"], "cow_code": [740, 640], "gw_code": [740, 640]})
HEADER = ",".join(
    f'"{column}"'
    for column in (
        "",
        "year",
        "country_isocode",
        "n_total",
        "leader",
        "leader_start_date",
        "leader_end_date",
        "leader_party",
    )
)
RELEASE = "WhoGov_crosssectional_V3.1.csv"


def release(folder: Path, *rows: str, name: str = RELEASE, header: str = HEADER) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def test_snapshots_of_one_term_become_one_row_with_first_and_last_year(tmp_path):
    folder = release(
        tmp_path,
        '"1","2001","JPN",20," Junichiro Koizumi ",2001-04-26,2006-09-26,"ldp"',
        '"2","2002","JPN",20," Junichiro Koizumi ",2001-04-26,2006-09-26,"ldp"',
        '"3","2003","JPN",20," Junichiro Koizumi ",2001-04-26,2006-09-26,"ldp"',
    )
    table = parse(folder, ALLIES)
    assert table.to_dict("records") == [
        {
            "iso3": "JPN",
            "source": "whogov",
            "leader": "Junichiro Koizumi",
            "start": "2001-04-26",
            "end": "2006-09-26",
            "in_office": False,
            "party": "ldp",
            "first_snapshot": 2001,
            "last_snapshot": 2003,
        }
    ]
    assert table["first_snapshot"].dtype == "Int64"


def test_differing_dates_of_one_leader_stay_apart(tmp_path):
    folder = release(
        tmp_path,
        '"1","2007","JPN",20,"Shinzo Abe",2006-09-26,2007-09-26,"ldp"',
        '"2","2013","JPN",20,"Shinzo Abe",2012-12-26,2020-09-16,"ldp"',
    )
    assert parse(folder, ALLIES)["start"].tolist() == ["2006-09-26", "2012-12-26"]


@pytest.mark.parametrize("missing", ["NA", ""])
def test_leader_without_end_is_in_office(tmp_path, missing):
    folder = release(tmp_path, f'"1","2023","JPN",20,"Fumio Kishida",2021-10-04,{missing},"ldp"')
    table = parse(folder, ALLIES)
    assert table["end"].tolist() == [""]
    assert table["in_office"].tolist() == [True]


def test_row_without_leader_or_start_is_skipped(tmp_path):
    folder = release(
        tmp_path,
        '"1","1996","TUR",20,NA,NA,NA,NA',
        '"2","1997","TUR",20,"Somebody",NA,1998-01-01,"x"',
        '"3","1998","TUR",20,"Mesut Yilmaz",1997-06-30,1999-01-11,"anap"',
    )
    assert parse(folder, ALLIES)["leader"].tolist() == ["Mesut Yilmaz"]


def test_only_listed_allies_and_spells_that_reach_1980_are_kept(tmp_path):
    folder = release(
        tmp_path,
        '"1","1979","JPN",20,"Ended in 1979",1976-12-24,1979-12-31,"ldp"',
        '"2","1979","JPN",20,"Reaching 1980",1978-12-07,1980-01-01,"ldp"',
        '"3","1990","AFG",20,"Not an ally",1989-01-01,1991-01-01,"x"',
    )
    assert parse(folder, ALLIES)["leader"].tolist() == ["Reaching 1980"]


def test_party_is_the_one_of_the_first_snapshot(tmp_path):
    folder = release(
        tmp_path,
        '"2","1991","TUR",20,"A",1990-01-01,1992-01-01,"later"',
        '"1","1990","TUR",20,"A",1990-01-01,1992-01-01,"first"',
    )
    assert parse(folder, ALLIES)["party"].tolist() == ["first"]


def test_missing_party_is_empty(tmp_path):
    folder = release(tmp_path, '"1","1990","TUR",20,"A",1990-01-01,1992-01-01,NA')
    assert parse(folder, ALLIES)["party"].tolist() == [""]


def test_renamed_column_is_named_in_the_fault(tmp_path):
    folder = release(tmp_path, header=HEADER.replace("leader_start_date", "leader_start"))
    with pytest.raises(FaultsError, match="column leader_start_date"):
        parse(folder, ALLIES)


def test_newer_release_is_found_by_its_name(tmp_path):
    row = '"1","2023","JPN",20,"Fumio Kishida",2021-10-04,NA,"ldp"'
    folder = release(tmp_path, row, name="WhoGov_crosssectional_V4.0.csv")
    assert len(parse(folder, ALLIES)) == 1


def test_no_release_and_two_releases_are_faults(tmp_path):
    with pytest.raises(FaultsError, match="no such file"):
        parse(tmp_path, ALLIES)
    release(tmp_path)
    release(tmp_path, name="WhoGov_crosssectional_V4.0.csv")
    with pytest.raises(FaultsError, match=r"WhoGov_crosssectional_V4\.0\.csv"):
        parse(tmp_path, ALLIES)


# --- retention ----------------------------------------------------------------------------

RETENTION_HEADER = (
    '"","year","country_isocode","n_core","n_minister","n_party",'
    '"retention_rate_core","retention_rate_minister"'
)


def test_retention_is_a_row_per_july_with_numbers_unchanged(tmp_path):
    folder = release(
        tmp_path,
        '"1","1984","JPN",21,19,2,0.25,0.2',
        '"2","1983","JPN",21,19,2,0.25,0.2',
        '"3","2000","CHN",21,19,2,0.25,0.2',
        header=RETENTION_HEADER,
    )
    table = check_frame(parse_retention(folder, ALLIES), cabinet_retention(), "cabinet_retention")
    assert table.to_dict("split")["data"] == [["JPN", 1984, 19, 21, 2, 0.2, 0.25]]


def test_committed_cabinets_are_new_where_government_changed_hands():
    # Germany: Bundestag chronicle, Kohl until 27 October 1998, then Schröder: no minister of
    # July 1998 was one in July 1999; Japan: Hatoyama's cabinet of the Democratic Party
    # took over on 16 September 2009 (kantei.go.jp)
    table = read_table(RAW_FOLDER / "cabinet_retention.csv", cabinet_retention())
    kept = table.set_index(["iso3", "year"])["retention_ministers"]
    assert kept["DEU", 1999] == 0
    assert kept["JPN", 2010] == 0
    assert kept["DEU", 2002] == 1
