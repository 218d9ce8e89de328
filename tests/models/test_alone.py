"""The command ``underbalance fit``, on a project with made-up tables of a run."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from underbalance.cli import main
from underbalance.config import read_codings
from underbalance.registry import read_allies
from underbalance.schemas.processed import ally_year

YEARS = range(2000, 2010)


def fit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fit", *arguments])


@pytest.fixture
def run(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project after a run: ally_year and the outcome alignment of all listed allies."""
    shutil.copytree(project / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    draw = np.random.default_rng(1)
    schema = ally_year(read_codings())
    allies = read_allies()["iso3"]
    keys = pd.MultiIndex.from_product([sorted(allies), YEARS], names=["iso3", "year"])
    rows = keys.to_frame(index=False).reindex(columns=list(schema.columns))
    variables = ["political", "social", "threat", "us_troops_per_1000", "log_gdp", "gdp_share"]
    made = {name: draw.uniform(1, 2, size=len(rows)) for name in variables}
    fixed = {name: 0 for name in schema.columns if name.endswith("_components")}
    rows = rows.assign(is_ally=1, in_reference=1, name="x", region="x", **fixed, **made)
    rows = rows.fillna({"commitment": "", "milex_quality": "", "leader_ideology": ""})
    outcome = keys.to_frame(index=False).assign(
        is_ally=1, alignment_change=draw.normal(size=len(rows))
    )
    outcome["alignment_shift"] = outcome["alignment_change"].abs()
    folder = tmp_path / "data/processed/outcomes"
    folder.mkdir(parents=True)
    rows.to_csv(folder.parent / "ally_year.csv", index=False)
    outcome.to_csv(folder / "alignment.csv", index=False)
    return tmp_path


def test_one_specification_is_estimated_and_printed_and_nothing_is_written(run):
    before = sorted(run.rglob("*"))
    result = fit("alignment")
    assert result.exit_code == 0, result.output
    assert "alignment_shift, panel, sample core" in result.output
    assert "H2 predicts political +" in result.output
    assert "wild cluster bootstrap (Rademacher, 9,999 draws): 6 terms" in result.output
    rows = [line.split() for line in result.output.splitlines() if "_lag1" in line]
    assert [row[0] for row in rows][:2] == ["political_lag1", "social_lag1"]
    assert {len(row) for row in rows} == {6}
    assert sorted(run.rglob("*")) == before


def test_sample_may_be_another_and_says_when_it_has_too_few_allies(run):
    result = fit("alignment", "--sample", "asia_pacific")
    assert "sample asia_pacific" in result.output
    assert "too few clusters: 6 < 10" in result.output


def test_unknown_specification_names_all_and_the_closest(run):
    result = fit("allignment")
    assert result.exit_code == 1
    assert "did you mean `alignment`?" in result.output
    assert "delivery_product" in result.output


def test_unknown_sample_names_all(run):
    result = fit("alignment", "--sample", "nato")
    assert result.exit_code == 1
    assert "core, extended, europe" in result.output


def test_tables_that_are_not_made_are_told_with_the_command_that_makes_them(run):
    (run / "data/processed/ally_year.csv").unlink()
    result = fit("alignment")
    assert result.exit_code == 1
    assert "snakemake --cores 2 data" in result.output


def test_model_that_cannot_be_estimated_says_why(run):
    path = run / "data/processed/outcomes/alignment.csv"
    pd.read_csv(path).query("iso3 == 'JPN'").to_csv(path, index=False)
    result = fit("alignment")
    assert result.exit_code == 0
    assert "not estimated: " in result.output
