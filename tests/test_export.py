import pandas as pd
import pytest
from underbalance.config import Coding
from underbalance.errors import FaultsError
from underbalance.export import variable_labels, write_ally_year, write_parquet, write_stata
from underbalance.schemas.processed import ally_year
from underbalance.tables import read_table

LABELS = {"iso3": "Ally", "count": "Number (persons)", "share": "Share", "flag": "Flag (0/1)"}


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "iso3": ["JPN", "KOR"],
            "count": pd.array([7, pd.NA], dtype="Int64"),
            "share": [0.1, None],
            "flag": pd.array([True, False], dtype="boolean"),
        }
    )


def test_labels_are_those_of_the_table_with_the_unit_in_parentheses():
    codebook = pd.DataFrame(
        {
            "table": ["ally_year", "ally_year", "deals"],
            "name": ["debt", "region", "debt"],
            "label": ["Gross debt", "Region", "Another"],
            "unit": ["percent of GDP", "", ""],
        }
    )
    assert variable_labels(codebook, "ally_year") == {
        "debt": "Gross debt (percent of GDP)",
        "region": "Region",
    }


def test_stata_file_has_labels_values_and_missing_values(table, tmp_path):
    path = tmp_path / "t.dta"
    write_stata(table, path, LABELS, "Title of the data")
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.variable_labels() == LABELS
        assert reader.data_label == "Title of the data"
        # not the time of saving, which would change the bytes every minute
        assert reader.time_stamp == "01 Jan 2000 00:00"
        back = reader.read()
    assert back["iso3"].tolist() == ["JPN", "KOR"]
    assert back["flag"].tolist() == [1, 0]
    assert back["count"].tolist()[0] == 7
    assert back["count"].isna().tolist() == [False, True]
    assert back["share"].tolist()[0] == 0.1


def test_logical_column_with_missing_values_stays_0_1_and_missing_in_stata(table, tmp_path):
    path = tmp_path / "t.dta"
    flagged = table.assign(flag=pd.array([True, pd.NA], dtype="boolean"))
    write_stata(flagged, path, LABELS, "title")
    back = pd.read_stata(path)["flag"]
    assert (back.tolist()[0], back.isna().tolist()) == (1, [False, True])


def test_too_long_label_is_cut_at_what_stata_takes(table, tmp_path):
    path = tmp_path / "t.dta"
    write_stata(table, path, LABELS | {"share": "x" * 81}, "y" * 81)
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.variable_labels()["share"] == "x" * 80
        assert reader.data_label == "y" * 80


def test_parquet_gives_back_the_same_table(table, tmp_path):
    path = tmp_path / "t.parquet"
    write_parquet(table, path)
    pd.testing.assert_frame_equal(pd.read_parquet(path), table)


CODINGS = {
    "economic": Coding(
        label="label",
        concept="economic",
        transform="z",
        aggregate="mean",
        components=[{"variable": "debt", "sign": 1}],
        min_components=1,
    )
}


@pytest.fixture
def sound() -> pd.DataFrame:
    """Two ally-years of the declared columns; numbers are 1, texts empty where they may be."""
    texts = {"iso3": "JPN", "name": "Japan", "region": "asia_pacific"}
    columns = {}
    for name, column in ally_year(CODINGS).columns.items():
        kind = str(column.dtype)
        columns[name] = [texts.get(name, "") if kind.startswith("str") else 1] * 2
    columns["year"] = [1998, 1999]
    return pd.DataFrame(columns)


@pytest.fixture
def codebook() -> pd.DataFrame:
    names = list(ally_year(CODINGS).columns)
    return pd.DataFrame({"table": "ally_year", "name": names, "label": names, "unit": ""})


def test_three_formats_hold_the_same_table_and_the_same_bytes_twice(sound, codebook, tmp_path):
    paths = [tmp_path / f"ally_year.{ending}" for ending in ("csv", "parquet", "dta")]
    write_ally_year(sound, *paths, CODINGS, codebook)
    first = [path.read_bytes() for path in paths]
    csv, parquet, stata = paths
    from_csv = read_table(csv, ally_year(CODINGS))
    pd.testing.assert_frame_equal(pd.read_parquet(parquet), from_csv)
    from_stata = pd.read_stata(stata)
    assert list(from_stata.columns) == list(from_csv.columns)
    assert from_stata["year"].tolist() == [1998, 1999]
    write_ally_year(sound, *paths, CODINGS, codebook)
    assert [path.read_bytes() for path in paths] == first


def test_table_that_breaks_its_schema_is_written_in_no_format(sound, codebook, tmp_path):
    paths = [tmp_path / f"ally_year.{ending}" for ending in ("csv", "parquet", "dta")]
    with pytest.raises(FaultsError, match="must be unique"):
        write_ally_year(sound.assign(year=1998), *paths, CODINGS, codebook)
    assert list(tmp_path.iterdir()) == []
