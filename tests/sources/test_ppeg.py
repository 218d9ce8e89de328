import pandas as pd
import pytest
from underbalance.schemas.facts.politics import elections
from underbalance.sources.ppeg import NOT_A_PARTY, parse
from underbalance.tables import check_frame

HEADER = "iso3c,edate,total_seats,total_seats_2ndtier,party_id,pname_en,s_share"


@pytest.fixture
def parsed(original, allies):
    def parse_parties(*parties: str):
        return parse(original("ppeg_parl_2025v1_since1970.csv", HEADER, *parties), allies)

    return parse_parties


def test_enpp_is_one_over_the_sum_of_squared_seat_shares(parsed):
    table = parsed(
        "JPN,1990-02-18,100,NA,1,Party A,0.5",
        "JPN,1990-02-18,100,NA,2,Party B,0.25",
        "JPN,1990-02-18,100,NA,3,Party C,0.25",
        "JPN,1990-02-18,100,NA,4,Without seats,0",
    )
    assert table[["iso3", "date", "source", "enpp", "largest_seat_share", "seats"]].to_dict(
        "records"
    ) == [
        {
            "iso3": "JPN",
            "date": "1990-02-18",
            "source": "ppeg",
            "enpp": pytest.approx(1 / (0.5**2 + 2 * 0.25**2)),
            "largest_seat_share": 0.5,
            "seats": 100,
        }
    ]
    check_frame(table, elections(), "elections")


@pytest.mark.parametrize("name", ["Independents/Non-Partisans", "Others - Blue and White"])
def test_independents_count_as_parties_of_one_seat_and_are_no_largest_party(parsed, name):
    table = parsed("KOR,1988-04-26,200,NA,1,Party A,0.4", f"KOR,1988-04-26,200,NA,2,{name},0.6")
    # 120 members of 1/200 of the seats each
    assert table["enpp"].tolist() == pytest.approx([1 / (0.4**2 + 120 * (1 / 200) ** 2)])
    assert table["largest_seat_share"].tolist() == [0.4]


@pytest.mark.parametrize("name", ["Independent Greeks", "The Group of Independents", "Other Left"])
def test_party_with_independent_in_its_name_is_one_party(parsed, name):
    table = parsed(f"GRC,2012-05-06,300,NA,1,{name},0.5", "GRC,2012-05-06,300,NA,2,B,0.5")
    assert table["enpp"].tolist() == [2.0]


def test_seats_of_both_tiers_are_added(parsed):
    table = parsed("KOR,1996-04-11,46,253,1,A,0.5", "KOR,1996-04-11,46,253,2,B,0.5")
    assert table["seats"].tolist() == [299]


def test_two_elections_of_a_year_stay_two(parsed):
    table = parsed("GRC,2012-05-06,300,NA,1,A,1", "GRC,2012-06-17,300,NA,1,A,1")
    assert table["date"].tolist() == ["2012-05-06", "2012-06-17"]


def test_election_without_seats_before_1980_or_elsewhere_is_left_out(parsed):
    table = parsed(
        "JPN,1979-10-07,511,NA,1,A,1",
        "CHE,1983-10-23,200,NA,1,A,1",
        "JPN,1983-12-18,511,NA,1,A,0",
        "JPN,1980-06-22,511,NA,1,A,1",
    )
    assert table["date"].tolist() == ["1980-06-22"]


def test_party_whose_name_begins_with_independents_is_a_party():
    names = pd.Series(
        [
            "Independents' Alliance",
            "Independents/Non-Partisans",
            "Others",
            "Others/Independents",
            "Others - Olive Tree",
        ]
    )
    assert names.str.contains(NOT_A_PARTY).tolist() == [False, True, True, True, True]
