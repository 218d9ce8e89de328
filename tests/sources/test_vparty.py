import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.governments import party_governments as schema
from underbalance.sources.vparty import parse
from underbalance.tables import check_frame, read_table

HEADER = (
    "country_text_id,historical_date,v2paid,v2paseatshare,v2pagovsup,v2pariglef,"
    "v2xpa_popul,v2xpa_antiplural"
)


@pytest.fixture
def parsed(original, allies):
    def parse_parties(*parties: str):
        folder = original("vparty_v2_subset_1970_2019.csv", HEADER, *parties)
        return check_frame(parse(folder, allies), schema(), "party_governments")

    return parse_parties


def test_government_is_the_senior_and_the_junior_partners_but_not_their_supporters(parsed):
    table = parsed(
        "KOR,2016-04-13,1,40.0,0,2,0.1,0.5",
        "KOR,2016-04-13,2,10.0,1,-2,0.3,0.1",
        "KOR,2016-04-13,3,10.0,2,0,0.2,0.2",
        "KOR,2016-04-13,4,38.0,3,-1,0.4,0.1",
    ).iloc[0]
    assert (table["parties"], table["government_parties"]) == (4, 2)
    assert table["has_senior_partner"]
    assert table["government_seat_share"] == pytest.approx(0.5)
    assert table["seats_listed"] == pytest.approx(0.98)
    assert table["left_right_government"] == pytest.approx((40 * 2 - 10 * 2) / 50)
    assert table["left_right_parliament"] == pytest.approx((80 - 20 - 38) / 98)
    assert table["populism_government"] == pytest.approx((40 * 0.1 + 10 * 0.3) / 50)
    assert table["antipluralism_parliament"] == pytest.approx((20 + 1 + 2 + 3.8) / 98)


def test_election_after_which_no_government_was_formed_has_none(parsed):
    # Israel, September 2019
    table = parsed("ISR,2019-09-17,1,50.0,4,2,0.1,0.5", "ISR,2019-09-17,2,49.0,4,-2,0.3,0.1").iloc[
        0
    ]
    assert (
        table[["government_parties", "government_seat_share", "left_right_government"]].isna().all()
    )
    assert table["left_right_sd"] == pytest.approx(2, rel=1e-3)


def test_head_of_government_of_no_listed_party_shows(parsed):
    # Latvia 1995: Šķēle was of no party
    table = parsed("LVA,1995-10-01,1,60.0,1,2,0.1,0.5", "LVA,1995-10-01,2,40.0,3,2,0.1,0.5")
    assert table["has_senior_partner"].tolist() == [False]


def test_member_of_an_alliance_without_seats_of_its_own_is_not_counted(parsed):
    table = parsed(
        "PHL,1992-05-11,1,,,,,", "PHL,1992-05-11,2,,0,1,0,0", "PHL,1992-05-11,3,90.0,3,1,0.2,0.2"
    ).iloc[0]
    assert table["parties"] == 1
    assert pd.isna(table["government_parties"])


def test_taiwans_national_assembly_is_not_the_lower_house(parsed):
    table = parsed(
        "TWN,1995-12-02,1,90.0,0,1,0.1,0.5",
        "TWN,1996-03-23,1,90.0,0,1,0.1,0.5",
        "TWN,2005-05-14,1,90.0,0,1,0.1,0.5",
    )
    assert table["date"].tolist() == ["1995-12-02"]


def test_elections_before_1980_and_of_other_countries_are_left_out(parsed):
    assert parsed("MEX,1991-08-18,1,90.0,0,1,0.1,0.5", "JPN,1979-10-07,1,90.0,0,1,0.1,0.5").empty


def test_meaning_of_the_government_codes_holds_for_governments_that_are_known():
    # Federal Returning Officer and Bundestag, 2013: CDU/CSU 311 and SPD 193 of 631 seats.
    # National Election Commission of Korea, 2008: Grand National Party 153 of 299 seats.
    # Legislative Yuan 2016: DPP 68 of 113 seats.
    table = read_table(RAW_FOLDER / "party_governments.csv", schema()).set_index(["iso3", "date"])
    share = table["government_seat_share"]
    assert share["DEU", "2013-09-22"] == pytest.approx((311 + 193) / 631, abs=0.002)
    assert share["KOR", "2008-04-09"] == pytest.approx(153 / 299, abs=0.002)
    assert share["TWN", "2016-01-16"] == pytest.approx(68 / 113, abs=0.002)
