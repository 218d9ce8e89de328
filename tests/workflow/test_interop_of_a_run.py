"""R on the tables of a finished run: the models of the pipeline, to six decimals."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from underbalance.specifications import read_models

pytestmark = pytest.mark.end_to_end
SCRIPTS = Path(__file__).parents[2] / "docs/interop"
ALIKE = 1e-6
NEEDED = ("survival", "sandwich", "lmtest")


@pytest.fixture(scope="module")
def rscript() -> str:
    """Return Rscript where it is with the packages needed; R is no part of the project."""
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("no Rscript (Debian, Ubuntu: apt install r-base-core r-cran-survival …)")
    asked = " & ".join(f"requireNamespace('{name}', quietly = TRUE)" for name in NEEDED)
    if subprocess.run([found, "-e", f"quit(status = !({asked}))"], check=False).returncode:
        pytest.skip(f"R lacks one of the packages {', '.join(NEEDED)}")
    return found


@pytest.fixture(scope="module")
def compared(
    finished: Path, rscript: str, tmp_path_factory: pytest.TempPathFactory
) -> pd.DataFrame:
    """Return every term that R estimated beside the pipeline's."""
    file = tmp_path_factory.mktemp("r") / "terms.csv"
    command = [rscript, str(SCRIPTS / "underbalance.R"), str(finished), str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return pd.read_csv(file)


def test_r_estimates_every_primary_model_that_the_pipeline_could(
    finished: Path, compared: pd.DataFrame
) -> None:
    for name, spec in read_models().items():
        own = pd.read_csv(finished / f"results/estimates/{name}.csv")
        own = own[own["estimate"].notna()]
        if spec.role != "primary" or spec.estimator == "variance":
            continue
        terms = compared.loc[
            (compared["spec_id"] == name) & (compared["estimator"] == spec.estimator), "term"
        ]
        assert set(terms) == set(own["term"]), name


def test_estimates_and_standard_errors_of_r_are_those_of_the_pipeline(
    compared: pd.DataFrame,
) -> None:
    known = compared[~compared["estimator"].str.startswith("Cox")]
    assert known["difference"].abs().max() < ALIKE
    with_errors = known[known["estimator"] != "variance"]
    assert with_errors["difference_of_error"].abs().max() < ALIKE
    assert with_errors["difference_of_error"].notna().all()


def test_cox_models_of_r_are_those_of_the_pipeline(finished: Path, compared: pd.DataFrame) -> None:
    others = pd.read_csv(finished / "results/sensitivity/alternatives.csv")
    theirs = others[others["estimator"].str.startswith("Cox") & others["estimate"].notna()]
    keys = ["spec_id", "estimator", "term"]
    both = theirs.merge(compared, on=keys, validate="one_to_one", suffixes=("", "_of_r"))
    assert len(both) == len(theirs) > 0
    assert both["difference"].abs().max() < ALIKE
    assert both["difference_of_error"].abs().max() < ALIKE


@pytest.mark.parametrize("name", ["sourcing", "pledge", "lapse"])
def test_rows_written_for_other_programs_give_r_the_estimates(
    finished: Path, rscript: str, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner
    from underbalance.cli import main

    file, script = tmp_path / "rows.csv", SCRIPTS / "rows.R"
    monkeypatch.chdir(finished)
    written = CliRunner().invoke(main, ["design", name, "--output", str(file)])
    assert written.exit_code == 0, written.output
    run = subprocess.run(
        [rscript, str(script), str(file)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    terms = dict(line.split()[:2] for line in reversed(run.stdout.splitlines()) if "_lag1" in line)
    own = pd.read_csv(f"results/estimates/{name}.csv").set_index("term")["estimate"]
    for term in own.index[own.index.str.endswith("_lag1")]:
        # as many digits as R prints
        assert float(terms[term]) == pytest.approx(own[term], rel=1e-3, abs=1e-4), term


def test_ally_year_opens_as_stata_file_with_legal_names_and_labels(finished: Path) -> None:
    path = finished / "data/processed/ally_year.dta"
    with pd.read_stata(path, iterator=True) as reader:
        labels, rows = reader.variable_labels(), reader.read()
    assert all(labels[name] for name in rows)
    assert rows.columns.str.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,31}").all()
    text = pd.read_csv(finished / "data/processed/ally_year.csv")
    assert list(rows) == list(text)
    pd.testing.assert_series_equal(rows["social"], text["social"])
