import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import us_trade
from underbalance.sources.us_census_trade_by_country import parse
from underbalance.tables import check_frame, read_table

COLUMNS = ["year", "CTY_CODE", "CTYNAME", "IDEC", "EDEC", "IYR", "EYR"]


@pytest.fixture
def parsed(tmp_path, allies):
    def parse_rows(*rows: tuple, columns: list[str] = COLUMNS):
        frame = pd.DataFrame(rows, columns=columns)
        frame.to_excel(tmp_path / "country.xlsx", index=False, sheet_name="country")
        table = parse(tmp_path, allies)
        check_frame(table, us_trade(), "us_trade")
        return table

    return parse_rows


def test_names_of_the_bureau_become_our_codes(parsed):
    table = parsed(
        (1993, 5800, "Korea, South", 1.0, 1.0, 20.5, 10.5),
        (1993, 4794, "Macedonia", 1.0, 1.0, 2.0, 1.0),
        (1993, 4351, " Czech Republic ", 1.0, 1.0, 4.0, 3.0),
        (1993, 5880, "Japan", 1.0, 1.0, 6.0, 5.0),
    )
    assert table.to_dict("split")["data"] == [
        ["CZE", 1993, 4.0, 3.0],
        ["JPN", 1993, 6.0, 5.0],
        ["KOR", 1993, 20.5, 10.5],
        ["MKD", 1993, 2.0, 1.0],
    ]


def test_year_without_a_december_is_not_complete_and_left_out(parsed):
    table = parsed(
        (2022, 5880, "Japan", 1.0, 1.0, 6.0, 5.0), (2023, 5880, "Japan", 0.0, 0.0, 1.0, 1.0)
    )
    assert table["year"].tolist() == [2022]


def test_december_without_trade_of_one_partner_does_not_end_the_year(parsed):
    table = parsed(
        (1993, 5880, "Japan", 1.0, 1.0, 6.0, 5.0), (1993, 4794, "Macedonia", 0.0, 0.0, 2.0, 1.0)
    )
    assert table["iso3"].tolist() == ["JPN", "MKD"]


def test_empty_second_row_of_a_partner_is_left_out(parsed):
    table = parsed(
        (1993, 5081, "Israel", 1.0, 1.0, 6.0, 5.0), (1993, 5080, "Israel", 0.0, 0.0, 0.0, 0.0)
    )
    assert table.to_dict("split")["data"] == [["ISR", 1993, 6.0, 5.0]]


@pytest.mark.parametrize(
    "name", ["Czechoslovakia", "Serbia and Montenegro", "Netherlands Antilles", "European Union"]
)
def test_predecessors_territories_and_sums_are_no_allies(parsed, name):
    assert parsed((1993, 1, name, 1.0, 1.0, 6.0, 5.0)).empty


def test_missing_column_is_named(parsed):
    with pytest.raises(FaultsError, match="column EYR"):
        parsed((1993, 5880, "Japan", 1.0, 1.0, 6.0), columns=COLUMNS[:-1])


@pytest.mark.parametrize(
    ("iso3", "year", "imports", "exports"),
    [
        # census.gov/foreign-trade/balance: c5800 (South Korea) and c5880 (Japan)
        ("KOR", 2012, 58_899, 42_283),
        ("JPN", 2019, 143_591, 74_480),
    ],
)
def test_shipped_trade_is_that_of_the_bureaus_country_pages(iso3, year, imports, exports):
    table = read_table(RAW_FOLDER / "us_trade.csv", us_trade())
    row = table[(table["iso3"] == iso3) & (table["year"] == year)].iloc[0]
    assert row["imports_usd_m"] == pytest.approx(imports, rel=0.01)
    assert row["exports_usd_m"] == pytest.approx(exports, rel=0.01)
