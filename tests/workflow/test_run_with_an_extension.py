"""A whole run with an ally that only an extension has: Egypt, of the tutorial."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.end_to_end

Snakemake = Callable[..., subprocess.CompletedProcess[str]]
FEWEST = ("bootstrap_replications=100", "bootstrap_draws=99", "power_simulations=100")
TIE = ("--since", "1987", "--alliance", "MNNA", "--region", "middle_east")
OWN = Path("results/asia_pacific+EGY")


@pytest.fixture(scope="module")
def run(
    copy_project: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
    snakemake: Snakemake,
) -> Path:
    """The results of a few allies and Egypt."""
    folder = copy_project(tmp_path_factory.mktemp("extension"))
    add = [sys.executable, "-m", "underbalance", "add-ally", "EGY", *TIE]
    subprocess.run(
        [*add, "--from-folder", "docs/examples/egypt"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "workflow")},
        capture_output=True,
        check=True,
    )
    done = snakemake(folder, "--config", "sample=asia_pacific+EGY", *FEWEST)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / OWN


def test_models_use_rows_of_the_ally(run: Path) -> None:
    rows = pd.read_csv(run / "description/rows_by_ally.csv").query("iso3 == 'EGY'")
    used = rows.set_index("spec_id")["used"]
    assert (used[["alignment", "sourcing", "delivery", "adoption"]] > 0).all()


def test_the_report_says_how_many_rows_models_use(run: Path) -> None:
    for page in ("report/index.html", "report/allies/EGY.html", "scorecard.html"):
        assert "Egypt (EGY) is in the primary models of" in (run / page).read_text("utf-8"), page


def test_numbers_have_the_name_of_the_ally(run: Path) -> None:
    texts = {number["text"] for number in json.loads((run / "numbers.json").read_text("utf-8"))}
    assert "Egypt" in texts


def test_the_manifest_names_the_files_of_the_extension(run: Path) -> None:
    manifest = (run / "manifest.json").read_text("utf-8")
    for name in ("legal_constraints", "rivals", "sources"):
        assert f"data/raw/extensions/EGY/{name}.csv" in manifest
