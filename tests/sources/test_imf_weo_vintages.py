import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.spending import economy, economy_vintages
from underbalance.sources.imf_weo_vintages import parse
from underbalance.tables import check_frame, read_table

HEADER = "vintage,ref_area,iso3,concept,lastactualdate,year,value"


@pytest.fixture
def parsed(original, allies):
    def parse_lines(*lines: str):
        folder = original("weo_vintages_2021_2025_subset.csv", HEADER, *lines)
        table = parse(folder, allies)
        check_frame(table, economy_vintages(), "economy_vintages")
        return table

    return parse_lines


def test_year_before_year_of_the_edition_and_next_year_are_kept(parsed):
    table = parsed(
        *[f"2021-04,158,JPN,GGXCNL_NGDP,2019,{year},{year - 2000}.5" for year in range(2018, 2025)]
    )
    assert table[["year", "value"]].to_dict("split")["data"] == [
        [2020, 20.5],
        [2021, 21.5],
        [2022, 22.5],
    ]


def test_series_have_the_names_of_the_table_economy(parsed):
    table = parsed(
        "2021-10,158,JPN,LUR,2019,2021,2.8",
        "2021-04,158,JPN,GGXWDG_NGDP,2019,2021,256.5",
        "2021-04,158,JPN,PCPIPCH,2019,2021,0.1",
        "2021-04,924,CHN,LUR,2019,2021,3.6",
    )
    assert table[["vintage", "series"]].to_dict("split")["data"] == [
        ["2021-04", "debt"],
        ["2021-10", "unemployment"],
    ]


def test_empty_value_has_no_row(parsed):
    assert parsed("2021-04,158,JPN,LUR,2019,2021,").empty


def test_newest_edition_is_the_table_economy():
    vintages = read_table(RAW_FOLDER / "economy_vintages.csv", economy_vintages())
    now = read_table(RAW_FOLDER / "economy.csv", economy())
    newest = vintages[vintages["vintage"] == "2025-10"]
    both = newest.merge(
        now[now["source"] == "imf_weo"],
        on=["iso3", "year", "series"],
        suffixes=("_then", "_now"),
        validate="one_to_one",
    )
    assert len(both) > 350
    assert both["value_then"].equals(both["value_now"])


def test_shipped_balance_of_japan_is_that_of_the_fiscal_monitor():
    # IMF, Fiscal Monitor April 2021, table A1: overall balance of Japan in 2020, -12.6
    table = read_table(RAW_FOLDER / "economy_vintages.csv", economy_vintages())
    key = ["vintage", "iso3", "year", "series"]
    assert table.set_index(key)["value"]["2021-04", "JPN", 2020, "fiscal_balance"] == (
        pytest.approx(-12.6, abs=0.05)
    )
