from collections.abc import Callable

import pandas as pd
import pytest
from openpyxl import Workbook
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.spending_plans import nato_editions
from underbalance.sources.nato_defence_expenditure import CSV_SERIES, parse
from underbalance.sources.nato_workbook import read_workbook
from underbalance.tables import check_frame, read_table

# title, unit, and the blocks below it, as the edition of 2022 words them
TABLES = {
    "TABLE1": ("Table 1 : Defence expenditure", "Million national currency units"),
    "TABLE2": ("Table 2 : Defence expenditure", "Million US dollars"),
    "TABLE3": (
        "Table 3 : Defence expenditure as a share of GDP and annual real change",
        "Based on 2015 prices",
    ),
    "TABLE5": ("Table 5 : Real GDP", "Billion US dollars (2015 prices and exchange rates)"),
    "TABLE7": ("Table 7 : Military personnel", "Thousands"),
    "TABLE8a": (
        "Table 8a : Distribution of defence expenditure by main category",
        "Percentage of total defence expenditure",
    ),
    "TABLE8b": (
        "Table 8b : Distribution of defence expenditure by main category",
        "Percentage of total defence expenditure",
    ),
}
BLOCKS = {
    "TABLE1": ("Current prices", "Constant 2015 prices "),
    "TABLE2": (
        "Current prices and exchange rates",
        "Constant 2015 prices and exchange rates",
    ),
    "TABLE3": ("Share of real GDP (%)", "Annual real change (%)"),
    "TABLE5": ("",),
    "TABLE7": ("",),
    "TABLE8a": ("Equipment (a)", "Personnel (b)"),
    "TABLE8b": ("Infrastructure (c)", "Other (d)"),
}
YEARS = [2020, "2021e", "2022e"]


@pytest.fixture
def workbook(tmp_path) -> Callable[..., Workbook]:
    """Make a small workbook of all tables, with Belgium's 1, 2 and 3 in every block."""

    def make(label: str = "Belgium") -> Workbook:
        book = Workbook()
        book.remove(book.active)
        for name, (title, unit) in TABLES.items():
            sheet = book.create_sheet(name)
            sheet["B4"], sheet["B6"] = title, unit
            for column, year in enumerate(YEARS, start=4):
                sheet.cell(8, column, year)
            row = 10
            for block in BLOCKS[name]:
                sheet.cell(row, 2, block or None)
                sheet.cell(row + 1, 3, label + ("   (Euros)" if name == "TABLE1" else ""))
                for column in (4, 5, 6):
                    sheet.cell(row + 1, column, column - 3)
                row += 3
            sheet.cell(row, 3, "Notes: Figures for 2021 and 2022 are estimates.")
        return book

    return make


@pytest.fixture
def read(tmp_path, allies):
    def read_book(book: Workbook) -> pd.DataFrame:
        book.save(tmp_path / "edition.xlsx")
        return read_workbook(tmp_path / "edition.xlsx", allies)

    return read_book


def of(table: pd.DataFrame, series: str) -> pd.DataFrame:
    return table[table["series"] == series]


def test_both_blocks_of_a_sheet_are_told_apart_by_the_line_above_them(workbook, read):
    book = workbook()
    book["TABLE8a"]["D14"] = 55.5
    table = read(book)
    assert of(table, "equipment_percent")["value"].tolist() == [1, 2, 3]
    assert of(table, "personnel_percent")["value"].tolist() == [55.5, 2, 3]


def test_years_marked_e_are_estimates_whether_they_are_text_or_not(workbook, read):
    found = of(read(workbook()), "gdp_percent")
    assert list(zip(found["year"], found["estimate"], strict=True)) == [
        (2020, False),
        (2021, True),
        (2022, True),
    ]


def test_price_base_is_read_from_the_heading_and_only_of_constant_prices(workbook, read):
    base = read(workbook()).groupby("series")["price_base"].agg(lambda b: set(b.dropna()))
    constant = {"defence_national_constant_m", "defence_usd_constant_m", "gdp_usd_constant_m"}
    assert {name for name, years in base.items() if years == {2015}} == constant
    assert {name for name, years in base.items() if not years} == set(base.index) - constant


def test_gdp_in_billions_becomes_millions(workbook, read):
    assert of(read(workbook()), "gdp_usd_constant_m")["value"].tolist() == [1000, 2000, 3000]


def test_gdp_of_2024_in_millions_at_two_kinds_of_prices_is_not_taken_for_spending(workbook, read):
    book = workbook()
    sheet = book["TABLE5"]
    sheet["B4"], sheet["B6"] = "Table 5 : GDP", "Million US dollars"
    sheet["B10"] = "Current prices and exchange rates"
    sheet["B13"] = "Constant 2015 prices and exchange rates"
    sheet["C13"] = None
    for column, value in zip("CDEF", ["Belgium", 7, 8, 9], strict=True):
        sheet[f"{column}14"] = value
    table = read(book)
    assert of(table, "gdp_usd_m")["value"].tolist() == [1, 2, 3]
    assert of(table, "gdp_usd_constant_m")["value"].tolist() == [7, 8, 9]
    assert of(table, "defence_usd_m")["value"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("label", "iso3"),
    [
        ("  Bulgaria (a)", "BGR"),
        ("  Bulgaria *", "BGR"),
        ("Estonia*", "EST"),
        ("Türkiye", "TUR"),
        ("  Turkey", "TUR"),
        ("Slovak Republic", "SVK"),
        ("  Luxembourg ", "LUX"),
        ("Czechia*", "CZE"),
        ("  Czech Republic", "CZE"),
        ("North Macedonia", "MKD"),
    ],
)
def test_ally_is_known_by_each_of_its_labels(workbook, read, label, iso3):
    assert set(read(workbook(label))["iso3"]) == {iso3}


def test_aggregates_and_the_usa_are_left_out(workbook, read):
    book = workbook()
    for row, name in [(12, "NATO Total"), (15, "United States")]:
        book["TABLE3"].cell(row, 2, name)
        book["TABLE3"].cell(row, 4, 2.7)
    table = read(book)
    assert set(table["iso3"]) == {"BEL"}
    # a row with figures is no name of a block either
    assert of(table, "real_change_percent")["value"].tolist() == [1, 2, 3]


def test_broken_references_below_the_table_are_passed_over(workbook, read):
    book = workbook()
    for column in (4, 5):
        book["TABLE8a"].cell(12, column, "#REF!")
        book["TABLE8b"].cell(12, column, 0)
    assert len(of(read(book), "equipment_percent")) == 3


def test_point_is_a_missing_value_and_no_zero(workbook, read):
    book = workbook()
    book["TABLE3"]["D11"] = "."
    assert of(read(book), "gdp_percent")["year"].tolist() == [2021, 2022]


@pytest.mark.parametrize("cell", ["#REF!", "n.a.", True])
def test_other_cells_of_an_ally_are_faults(workbook, read, cell):
    book = workbook()
    book["TABLE3"]["D11"] = cell
    with pytest.raises(FaultsError, match="BEL 2020 gdp_percent"):
        read(book)


def test_series_that_is_gone_is_a_fault_that_names_it(workbook, read):
    book = workbook()
    book["TABLE8b"]["B13"] = "Miscellaneous"
    with pytest.raises(FaultsError, match="series other_percent"):
        read(book)


def test_currency_beside_the_label_or_in_brackets_becomes_a_code(workbook, read):
    book = workbook()
    sheet = book["TABLE1"]
    assert set(of(read(book), "defence_national_m")["currency"]) == {"EUR"}
    # the edition of 2016 has a column for it, and two currencies in one row
    for row in (11, 14):
        sheet.cell(row, 2, "  Lithuania (b)")
        sheet.cell(row, 3, " Litai-Euros")
    sheet["D8"], sheet["E8"], sheet["F8"] = 2013, 2014, "2015 e"
    found = of(read(book), "defence_national_m")
    assert list(zip(found["year"], found["currency"], strict=True)) == [
        (2013, "LTL"),
        (2014, "LTL"),
        (2015, "EUR"),
    ]


def test_unknown_currency_is_a_fault(workbook, read):
    book = workbook()
    book["TABLE1"]["C11"] = "Belgium   (Cowries)"
    with pytest.raises(FaultsError, match="'cowries'"):
        read(book)


@pytest.fixture
def parsed(tmp_path, allies, workbook, original):
    def parse_editions(*csv_lines: str) -> pd.DataFrame:
        for name in (
            "pr-2016-11-def-exp-tables_e.xlsx",
            "pr-2022-105-en.xlsx",
            "240617-def-exp-2024-TABLES-en.xlsx",
        ):
            workbook().save(tmp_path / name)
        header = ",".join(["country_stanag", "year", *(f'"{name}"' for name in CSV_SERIES)])
        return parse(original("nato_defexp_2012_2019.csv", header, *csv_lines), allies)

    return parse_editions


def test_csv_edition_comes_into_the_units_of_the_workbooks(parsed):
    table = parsed("BEL,2017,4e9,3.9e9,0.9,1.5,4.5e11,28000,6.5,75,1,17.5")
    found = table[table["edition"] == "2019-06"].set_index("series")["value"].to_dict()
    assert found == {
        "defence_usd_m": 4000,
        "defence_usd_constant_m": 3900,
        "gdp_percent": 0.9,
        "real_change_percent": 1.5,
        "gdp_usd_constant_m": 450_000,
        "personnel_thousands": 28,
        "equipment_percent": 6.5,
        "personnel_percent": 75,
        "infrastructure_percent": 1,
        "other_percent": 17.5,
    }
    check_frame(table[table["edition"] == "2019-06"], nato_editions(), "nato_editions")


def test_csv_edition_has_2018_and_2019_as_estimates(parsed):
    lines = [
        f"BEL,{year},4e9,3.9e9,0.9,1.5,4.5e11,28000,6.5,75,1,17.5" for year in (2017, 2018, 2019)
    ]
    found = parsed(*lines).query("edition == '2019-06' and series == 'gdp_percent'")
    assert found["estimate"].tolist() == [False, True, True]


def test_iceland_of_which_only_gdp_is_given_is_left_out(parsed):
    table = parsed(
        "BEL,2017,4e9,3.9e9,0.9,1.5,4.5e11,28000,6.5,75,1,17.5",
        "ISL,2017,,,,,2e10,,,,,",
    )
    assert set(table["iso3"]) == {"BEL"}


@pytest.fixture
def shipped(project):
    return read_table(RAW_FOLDER / "nato_editions.csv", nato_editions())


# NATO, Defence Expenditure of NATO Countries: press release PR/CP(2016)011, that of 25 June
# 2019, PR/CP(2022)105 and the tables of 17 June 2024; rounded
PRINTED = [
    ("GRC", 2015, "2016-01", "gdp_percent", 2.46),
    ("POL", 2015, "2016-01", "gdp_percent", 2.18),
    ("LTU", 2014, "2016-01", "defence_national_m", 1111),
    ("DEU", 2015, "2016-01", "defence_national_m", 35517),
    ("SVK", 2008, "2016-01", "defence_national_m", 30146),
    ("LUX", 2015, "2016-01", "equipment_percent", 35.32),
    ("NOR", 2010, "2016-01", "gdp_usd_constant_m", 428_539),
    ("GRC", 2019, "2019-06", "gdp_percent", 2.24),
    ("EST", 2019, "2019-06", "gdp_percent", 2.13),
    ("ROU", 2019, "2019-06", "gdp_percent", 2.04),
    ("LTU", 2019, "2019-06", "gdp_percent", 1.98),
    ("FRA", 2019, "2019-06", "gdp_percent", 1.84),
    ("HRV", 2022, "2022-06", "defence_national_m", 9373),
    ("TUR", 2022, "2022-06", "defence_national_m", 137_775),
    ("GRC", 2022, "2022-06", "gdp_percent", 3.76),
    ("CAN", 2014, "2022-06", "gdp_percent", 1.01),
    ("LVA", 2014, "2022-06", "personnel_thousands", 4.646),
    ("BGR", 2022, "2022-06", "gdp_usd_constant_m", 58_422),
    ("POL", 2024, "2024-06", "gdp_percent", 4.12),
    ("ESP", 2024, "2024-06", "gdp_percent", 1.28),
    ("FRA", 2020, "2024-06", "gdp_percent", 2),
    ("HRV", 2014, "2024-06", "defence_national_m", 811),
    ("SWE", 2014, "2024-06", "defence_national_m", 42_574),
    ("HUN", 2024, "2024-06", "equipment_percent", 47.81),
    ("ALB", 2023, "2024-06", "infrastructure_percent", 19.24),
    ("DNK", 2023, "2024-06", "other_percent", 55.17),
    ("BEL", 2014, "2024-06", "personnel_percent", 77.845),
    ("POL", 2024, "2024-06", "personnel_thousands", 216.081),
    ("TUR", 2014, "2024-06", "gdp_usd_m", 938_511),
    ("BGR", 2020, "2024-06", "real_change_percent", -51.157),
]


@pytest.mark.parametrize(("iso3", "year", "edition", "series", "value"), PRINTED)
def test_shipped_figures_are_those_of_the_sheets(shipped, iso3, year, edition, series, value):
    row = (shipped["iso3"] == iso3) & (shipped["year"] == year) & (shipped["edition"] == edition)
    (found,) = shipped.loc[row & (shipped["series"] == series), "value"]
    decimals = len(str(value).partition(".")[2])
    assert found == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-9)


def wide(shipped: pd.DataFrame) -> pd.DataFrame:
    return shipped.pivot(index=["iso3", "year", "edition"], columns="series", values="value")


def test_share_of_gdp_is_spending_by_gdp_in_every_edition_but_for_three_typed_in_cells(shipped):
    figures = wide(shipped)
    computed = 100 * figures["defence_usd_constant_m"] / figures["gdp_usd_constant_m"]
    off = (figures["gdp_percent"] - computed).abs() > 1e-6
    # whoever made the sheets overwrote what would be rounded to 2.00 with 2
    assert (figures.loc[off, "gdp_percent"] == 2).all()
    assert sorted({key[:2] for key in figures.index[off]}) == [
        ("FRA", 2020),
        ("LTU", 2019),
        ("SVK", 2024),
    ]


def test_the_four_categories_add_up_to_the_whole(shipped):
    names = ["equipment_percent", "personnel_percent", "infrastructure_percent", "other_percent"]
    whole = wide(shipped)[names].dropna().sum(axis=1)
    assert len(whole) > 900
    assert whole.between(99.99, 100.01).all()


def test_every_edition_has_all_members_with_forces_and_all_its_years(shipped):
    spending = shipped[shipped["series"] == "gdp_percent"]
    assert spending.groupby("edition")["iso3"].nunique().to_dict() == {
        "2016-01": 26,
        "2019-06": 27,
        "2022-06": 28,
        "2024-06": 30,
    }
    years = spending.groupby("edition")["year"].agg(["min", "max"]).astype(int)
    assert years.to_numpy().tolist() == [[2008, 2015], [2012, 2019], [2014, 2022], [2014, 2024]]
    marked = spending[spending["estimate"]].groupby("edition")["year"].agg(set)
    assert marked.to_dict() == {
        "2016-01": {2015},
        "2019-06": {2018, 2019},
        "2022-06": {2021, 2022},
        "2024-06": {2023, 2024},
    }


def test_croatia_changes_from_kuna_to_euro_between_editions_at_the_fixed_rate(shipped):
    croatia = shipped[(shipped["iso3"] == "HRV") & (shipped["series"] == "defence_national_m")]
    kuna = croatia[croatia["edition"] == "2022-06"].set_index("year")
    euro = croatia[croatia["edition"] == "2024-06"].set_index("year")
    assert set(kuna["currency"]) == {"HRK"}
    assert set(euro["currency"]) == {"EUR"}
    settled = kuna.loc[~kuna["estimate"], "value"]
    assert (settled / euro["value"]).dropna().tolist() == pytest.approx([7.5345] * 7, rel=1e-5)
