import pytest
from underbalance.schemas.facts.politics import elections
from underbalance.sources.democratic_electoral_systems import parse
from underbalance.tables import check_frame

HEADER = "country,presidential,seats,enpp,ccode,year,month,day"


@pytest.fixture
def parsed(original, allies):
    def parse_elections(*rows: str):
        return parse(original("es_data-v3.csv", HEADER, *rows), allies)

    return parse_elections


def test_lower_house_election_keeps_the_sources_own_number_of_parties(parsed):
    table = parsed("Taiwan,0,225,2.48,713,1998,12,5")
    assert table[["iso3", "date", "enpp", "seats"]].to_dict("records") == [
        {"iso3": "TWN", "date": "1998-12-05", "enpp": 2.48, "seats": 225}
    ]
    assert table["largest_seat_share"].isna().all()
    check_frame(table, elections(), "elections")


@pytest.mark.parametrize("code", ["-99", "-88", "NA", ""])
def test_missing_code_of_the_number_of_parties_is_no_election(parsed, code):
    assert parsed(f"Thailand,0,393,{code},800,2001,1,6").empty


@pytest.mark.parametrize("code", ["-99", "NA"])
def test_missing_code_of_seats_is_an_empty_cell(parsed, code):
    assert parsed(f"Thailand,0,{code},3.05,800,2001,1,6")["seats"].isna().tolist() == [True]


def test_presidential_early_undated_and_foreign_elections_are_left_out(parsed):
    table = parsed(
        "South Korea,1,299,3.0,732,1992,12,18",
        "Japan,0,511,2.9,740,1979,10,7",
        "Japan,0,511,2.7,740,1986,date unknown,date unknown",
        "Switzerland,0,200,5.0,225,1983,10,23",
        "Japan,0,511,2.6,740,1980,6,22",
    )
    assert table["date"].tolist() == ["1980-06-22"]


@pytest.mark.parametrize("code", ["255", "260"])
def test_germany_is_found_under_both_of_its_codes(parsed, code):
    assert parsed(f"Germany,0,498,2.5,{code},1987,1,25")["iso3"].tolist() == ["DEU"]
