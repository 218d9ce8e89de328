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
    result = fit("alignment", "--draws", "199")
    assert result.exit_code == 0, result.output
    assert "(panel); sample core" in result.stdout
    assert "H2 predicts + (less steady): political (t\u00a0−\u00a01)" in result.stdout
    assert "a = p and interval from wild cluster bootstrap (Rademacher, 199 draws)" in result.stdout
    rows = [line for line in result.stdout.splitlines() if " a " in line and "p and" not in line]
    assert [row.split()[0] for row in rows][:3] == ["political", "social", "threat"]
    assert len(rows) == 6
    assert sorted(run.rglob("*")) == before


def test_what_is_done_is_told_before_it_is_done(run):
    first, second = fit("alignment", "--draws", "199").stderr.splitlines()
    assert first == "reading config/models.yaml and the tables of alignment …"
    assert second.startswith("estimating alignment: ")
    assert "rows, panel, 199 bootstrap draws" in second


def test_quick_fit_has_no_bootstrap(run):
    result = fit("alignment", "--quick")
    assert result.exit_code == 0, result.output
    assert "bootstrap" not in result.output
    assert "a = p and interval from t(" in result.stdout


def test_tested_terms_say_in_words_what_was_found(run):
    rows = [line for line in fit("alignment", "--quick").stdout.splitlines() if " a " in line]
    (political,) = [row for row in rows if row.startswith("political")]
    assert political.endswith(("H2: steadier", "H2: less steady"))
    (social,) = [row for row in rows if row.startswith("social")]
    assert "stead" not in social


def test_years_without_rows_say_which_years_have_them_and_the_exit_status_is_1(run):
    models = run / "config/models.yaml"
    text = models.read_text(encoding="utf-8")
    # the source has these years, the tables of this run do not
    entry = "\nmine: {title: t, role: beside, like: alignment, years: [1990, 1995]}\n"
    models.write_text(text + entry, encoding="utf-8")
    result = fit("mine")
    assert result.exit_code == 1
    assert "not estimated: " in result.stdout
    assert "asks for 1990 to 1995; the sample core has rows for 2000 to 2009" in result.stdout


def test_fault_of_a_specification_is_told_as_the_check_tells_it(run):
    models = run / "config/models.yaml"
    entry = "\nmine: {title: t, role: beside, like: alignment, obstacles: [politcal]}\n"
    models.write_text(models.read_text(encoding="utf-8") + entry, encoding="utf-8")
    result = fit("mine")
    checked = CliRunner().invoke(main, ["check"])
    fault = "  key mine.obstacles: unknown variable\n    found:   politcal\n"
    assert (result.exit_code, checked.exit_code) == (1, 1)
    assert fault in result.output
    assert fault in checked.output


def test_sample_may_be_another_and_says_when_it_has_too_few_allies(run):
    result = fit("alignment", "--sample", "asia_pacific")
    assert "sample asia_pacific" in result.output
    assert "too few clusters: 6 < 10" in result.output


def test_unknown_specification_names_the_closest(run):
    result = fit("allignment")
    assert result.exit_code == 1
    assert "did you mean `alignment`?" in result.output
    assert "alignment_no_threat" in result.output
    assert "more)" in result.output


def test_unknown_sample_names_all(run):
    result = fit("alignment", "--sample", "nato")
    assert result.exit_code == 1
    assert "europe" in result.output


def test_tables_that_are_not_made_are_told_with_the_command_that_makes_them(run):
    (run / "data/processed/ally_year.csv").unlink()
    result = fit("alignment")
    assert result.exit_code == 1
    assert "snakemake --cores 2 data" in result.output


def test_model_that_cannot_be_estimated_says_why(run):
    path = run / "data/processed/outcomes/alignment.csv"
    pd.read_csv(path).query("iso3 == 'JPN'").to_csv(path, index=False)
    result = fit("alignment")
    assert result.exit_code == 1
    assert "not estimated: " in result.stdout
    assert "rows of 1 allies; least known: " in result.stdout
