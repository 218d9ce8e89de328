import pytest
from underbalance.schemas.facts.ties import alliance
from underbalance.sources.us_alliance_status import parse
from underbalance.tables import check_frame

HEADER = "iso3,cow_code,commitment,start,end,date_precision,basis,verification"


@pytest.fixture
def parsed(original, allies):
    def parse_rows(*rows: str):
        return parse(original("us_alliance_status_compiled.csv", HEADER, *rows), allies)

    return parse_rows


def test_commitment_keeps_its_days_and_an_open_end_is_empty(parsed):
    table = parsed(
        'NZL,920,ANZUS,1951-09-01,1986-08-12,day,"treaty, suspended",COW v4.1: same date',
        "JPN,740,bilateral_defence_treaty,1951-09-08,,day,treaty,COW v4.1: same date",
    )
    assert table[["iso3", "start", "end"]].to_dict("split")["data"] == [
        ["JPN", "1951-09-08", ""],
        ["NZL", "1951-09-01", "1986-08-12"],
    ]
    assert list(table.columns) == list(alliance().columns)
    check_frame(table, alliance(), "alliance")


def test_date_known_by_year_becomes_january_and_keeps_its_precision(parsed):
    table = parsed("ISR,666,MNNA,1987,1999,year,designation,22 CFR 120.32")
    assert table[["start", "end", "date_precision"]].to_dict("split")["data"] == [
        ["1987-01-01", "1999-01-01", "year"]
    ]


@pytest.mark.parametrize(
    ("verification", "verified"),
    [
        ("COW v4.1: same date", True),
        ("accession date not verified here; general knowledge, check before use", False),
    ],
)
def test_date_that_the_compilation_did_not_check_is_marked(parsed, verification, verified):
    table = parsed(f'FIN,375,NATO,2023-04-04,,day,accession,"{verification}"')
    assert table["date_verified"].tolist() == [verified]


def test_states_that_are_not_listed_are_left_out(parsed):
    assert parsed("ARG,160,MNNA,1998,,year,designation,22 CFR 120.32").empty
