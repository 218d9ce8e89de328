import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.facts.ties import us_troops
from underbalance.sources.us_troop_deployments import parse
from underbalance.tables import check_frame

HEADER = "ccode,iso3c,countryname,year,month,quarter,source,troops_ad,troops_all"


@pytest.fixture
def parsed(original, allies):
    def parse_reports(*reports: str):
        return parse(original("troopdata_rebuild_long_1980_2025.csv", HEADER, *reports), allies)

    return parse_reports


def test_report_month_becomes_a_number_and_persons_stay_whole(parsed):
    table = parsed(
        "740,JPN,Japan,2014,September,3,report,49396,51000",
        "740,JPN,Japan,2014,March,1,report,50000,52000",
    )
    assert table.to_dict("split")["data"] == [
        ["JPN", 2014, 3, 50000, 52000],
        ["JPN", 2014, 9, 49396, 51000],
    ]
    check_frame(table, us_troops(), "us_troops")


@pytest.mark.parametrize("month", ["March", "June"])
def test_zero_of_an_unpublished_report_of_2023_is_left_out(parsed, month):
    assert parsed(f"740,JPN,Japan,2023,{month},1,report,0,0").empty


def test_other_zeros_and_published_numbers_stay(parsed):
    table = parsed(
        "740,JPN,Japan,2022,March,1,report,0,0",
        "740,JPN,Japan,2023,March,1,report,0,7",
        "740,JPN,Japan,2023,September,3,report,0,0",
    )
    assert list(zip(table["year"], table["month"], strict=True)) == [
        (2022, 3),
        (2023, 3),
        (2023, 9),
    ]


def test_years_before_1985_and_hosts_that_are_no_allies_are_left_out(parsed):
    table = parsed(
        "6,,Puerto Rico,1990,September,3,report,3707,3707",
        "740,JPN,Japan,1984,September,3,report,45000,45000",
        "740,JPN,Japan,1985,September,3,report,46000,46000",
    )
    assert table["year"].tolist() == [1985]


def test_month_that_is_not_known_is_refused_by_the_schema(parsed):
    table = parsed("740,JPN,Japan,2014,Sept,3,report,1,1")
    with pytest.raises(FaultsError, match="month must not be empty"):
        check_frame(table, us_troops(), "us_troops")
