import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.facts.spending import milex
from underbalance.sources.sipri_milex import parse
from underbalance.tables import check_frame

HEADER = "series,iso3,country,year,value,font_flag,sipri_notes,currency"
RELEASE = "sipri_milex_2025_release_subset.csv"


@pytest.fixture
def parsed(original, allies):
    def parse_cells(*cells: str):
        return parse(original(RELEASE, HEADER, *cells), allies)

    return parse_cells


def test_both_series_of_an_ally_year_become_one_row(parsed):
    table = parsed(
        "share_gdp,JPN,Japan,2000,0.0093,,,",
        "constant_2023_usd_m,JPN,Japan,2000,45000.25,,,",
    )
    assert table[["iso3", "year", "share_gdp", "constant_usd_m"]].to_dict("records") == [
        {"iso3": "JPN", "year": 2000, "share_gdp": 0.0093, "constant_usd_m": 45000.25}
    ]
    check_frame(table, milex(), "milex")


def test_series_that_sipri_leaves_out_is_missing_and_not_zero(parsed):
    table = parsed(
        "share_gdp,JPN,Japan,2000,0.0093,,,", "constant_2023_usd_m,KOR,Korea,2000,30000,,,"
    )
    assert table["constant_usd_m"].isna().tolist() == [True, False]
    assert table["share_gdp"].isna().tolist() == [False, True]


def test_other_series_states_and_years_are_left_out(parsed):
    table = parsed(
        "lcu_financial_year,JPN,Japan,2015,4.98e12,,,Yen",
        "share_gdp,CHN,China,2000,0.018,,,",
        "share_gdp,JPN,Japan,1987,0.01,,,",
        "share_gdp,JPN,Japan,1988,0.02,,,",
        "share_gdp,JPN,Japan,2025,0.03,,,",
        "share_gdp,JPN,Japan,2026,0.04,,,",
        "constant_2023_usd_m,JPN,Japan,2025,1,,,",
    )
    assert table["year"].tolist() == [1988, 2025]
    assert table["share_gdp"].tolist() == [0.02, 0.03]


@pytest.mark.parametrize(
    ("colour", "quality"),
    [("", ""), ("blue_estimate", "estimate"), ("red_highly_uncertain", "uncertain")],
)
def test_cell_colour_is_the_quality_of_its_own_series(parsed, colour, quality):
    table = parsed(
        f"share_gdp,JPN,Japan,2000,0.0093,{colour},,",
        "constant_2023_usd_m,JPN,Japan,2000,45000,,,",
    )
    assert table["share_gdp_quality"].tolist() == [quality]
    assert table["constant_usd_quality"].tolist() == [""]


def test_colour_that_is_not_known_is_refused_instead_of_taken_for_none(parsed):
    table = parsed(
        "share_gdp,JPN,Japan,2000,0.0093,green,,", "constant_2023_usd_m,JPN,Japan,2000,1,,,"
    )
    with pytest.raises(FaultsError, match="green"):
        check_frame(table, milex(), "milex")


@pytest.mark.parametrize(
    ("marks", "flags"),
    [
        ("§¶3", (True, False, True)),
        ("†13", (False, True, False)),
        ("‖73", (False, False, False)),
        ("", (False, False, False)),
    ],
)
def test_note_marks_of_either_series_become_flags(parsed, marks, flags):
    table = parsed(
        f"constant_2023_usd_m,JPN,Japan,2000,45000,,{marks},", "share_gdp,JPN,Japan,2000,0.01,,,"
    )
    found = table[["adopted_budget", "excludes_pensions", "excludes_paramilitary"]]
    assert tuple(found.iloc[0]) == flags
