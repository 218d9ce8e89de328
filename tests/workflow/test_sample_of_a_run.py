"""A run of another sample, of two allies, beside the default run."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.end_to_end

Snakemake = Callable[..., subprocess.CompletedProcess[str]]
FEWEST = ("bootstrap_replications=100", "bootstrap_draws=99", "power_simulations=100")
OWN = "results/seed"
LABEL = "Japan and South Korea"
# tables that are of all listed allies, or of the reference sample
OF_ALL = {"measurement", "reliability", "sources"}


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("results", "data/processed")
        for path in (folder / part).rglob("*")
        if path.is_file() and not path.is_relative_to(folder / OWN)
    }


@pytest.fixture(scope="module")
def run(
    finished: Path, tmp_path_factory: pytest.TempPathFactory, snakemake: Snakemake
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder of a finished default run in which the seed sample was run, too."""
    folder = tmp_path_factory.mktemp("samples") / "project"
    shutil.copytree(finished, folder)
    done = snakemake(folder, "--config", "sample=seed", *FEWEST)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done


def test_default_run_stays_as_it_was(run, finished: Path) -> None:
    folder, done = run
    assert hashes(folder) == hashes(finished)
    assert "note: results/" not in done.stderr


def test_default_run_has_nothing_to_do_after_it(run, snakemake: Snakemake) -> None:
    again = snakemake(run[0], "--dry-run")
    assert "Nothing to be done" in again.stdout + again.stderr


def test_every_kind_of_result_is_there(run, finished: Path) -> None:
    made = {path.name for path in (run[0] / OWN).iterdir()}
    whole = {path.name for path in (finished / "results").iterdir()} - {"README.md"}
    assert made == whole | {"data"}


def test_the_manifest_names_own_files_and_the_sample(run) -> None:
    manifest = json.loads((run[0] / OWN / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["config"]["sample"] == "seed"
    assert all(name.startswith(f"{OWN}/") for name in manifest["outputs"])


def test_models_that_two_allies_cannot_carry_say_so(run) -> None:
    with (run[0] / OWN / "scorecard.csv").open(encoding="utf-8", newline="") as lines:
        models = [row for row in csv.DictReader(lines) if row["kind"] == "model"]
    roles = {row["role"] for row in models}
    assert "descriptive: too few clusters: 2 < 10" in roles
    silent = [row for row in models if row["role"].startswith("not estimated: ")]
    assert silent
    assert {row["role"] for row in models if row["p_value"]} == set()


def test_every_table_names_the_sample(run) -> None:
    pages = [*(run[0] / OWN / "tables").glob("*.html"), run[0] / OWN / "scorecard.html"]
    without = {
        page.stem for page in pages if LABEL not in page.read_text(encoding="utf-8")
    } - OF_ALL
    assert without == set()


def test_no_file_of_the_default_run_is_pointed_to(run) -> None:
    """Notes, pages and numbers name files of this run; the methods speak of runs in general."""
    pages = [
        *(run[0] / OWN / "tables").glob("*.csv"),
        *(run[0] / OWN / "tables").glob("*.html"),
        *(run[0] / OWN).glob("*.*"),
        *(run[0] / OWN / "report").rglob("*.html"),
    ]
    named = {
        (path.name, found)
        for path in pages
        if "methods" not in path.as_posix()
        for found in re.findall(
            r"(?<![\w/])(?:results/(?!seed)[\w/.]+|data/processed/[\w.]+)",
            path.read_text(encoding="utf-8"),
        )
    }
    assert named == set()


def test_no_cell_says_nan(run) -> None:
    said = [
        path.name
        for path in (run[0] / OWN).rglob("*.html")
        if path.name != "methods.html" and "methods" not in path.parts
        if re.search(r">\s*(nan|NaN|None)\b", path.read_text(encoding="utf-8"))
    ]
    assert said == []


def test_commands_read_the_run_of_the_sample(run) -> None:
    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "underbalance", *arguments, "--sample", "seed"]
        return subprocess.run(command, cwd=run[0], capture_output=True, text=True, check=False)

    assert f"Sample: {LABEL}." in ask("summary").stdout
    kept = ask("verify")
    assert (kept.returncode, kept.stdout.splitlines()[0]) == (
        2,
        "verify: no numbers are kept of the sample seed, only of the default run.",
    )
    assert f"{OWN}/" in ask("cite", "--table", "delivery").stdout
    assert ask("explain", "--ally", "JPN", "--year", "1998").returncode == 0
