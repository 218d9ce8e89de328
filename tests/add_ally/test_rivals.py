"""Rivals that an ally brings with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from underbalance.add_ally.rivals import Rivals, rivals_file, to_be_listed
from underbalance.extensions import EXTENSIONS_FOLDER as EXTENSIONS
from underbalance.extensions import has_rows
from underbalance.registry import read_rivals

EXAMPLE = Path(__file__).parents[2] / "docs/examples/egypt"
EGYPT = EXTENSIONS / "EGY"
CITED = ("--citation", "Author. 2024. Title.")
CAPABILITIES = "state,year,cinc,milex_thousand_usd,personnel_thousand"


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(EGYPT / f"{name}.csv", comment="#")


def line_of(name: str) -> pd.Series:
    return table("sources").set_index("table").loc[name]


@pytest.fixture
def example(tmp_path_factory) -> Path:
    """A folder with what the example has on rivals."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("rivals", "rivalries", "capabilities", "sources"):
        shutil.copy2(EXAMPLE / f"{name}.csv", folder)
    return folder


def test_folder_brings_its_list_and_the_capabilities_of_its_rivals(egypt, example):
    result = egypt("--from-folder", str(example))
    assert result.exit_code == 0, result.output
    for name in ("rivals", "rivalries", "capabilities"):
        assert (EGYPT / f"{name}.csv").read_bytes() == (example / f"{name}.csv").read_bytes()
    line = line_of("capabilities")
    assert (line["first_year"], line["last_year"]) == (1985, 2022)
    assert line["shipped"] == "rows of EGY and its rivals only; not shipped with the project"


def test_line_of_a_table_that_the_extension_has_stays(egypt, add, example):
    egypt("--from-folder", str(example))
    before = line_of("capabilities")
    assert add("EGY", "--template", "milex").exit_code == 0
    pd.testing.assert_series_equal(line_of("capabilities"), before)


def test_line_of_a_shipped_table_says_which_it_speaks_of(egypt):
    egypt()
    assert "data/raw/us_rivalries.csv" in line_of("us_rivalries")["shipped"]
    assert not (EGYPT / "us_rivalries.csv").exists()


def test_capabilities_of_a_rival_are_read_by_its_name(egypt, add, example, own):
    egypt("--from-folder", str(example))
    path = own(CAPABILITIES, "Ethiopia,2023,0.005,,", "QAT,2023,0.001,,", "Chad,2023,0.002,,")
    result = add("EGY", "--from-csv", f"capabilities={path}", *CITED, "--replace")
    assert result.exit_code == 0, result.output
    assert "1 rows of other states are left out: Chad" in result.output
    assert table("capabilities")["state"].tolist() == ["ETH", "QAT"]


def test_capabilities_of_a_state_that_is_no_rival_are_left_out(egypt, own):
    path = own(CAPABILITIES, "EGY,2023,0.005,,", "ETH,2023,0.002,,")
    result = egypt("--from-csv", f"capabilities={path}", *CITED)
    assert "1 rows of other states are left out: ETH" in result.output


def test_rivalry_with_a_state_that_no_list_has_says_where_to_list_it(egypt, example):
    (example / "rivals.csv").unlink()
    result = egypt("--from-folder", str(example))
    assert result.exit_code == 1
    assert "add the state to rivals.csv of EGY" in " ".join(result.output.split())
    assert not EXTENSIONS.exists()


def test_list_with_a_listed_ally_is_refused(egypt, example):
    with (example / "rivals.csv").open("a") as file:
        file.write("TUR,Turkey,640,rival\n")
    result = egypt("--from-folder", str(example))
    assert "must not be listed again" in " ".join(result.output.split())
    assert not EXTENSIONS.exists()


def test_other_list_than_the_extension_has_is_refused_with_its_rows(egypt, example):
    egypt("--from-folder", str(example))
    before = (EGYPT / "rivals.csv").read_bytes()
    with (example / "rivals.csv").open("a") as file:
        file.write("DJI,Djibouti,522,opponent\n")
    result = egypt("--from-folder", str(example))
    assert result.exit_code == 1
    assert "row DJI: underbalance add-ally must not overwrite" in " ".join(result.output.split())
    assert (EGYPT / "rivals.csv").read_bytes() == before
    replaced = egypt("--from-folder", str(example), "--replace")
    assert replaced.exit_code == 0, replaced.output
    assert (EGYPT / "rivals.csv").read_bytes() == (example / "rivals.csv").read_bytes()


def test_list_of_the_extension_is_used_when_no_folder_brings_one(egypt, add, example, own):
    egypt("--from-folder", str(example))
    before = (EGYPT / "rivals.csv").read_bytes()
    rivalries = (example / "rivalries.csv").read_text().splitlines()
    path = own(*[line for line in rivalries if ",td," not in line])
    result = add("EGY", "--from-csv", f"rivalries={path}", *CITED, "--replace")
    assert result.exit_code == 0, result.output
    assert "QAT" in set(table("rivalries")["rival"])
    assert (EGYPT / "rivals.csv").read_bytes() == before


@pytest.fixture
def rivals(allies) -> Rivals:
    shipped = read_rivals()
    return Rivals("EGY", allies, shipped, shipped.iloc[:0], named={"LBY", "TUR"})


def test_what_is_an_opponent_of_others_or_an_ally_is_a_rival_for_parsers(rivals):
    roles = rivals.for_parsers.set_index("iso3")["role"]
    assert (roles["LBY"], roles["TUR"], roles["MAR"]) == ("rival", "rival", "rival")
    assert roles["AFG"] == "opponent"
    assert "DEU" not in roles


def test_states_that_no_list_has_get_a_template_without_a_row(rivals, tmp_path):
    rivals.unlisted |= {694, 530}
    (content,) = rivals_file(tmp_path, rivals).values()
    path = tmp_path / "rivals.csv"
    path.write_bytes(content)
    assert not has_rows(path)
    assert "530, 694" in path.read_text()
    assert path.read_text().splitlines()[-1] == "iso3,name,cow_code,role"
    # it is written once
    assert rivals_file(tmp_path, rivals) == {}


def test_nothing_is_written_when_all_states_are_listed(rivals, tmp_path):
    assert rivals_file(tmp_path, rivals) == {}


def test_message_names_the_numbers_the_file_and_its_columns():
    text = to_be_listed("EGY", {694, 530})
    assert "530, 694" in text
    assert "data/raw/extensions/EGY/rivals.csv (iso3,name,cow_code,role)" in text
