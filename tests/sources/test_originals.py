import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.sources.originals import find_original, numbers, read_original


def test_one_matching_file_is_found_beside_others(original, tmp_path):
    folder = original("release_2025.csv", "a")
    original("SOURCE.yaml", "title: x")
    assert find_original(folder, "release_*.csv") == tmp_path / "release_2025.csv"


@pytest.mark.parametrize(
    ("names", "told"),
    [((), "no such file"), (("r_1.csv", "r_2.csv"), "r_1.csv, r_2.csv")],
    ids=["none", "two"],
)
def test_not_exactly_one_file_is_a_fault_that_names_what_is_there(original, tmp_path, names, told):
    for name in names:
        original(name, "a")
    with pytest.raises(FaultsError) as error:
        find_original(tmp_path, "r_*.csv")
    (fault,) = error.value.faults
    assert (fault.file, fault.where, fault.value) == (str(tmp_path), "file r_*.csv", told)


def test_missing_folder_is_a_fault(tmp_path):
    with pytest.raises(FaultsError, match="no such file"):
        find_original(tmp_path / "nowhere", "r_*.csv")


def test_every_missing_column_is_told_at_once(original):
    path = original("r.csv", "kept,other", "1,2") / "r.csv"
    with pytest.raises(FaultsError) as error:
        read_original(path, ["kept", "gone", "renamed"])
    assert [fault.where for fault in error.value.faults] == ["column gone", "column renamed"]
    assert "kept, other" in error.value.faults[0].value


def test_only_the_wanted_columns_are_kept_in_the_wanted_order(original):
    path = original("r.csv", "a,b,c", "1,2,3") / "r.csv"
    assert read_original(path, ["c", "a"]).to_dict("list") == {"c": [3], "a": [1]}


def test_text_keeps_codes_that_look_like_missing_values_or_numbers(original):
    path = original("r.csv", "code,number", "NA,007", ",1.50") / "r.csv"
    cells = read_original(path, ["code", "number"], text=True)
    assert cells.to_dict("list") == {"code": ["NA", ""], "number": ["007", "1.50"]}


def test_encoding_of_the_source_is_honoured(original):
    path = original("r.csv", "name", "Özal", encoding="latin1") / "r.csv"
    assert read_original(path, ["name"], encoding="latin1")["name"].tolist() == ["Özal"]


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize(
    ("lines", "encoding"),
    [
        (("a,b", "1,2,3", "4,5,6"), "utf-8"),
        (("a,b", "1,2", "4,5,6"), "utf-8"),
        (("a,b", "Özal,2"), "latin1"),
    ],
    ids=["every line too long", "one line too long", "wrong encoding"],
)
def test_file_whose_cells_would_slip_or_garble_is_a_fault(original, lines, encoding, text):
    path = original("r.csv", *lines, encoding=encoding) / "r.csv"
    with pytest.raises(FaultsError, match="comma-separated table in utf-8"):
        read_original(path, ["a", "b"], text=text)


def test_file_whose_cells_are_between_tabs_is_told_so(original):
    path = original("r.xls", "a\tb", "1\t2\t3") / "r.xls"
    with pytest.raises(FaultsError, match="tab-separated table in utf-8"):
        read_original(path, ["a", "b"], separator="\t")


def test_numbers_of_text_are_floats_and_empty_cells_missing():
    found = numbers(pd.Series(["3", "", "-0.5"], dtype="str"))
    pd.testing.assert_series_equal(found, pd.Series([3.0, float("nan"), -0.5]))
