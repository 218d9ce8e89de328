import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.governments import manifesto_positions as schema
from underbalance.sources.manifesto_project import parse
from underbalance.tables import check_frame, read_table

HEADER = (
    "country,countryname,edate,party,absseat,totseats,progtype,per101,per102,per104,per105,rile"
)


@pytest.fixture
def parsed(original, allies):
    def parse_programmes(*programmes: str):
        folder = original("MPDataset_MPDS2024a.csv", HEADER, *programmes)
        return check_frame(parse(folder, allies), schema(), "manifesto_positions")

    return parse_programmes


def test_positions_are_positive_minus_negative_weighted_by_seats(parsed):
    table = parsed(
        "71,Japan,22/10/2017,1,75,100,1,4,0,5,1,0", "71,Japan,22/10/2017,2,25,100,1,0,0,0,4,0"
    ).iloc[0]
    assert (table["iso3"], table["date"], table["programmes"]) == ("JPN", "2017-10-22", 2)
    assert table["seats_covered"] == 1
    # 4 for three quarters, −4 for one quarter
    assert table["military_mean"] == pytest.approx(2)
    assert table["military_sd"] == pytest.approx(12**0.5)
    assert table["military_range"] == 8
    assert table["special_relations_mean"] == 3
    assert table["special_relations_range"] == 4


@pytest.mark.parametrize("progtype", [3, 99])
def test_estimated_and_missing_programmes_are_left_out(parsed, progtype):
    table = parsed(
        "71,Japan,22/10/2017,1,60,100,1,0,0,5,1,0",
        f"71,Japan,22/10/2017,2,40,100,{progtype},0,0,0,4,0",
    ).iloc[0]
    assert (table["programmes"], table["seats_covered"]) == (1, 0.6)
    # under two thirds of the house
    assert table[["military_mean", "military_sd"]].isna().all()
    assert table["military_range"] == 0


def test_party_without_seats_counts_for_nothing(parsed):
    table = parsed(
        "71,Japan,22/10/2017,1,100,100,1,0,0,5,1,0",
        "71,Japan,22/10/2017,2,0,100,1,0,0,0,40,0",
        "71,Japan,22/10/2017,3,,100,1,0,0,0,40,0",
    ).iloc[0]
    assert (table["programmes"], table["military_range"]) == (1, 0)


def test_day_comes_before_month_and_two_elections_of_a_year_stay_apart(parsed):
    table = parsed(
        "34,Greece,06/05/2012,1,300,300,1,0,0,5,1,0", "34,Greece,17/06/2012,1,300,300,1,0,0,3,1,0"
    )
    assert table[["date", "military_mean"]].to_dict("split")["data"] == [
        ["2012-05-06", 4],
        ["2012-06-17", 2],
    ]


def test_names_of_countries_are_matched_and_others_are_no_allies(parsed):
    table = parsed(
        "82,Czech Republic,21/10/2017,1,200,200,1,0,0,5,1,0",
        "85,German Democratic Republic,18/03/1990,1,400,400,1,0,0,5,1,0",
        "41,Germany,25/01/1987,1,497,497,1,0,0,5,1,0",
        "52,Northern Ireland,05/03/1998,1,497,497,1,0,0,5,1,0",
    )
    assert table["iso3"].tolist() == ["CZE", "DEU"]


def test_missing_column_is_named(original, allies):
    folder = original("MPDataset_MPDS2024a.csv", HEADER.replace(",per104", ""), "x")
    with pytest.raises(FaultsError, match="column per104"):
        parse(folder, allies)


def test_every_ally_but_the_three_that_the_source_lacks_has_elections(allies):
    table = read_table(RAW_FOLDER / "manifesto_positions.csv", schema())
    assert set(allies["iso3"]) - set(table["iso3"]) == {"PHL", "THA", "TWN"}


def test_days_are_those_of_the_elections_in_the_other_source():
    # Ministry of Internal Affairs of Japan and Election Commission of Korea, as PPEG has them
    table = read_table(RAW_FOLDER / "manifesto_positions.csv", schema())
    days = set(zip(table["iso3"], table["date"], strict=True))
    assert {("JPN", "2009-08-30"), ("KOR", "2020-04-15"), ("DEU", "1990-12-02")} <= days
