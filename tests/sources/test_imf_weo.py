import pandas as pd
import pytest
from underbalance.schemas.facts.spending import economy
from underbalance.sources.imf_weo import last_actual_year, parse
from underbalance.tables import check_frame

HEADER = "ref_area,concept,unit,scale,base_year,lastactualdate,year,value"
RELEASE = "weo_2025_10_subset.csv"


@pytest.fixture
def parsed(original, allies):
    def parse_cells(*cells: str):
        return parse(original(RELEASE, HEADER, *cells), allies)

    return parse_cells


@pytest.mark.parametrize(
    ("stated", "year"),
    [
        ("2024", 2024),
        ("2024.0", 2024),
        ("FY2023/24", 2024),
        ("FY1999/00", 2000),
        ("", 0),
        ("not stated", 0),
    ],
)
def test_last_actual_year_is_the_year_in_which_a_fiscal_year_ends(stated, year):
    assert last_actual_year(pd.Series([stated])).tolist() == [year]


def test_value_after_last_actual_year_is_an_estimate(parsed):
    table = parsed(
        "JPN,GGXWDG_NGDP,PT,0,,2023,2022,248.2",
        "JPN,GGXWDG_NGDP,PT,0,,2023,2023,240.5",
        "JPN,GGXWDG_NGDP,PT,0,,2023,2024,236.7",
    )
    assert table["status"].tolist() == ["observed", "observed", "estimate"]
    assert table["value"].tolist() == [248.2, 240.5, 236.7]
    check_frame(table, economy(), "economy")


def test_series_without_a_last_actual_year_is_an_estimate_throughout(parsed):
    table = parsed("KOR,LUR,PT,0,,,1990,2.4")
    assert table["status"].tolist() == ["estimate"]


def test_fiscal_year_counts_as_actual_in_the_year_it_ends(parsed):
    table = parsed(
        "THA,GGXCNL_NGDP,PT,0,,FY2023/24,2024,-2.1", "THA,GGXCNL_NGDP,PT,0,,FY2023/24,2025,-3"
    )
    assert table["status"].tolist() == ["observed", "estimate"]


def test_other_series_states_and_years_are_left_out(parsed):
    table = parsed(
        "JPN,BCA_NGDPD,PT,0,,2024,2000,2.6",
        "CHN,LUR,PT,0,,2024,2000,3.1",
        "JPN,LUR,PT,0,,2024,1982,2.4",
        "JPN,LUR,PT,0,,2024,1983,2.6",
        "JPN,LUR,PT,0,,2024,2025,2.5",
        "JPN,LUR,PT,0,,2024,2026,2.5",
    )
    assert table["series"].unique().tolist() == ["unemployment"]
    assert table["year"].tolist() == [1983, 2025]


def test_empty_cell_is_no_row(parsed):
    table = parsed("MNE,LUR,PT,0,,2024,2000,", "MNE,LP,NUM,6,,2024,2000,0.61")
    assert table["series"].tolist() == ["population_m"]


def test_old_vintages_beside_the_release_are_not_read(original, parsed):
    original("weo_vintages_2021_2025_subset.csv", "vintage,ref_area,iso3,concept,year,value")
    assert len(parsed("JPN,LUR,PT,0,,2024,2000,4.7")) == 1
