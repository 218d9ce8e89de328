"""Questions that cannot be answered, and the command."""

import json
import shutil

import pandas as pd
import pytest
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.errors import FaultsError
from underbalance.explain.answer import explain
from underbalance.explain.facts import Facts

YEARS = [("JPN", 1985), ("JPN", 1998), ("JPN", 2025), ("CZE", 1993), ("CZE", 2025)]


@pytest.fixture
def small(project, tmp_path, monkeypatch):
    """A project whose results are five ally-years with one variable, as working directory."""
    shutil.copytree(project / "config", tmp_path / "config")
    (tmp_path / "data/processed").mkdir(parents=True)
    (tmp_path / "data/raw").mkdir()
    table = pd.DataFrame(YEARS, columns=["iso3", "year"]).assign(polarization=-2.5)
    table.to_parquet(tmp_path / "data/processed/ally_year.parquet")
    institutions = table.assign(divided_control=1.0)
    institutions.to_csv(tmp_path / "data/raw/institutions.csv", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def the_fault(iso3, year, *variables):
    with pytest.raises(FaultsError) as error:
        explain(iso3, year, variables)
    (fault,) = error.value.faults
    return fault


def test_unknown_ally_is_told_with_the_codes(small):
    fault = the_fault("XXX", 1998)
    assert fault.value == "XXX"
    assert "JPN Japan" in fault.allowed


def test_year_outside_the_table_is_told_with_its_years(small):
    assert "1985 to 2025" in the_fault("JPN", 1970).rule


def test_year_before_independence_is_told_with_the_day(small):
    fault = the_fault("CZE", 1990)
    assert "Czechia does since 1993-01-01" in fault.rule
    assert fault.allowed == "1993 to 2025 for CZE"


def test_unknown_variable_is_told_with_close_ones(small):
    assert the_fault("JPN", 1998, "politcal").allowed.split(", ")[0] == "political"


def test_results_that_are_not_there_are_to_be_made(small):
    (small / "data/processed/ally_year.parquet").unlink()
    fault = the_fault("JPN", 1998)
    assert fault.value == "no such file"
    assert "run `make` first" in fault.mend


def test_coding_that_the_results_lack_is_to_be_made(small):
    fault = the_fault("JPN", 1998, "political")
    assert "no column political" in fault.value
    assert "run `make`" in fault.mend


def test_question_outside_of_a_project_is_a_fault(small, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path / "data")
    assert "folder of the project" in the_fault("JPN", 1998).rule


def test_all_that_is_wrong_with_a_question_is_told_at_once(small):
    with pytest.raises(FaultsError) as error:
        explain("CZE", 1990, ["politcal", "polarisation"])
    assert [fault.where for fault in error.value.faults] == ["--year", "--variable", "--variable"]


def test_value_that_is_not_that_of_its_row_is_a_fault(small):
    path = small / "data/raw/institutions.csv"
    path.write_text(path.read_text().replace("JPN,1998,-2.5", "JPN,1998,-2.4"))
    fault = the_fault("JPN", 1998, "polarization")
    assert (fault.value, fault.allowed) == ("-2.5", "-2.4")


def test_command_prints_the_tree(small):
    run = CliRunner().invoke(
        main, ["explain", "--ally", "jpn", "--year", "1998", "--variable", "polarization"]
    )
    assert run.exit_code == 0
    assert run.stdout.startswith("Japan 1998: ")
    assert "Political polarisation into camps (polarization) = -2.5 V-Dem scale" in run.stdout
    assert "source: Coppedge et al. 2024, v14" in run.stdout


def test_command_prints_json_that_can_be_read(small):
    asked = ["--ally", "JPN", "--year", "1998", "--variable", "polarization", "--format", "json"]
    run = CliRunner().invoke(main, ["explain", *asked])
    assert json.loads(run.stdout)["nodes"][0]["value"] == -2.5


def test_command_says_faults_and_exits_with_1(small):
    run = CliRunner().invoke(main, ["explain", "--ally", "XXX", "--year", "1998"])
    assert run.exit_code == 1
    assert run.stdout == ""
    assert "the ally must be listed" in run.stderr


def test_variable_without_an_explanation_is_marked(small):
    table = pd.DataFrame(YEARS, columns=["iso3", "year"]).assign(region="somewhere")
    table.to_parquet(small / "data/processed/ally_year.parquet")
    (small / "data/processed/parts").mkdir()
    table.to_csv(small / "data/processed/parts/country_years.csv", index=False)
    (node,) = explain("JPN", 1998, ["region"], Facts())
    assert node.value == "somewhere"
    assert "no explanation from raw rows" in node.rows[0].flag
