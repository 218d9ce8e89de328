import pytest
from openpyxl import Workbook
from underbalance.errors import FaultsError
from underbalance.sources.sheets import read_sheets, year_columns


def test_years_are_found_as_numbers_and_as_text_with_their_marks():
    row = ["  Country", "", 2014, "2015", "2021e", "2015 e", "% change", "2013-2014", "(1)", 7]
    assert year_columns(row) == {
        2: (2014, False),
        3: (2015, False),
        4: (2021, True),
        5: (2015, True),
    }


def test_every_sheet_is_read_from_its_first_cell_hidden_ones_too(tmp_path):
    book = Workbook()
    book.active.title = "one"
    book["one"]["B3"] = 1.5
    book["one"]["A3"] = "#REF!"
    book.create_sheet("two").sheet_state = "hidden"
    book["two"]["A1"] = "c"
    book.save(tmp_path / "w.xlsx")
    sheets = read_sheets(tmp_path / "w.xlsx")
    assert sheets == {"one": [["", ""], ["", ""], ["#REF!", 1.5]], "two": [["c"]]}


def test_file_that_is_no_workbook_is_a_fault(tmp_path):
    path = tmp_path / "w.xlsx"
    path.write_text("<html>not found</html>")
    with pytest.raises(FaultsError, match="must be an Excel workbook"):
        read_sheets(path)
