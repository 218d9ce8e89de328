import openpyxl
import pytest
from underbalance.errors import FaultsError
from underbalance.sources.workbooks import read_first_sheet


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
