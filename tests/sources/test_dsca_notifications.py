import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.systems import notifications
from underbalance.sources.dsca_notifications import parse
from underbalance.tables import check_frame, read_table

HEADER = "date,transmittal,country,system,cost_usd"


@pytest.fixture
def parsed(original, allies):
    def parse_rows(*rows: str) -> pd.DataFrame:
        table = parse(original("notifications_2004_2026.csv", HEADER, *rows), allies)
        return check_frame(table, notifications(), "notifications")

    return parse_rows


def shipped() -> pd.DataFrame:
    table = read_table(RAW_FOLDER / "notifications.csv", notifications())
    return table.set_index("notice_id")


def test_notice_becomes_a_row_with_the_amount_in_millions(parsed):
    table = parsed("2012-05-01,12-15,Japan,F-35 Joint Strike Fighter Aircraft,10000000000")
    assert table.iloc[0].to_dict() == {
        "notice_id": "JPN 12-15",
        "iso3": "JPN",
        "date": "2012-05-01",
        "transmittal": "12-15",
        "system": "F-35 Joint Strike Fighter Aircraft",
        "cost_usd_m": 10_000,
        "correction": False,
        "mended": "",
    }


@pytest.mark.parametrize(
    ("country", "iso3"),
    [
        ("Republic of Korea", "KOR"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Czech Republic", "CZE"),
    ],
)
def test_spellings_of_a_country_are_one_ally(parsed, country, iso3):
    assert parsed(f"2015-01-01,15-01,{country},F-16 Aircraft,20000000")["iso3"].tolist() == [iso3]


def test_agencies_of_nato_and_other_buyers_are_left_out(parsed):
    table = parsed(
        "2013-04-17,13-06,Nato,C-17 Follow-On Support,300000000",
        "2017-04-28,17-19,NATO,C-17 Logistics,300000000",
        "2015-01-01,15-02,Qatar,F-15 Aircraft,300000000",
    )
    assert table.empty


def test_years_outside_the_continuous_list_are_left_out(parsed):
    table = parsed(
        "2004-05-21,04-12,Australia,M1A1 AIM Tanks,475000000",
        "2008-04-21,08-49,Canada,CH-47D Helicopters,375000000",
        "2026-03-10,,Sweden,HIMARS,930000000",
    )
    assert table["notice_id"].tolist() == ["CAN 08-49"]


def test_transmittal_of_two_recipients_is_two_notices(parsed):
    table = parsed(
        "2015-11-18,15-77,Republic of Korea,UGM-84L Harpoon Block II Missiles,110000000",
        "2015-11-18,15-77,Norway,TOW 2A Missiles,157000000",
    )
    assert table["notice_id"].tolist() == ["KOR 15-77", "NOR 15-77"]


def test_notices_without_a_number_are_told_apart_by_day_and_place(parsed):
    table = parsed(
        "2025-03-10,,Norway,M142 Rocket Systems,930000000",
        "2025-03-10,,Norway,AIM-9X Missiles,100000000",
    )
    assert table[["notice_id", "system"]].to_numpy().tolist() == [
        ["NOR 2025-03-10 1", "AIM-9X Missiles"],
        ["NOR 2025-03-10 2", "M142 Rocket Systems"],
    ]


def test_country_and_title_cut_in_the_wrong_place_are_put_right(parsed):
    row = parsed("2015-05-13,15-31,Norway Aim,9X Block II Sidewinder Missiles,345000000").iloc[0]
    assert (row["iso3"], row["system"]) == ("NOR", "AIM-9X Block II Sidewinder Missiles")
    assert row["mended"] == "split"


def test_amount_known_to_be_wrong_is_left_empty(parsed):
    row = parsed("2015-05-18,15-36,Israel,Joint Direct Attack Munition Tail Kits,47000000").iloc[0]
    assert pd.isna(row["cost_usd_m"])
    assert row["mended"] == "cost"


def test_amendments_and_marked_corrections_are_flagged(parsed):
    table = parsed(
        "2016-05-02,16-34,France,Hellfire Missiles,30000000",
        "2025-08-26,25-64,Poland,F-35 Sustainment (Corrected),1850000000",
        "2015-11-04,15-69,France,Hellfire Missiles,30000000",
    )
    assert table.set_index("notice_id")["correction"].to_dict() == {
        "FRA 15-69": False,
        "FRA 16-34": True,
        "POL 25-64": True,
    }


def test_shipped_notices_are_those_that_dsca_published():
    # dsca.mil, Major Arms Sales: "Japan - F-35 Joint Strike Fighter Aircraft", 1 May 2012,
    # estimated cost $10 billion; "Republic of Korea - F-35 Joint Strike Fighter Aircraft",
    # 3 April 2013, $10.8 billion
    table = shipped()
    assert table.loc["JPN 12-15", ["date", "cost_usd_m"]].tolist() == ["2012-05-01", 10_000]
    assert table.loc["KOR 13-10", ["date", "cost_usd_m"]].tolist() == ["2013-04-03", 10_800]


def test_caveat_on_the_aegis_notice_to_japan_is_acted_upon():
    assert shipped().loc["JPN 19-08", ["system", "mended"]].tolist() == [
        "AEGIS Weapon System",
        "system",
    ]
