import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import us_aid
from underbalance.sources.us_greenbook_military_aid import LOANS, parse
from underbalance.tables import check_frame, read_table

HEADER = "country,ccode,iso3c,year,category,account,constant,current"


@pytest.fixture
def parsed(original, allies):
    def parse_lines(*lines: str):
        table = parse(original("greenbook_military_1980_2019.csv", HEADER, *lines), allies)
        check_frame(table, us_aid(), "us_aid")
        return table

    return parse_lines


def test_accounts_of_a_year_are_added_up_in_millions(parsed):
    table = parsed(
        "Korea,732.0,KOR,1990.0,Military,Training,3000000,2000000",
        "Korea,732.0,KOR,1990.0,Military,Other,1e+06,5e+05",
    )
    assert table.to_dict("split")["data"] == [["KOR", 1990, 2.5, 4.0, 0.0]]


def test_loans_are_in_the_sum_and_shown_apart(parsed):
    table = parsed(
        f'Poland,290.0,POL,2003.0,Military,"{LOANS}",5e+09,3.8e+09',
        "Poland,290.0,POL,2003.0,Military,Training,3e+06,2e+06",
    )
    assert table["military_aid_current_usd_m"].tolist() == [3802.0]
    assert table["military_loans_current_usd_m"].tolist() == [3800.0]


def test_regions_economic_aid_other_states_and_earlier_years_are_left_out(parsed):
    assert parsed(
        "Asia (not specified),,,1990.0,Military,Training,1,1",
        "Korea,732.0,KOR,1990.0,Economic,Food,1,1",
        "Egypt,651.0,EGY,1990.0,Military,Training,1,1",
        "Korea,732.0,KOR,1984.0,Military,Training,1,1",
    ).empty


def test_money_taken_back_lowers_the_sum(parsed):
    table = parsed(
        "Turkey,640.0,TUR,2018.0,Military,Training,3e+06,3e+06",
        "Turkey,640.0,TUR,2018.0,Military,Peace,-1e+06,-1e+06",
    )
    assert table["military_aid_current_usd_m"].tolist() == [2.0]


@pytest.mark.parametrize(
    ("iso3", "year", "grants", "loans"),
    [
        # Congressional Research Service RL33222: 1.8 billion of military grants to Israel
        # in each fiscal year from 1987 to 1998
        ("ISR", 1988, 1800, 0),
        ("ISR", 1997, 1800, 0),
        # the loan for Poland's F-16 (contracts of 18 April 2003), 3.8 billion
        ("POL", 2003, 30, 3800),
    ],
)
def test_shipped_sums_are_those_publicly_reported(iso3, year, grants, loans):
    table = read_table(RAW_FOLDER / "us_aid.csv", us_aid())
    row = table[(table["iso3"] == iso3) & (table["year"] == year)].iloc[0]
    assert row["military_loans_current_usd_m"] == loans
    assert row["military_aid_current_usd_m"] - loans == pytest.approx(grants, rel=0.02)


def test_no_prices_differ_in_the_base_year_2019_and_most_do_before():
    table = read_table(RAW_FOLDER / "us_aid.csv", us_aid())
    same = table["military_aid_current_usd_m"] == table["military_aid_constant_usd_m"]
    assert same[table["year"] == 2019].all()
    assert same[table["year"] < 2010].mean() < 0.05
