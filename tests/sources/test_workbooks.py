import openpyxl
import pytest
from underbalance.errors import FaultsError
from underbalance.sources import (
    eda_defence_data,
    gpr_caldara_iacoviello,
    nato_defence_expenditure,
    sipri_milex,
    un_ideal_points,
    us_census_trade_by_country,
    wb_fiscal_space,
)
from underbalance.sources.workbooks import read_cells, read_first_sheet, year_columns


@pytest.fixture
def workbook(tmp_path):
    """A workbook; the engine that reads .xls reads the newer format alike."""
    book = openpyxl.Workbook()
    book.active.append(["month", "GPR"])
    book.active.append(["1998-01", 90.5])
    path = tmp_path / "export.xls"
    book.save(path)
    return path


def test_first_sheet_is_read_with_its_header(workbook):
    sheet = read_first_sheet(workbook, ["month"], rest=True)
    assert sheet.to_dict("list") == {"month": ["1998-01"], "GPR": [90.5]}


def test_column_that_is_missing_is_told(workbook):
    with pytest.raises(FaultsError, match="column GPRC_JPN"):
        read_first_sheet(workbook, ["month", "GPRC_JPN"])


def test_years_are_found_as_numbers_and_as_text_with_their_marks():
    row = ["  Country", "", 2014, "2015", "2021e", "2015 e", "% change", "2013-2014", "(1)", 7]
    assert year_columns(row) == {
        2: (2014, False),
        3: (2015, False),
        4: (2021, True),
        5: (2015, True),
    }


def test_cells_of_every_sheet_are_read_from_the_first_one_hidden_sheets_too(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "one"
    book["one"]["B3"] = 1.5
    book["one"]["A3"] = "#REF!"
    book.create_sheet("two").sheet_state = "hidden"
    book["two"]["A1"] = "c"
    book.save(tmp_path / "w.xlsx")
    sheets = read_cells(tmp_path / "w.xlsx")
    assert sheets == {"one": [["", ""], ["", ""], ["#REF!", 1.5]], "two": [["c"]]}


@pytest.mark.parametrize("content", ["<html>not found</html>", ""], ids=["text", "nothing"])
@pytest.mark.parametrize(
    ("name", "source", "form"),
    [
        ("eda-collective-and-national-defence-data-2005-2014.xlsx", eda_defence_data, "Excel"),
        ("data_gpr_export.xls", gpr_caldara_iacoviello, "Excel"),
        ("pr-2016-11-def-exp-tables.xlsx", nato_defence_expenditure, "Excel"),
        ("SIPRI-Milex-data-1949-2025.xlsx", sipri_milex, "Excel"),
        ("Idealpoints.dta", un_ideal_points, "Stata"),
        ("country.xlsx", us_census_trade_by_country, "Excel"),
        ("Fiscal-space-data.xlsx", wb_fiscal_space, "Excel"),
    ],
)
def test_file_that_is_no_workbook_is_a_fault_of_every_parser(
    tmp_path, allies, name, source, form, content
):
    (tmp_path / name).write_text(content)
    with pytest.raises(FaultsError, match=f"the release must be an? {form}") as error:
        source.parse(tmp_path, allies)
    assert [fault.file for fault in error.value.faults] == [str(tmp_path / name)]
