"""SIPRI's workbook: a layout with titles above, regions between, colours and marks."""

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from underbalance.errors import FaultsError
from underbalance.sources.sipri_milex import parse

BLUE, RED = Font(color="FF0000FF"), Font(color="FFFF0000")


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook laid out as SIPRI's; return its folder."""

    def write(*countries: tuple, sheets=("Share of GDP", "Constant (2024) US$")):
        book = Workbook()
        book.active.title = "Front page"
        for title in sheets:
            sheet = book.create_sheet(title)
            sheet.append(["Military expenditure by country"])
            sheet.append(["Figures in blue are estimates."])
            sheet.append([])
            sheet.append(["Country", None, "Notes", 2023, 2024.0])
            sheet.append(["Europe"])
            scale = 1 if title == "Share of GDP" else 10_000
            for name, notes, *values in countries:
                numbers = [v * scale if isinstance(v, float) else v for v in values]
                sheet.append([name, None, notes, *numbers])
        book.save(tmp_path / "SIPRI-Milex-data-1949-2024_2.xlsx")
        return book

    return write


def test_numbers_of_allies_are_read_and_regions_and_empty_signs_are_not(workbook, allies, tmp_path):
    workbook(("Korea, South", None, 0.028, "..."), ("France", None, "xxx", 0.02), ("Chad", None, 1))
    table = parse(tmp_path, allies)
    found = table[["iso3", "year", "share_gdp", "constant_usd_m"]].to_numpy().tolist()
    assert found == [["FRA", 2024, 0.02, 200.0], ["KOR", 2023, 0.028, 280.0]]


def test_colours_and_marks_become_quality_and_flags(workbook, allies, tmp_path):
    book = workbook(("Albania", "§¶3", 0.012, 0.013), ("Türkiye", "†", 0.02, 0.021))
    sheet = book["Share of GDP"]
    sheet["D6"].font, sheet["E6"].font = BLUE, RED
    book.save(tmp_path / "SIPRI-Milex-data-1949-2024_2.xlsx")
    table = parse(tmp_path, allies).set_index(["iso3", "year"])
    assert table.loc[("ALB", 2023), "share_gdp_quality"] == "estimate"
    assert table.loc[("ALB", 2024), "share_gdp_quality"] == "uncertain"
    assert table.loc[("TUR", 2023), "share_gdp_quality"] == ""
    assert table.loc["ALB", "adopted_budget"].all()
    assert table.loc["ALB", "excludes_paramilitary"].all()
    assert table.loc["TUR", "excludes_pensions"].all()
    assert not table.loc["TUR", "adopted_budget"].any()


def test_a_workbook_without_the_sheet_says_which_sheets_it_has(workbook, allies, tmp_path):
    workbook(sheets=("Share of GDP", "Current US$"))
    with pytest.raises(FaultsError, match="Front page, Share of GDP, Current US"):
        parse(tmp_path, allies)


def test_workbook_and_reshaped_subset_agree(workbook, allies, tmp_path, original):
    workbook(("Japan", "1", 0.012, 0.013))
    from_workbook = parse(tmp_path, allies)
    lines = [
        f"{series},JPN,Japan,{year},{value},,1,"
        for series, scale in (("share_gdp", 1), ("constant_2023_usd_m", 10_000))
        for year, value in ((2023, 0.012 * scale), (2024, 0.013 * scale))
    ]
    header = "series,iso3,country,year,value,font_flag,sipri_notes,currency"
    folder = original("subset/sipri_milex_2025.csv", header, *lines)
    pd.testing.assert_frame_equal(from_workbook, parse(folder, allies))
