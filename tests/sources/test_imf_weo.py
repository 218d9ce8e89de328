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


def test_the_funds_own_file_is_read_too(tmp_path, allies):
    lines = [
        "WEO Country Code\tISO\tWEO Subject Code\tCountry\t1980\t2023\t2024\tEstimates Start After",
        "158\tJPN\tNGDPD\tJapan\t1,129.377\t4,213.167\t4,070.094\t2023",
        "158\tJPN\tLUR\tJapan\t2.017\t2.6\t--\t2023",
        "542\tKOR\tGGXWDG_NGDP\tKorea\tn/a\t51.5\t52.9\t2022",
        "924\tCHN\tLUR\tChina\t4.9\t5.2\t5.1\t2023",
    ]
    path = tmp_path / "WEOOct2024all.xls"
    path.write_text("\n".join(lines) + "\n", encoding="utf-16")
    table = parse(tmp_path, allies)
    found = table[["iso3", "year", "series", "value", "status"]].to_numpy().tolist()
    assert found == [
        ["JPN", 2023, "gdp_usd_bn", 4213.167, "observed"],
        ["JPN", 2023, "unemployment", 2.6, "observed"],
        ["JPN", 2024, "gdp_usd_bn", 4070.094, "estimate"],
        ["KOR", 2023, "debt", 51.5, "estimate"],
        ["KOR", 2024, "debt", 52.9, "estimate"],
    ]
