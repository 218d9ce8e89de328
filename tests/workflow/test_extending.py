"""The guide to extending, followed to the letter in a copy of the finished run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from underbalance.models import tidy

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"<!-- (run|append: (?P<file>\S+)) -->\n```(?P<kind>\w+)\n(?P<text>.*?)```", re.S
)
# what the guide's own environment of make is here
PROGRAMS = {
    ".venv/bin/underbalance": [sys.executable, "-m", "underbalance"],
    ".venv/bin/snakemake": [sys.executable, "-m", "snakemake", "--quiet", "host"],
}
ADDED = ("equipment", "completion")


@pytest.fixture(scope="module")
def extended(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Return a copy of the finished run that was extended as the guide says, and what was told."""
    folder = tmp_path_factory.mktemp("extended")
    shutil.copytree(finished, folder, dirs_exist_ok=True)
    guide = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(guide))
    assert len(blocks) == guide.count("<!-- run -->") + guide.count("<!-- append: ") > 0
    told = [line for block in blocks for line in follow(block, folder)]
    return folder, told


def follow(block: re.Match[str], folder: Path) -> list[str]:
    """Do what a block of the guide says; return what its commands print."""
    if block["file"]:
        path = folder / block["file"]
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{block['text']}", encoding="utf-8")
        return []
    if block["kind"] == "python":
        return [done([sys.executable, "-c", block["text"]], folder)]
    return [done(command(line), folder) for line in block["text"].splitlines()]


def command(line: str) -> list[str]:
    first, *others = shlex.split(line)
    return [*PROGRAMS.get(first, [first]), *others]


def done(words: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder / "workflow")}
    run = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_models_of_the_guide_are_estimated(extended):
    folder, _ = extended
    for name in ADDED:
        rows = tidy.read(folder / f"results/estimates/{name}.csv")
        assert tidy.is_estimated(rows).all(), rows["note"].iloc[0]
        assert rows["n_clusters"].min() >= 10
    equipment = tidy.read(folder / "results/estimates/equipment.csv")
    assert {"economic_misery_lag1", "election_year_lag1"} <= set(equipment["term"])


def test_own_outcomes_have_the_columns_of_the_shipped_ones(extended):
    folder, _ = extended
    for name in ADDED:
        table = pd.read_csv(folder / f"data/processed/outcomes/{name}.csv")
        assert {"iso3", "year", "is_ally"} <= set(table)
        assert table["is_ally"].sum() > 0


def test_an_own_variable_is_missing_outside_its_table_and_never_zero(extended):
    folder, _ = extended
    years = pd.read_csv(folder / "data/processed/ally_year.csv").set_index(["iso3", "year"])
    own = pd.read_csv(folder / "data/raw/extensions/variables/election_years.csv")
    known = own.set_index(["iso3", "year"])["election_year"].reindex(years.index)
    assert known.isna().any()
    assert years["election_year"].equals(known)


def test_coding_and_shipped_variables_are_as_they_were(extended, finished):
    folder, _ = extended
    before = pd.read_csv(finished / "data/processed/ally_year.csv")
    after = pd.read_csv(folder / "data/processed/ally_year.csv")
    pd.testing.assert_frame_equal(after[before.columns], before)


def test_an_explanation_ends_in_the_row_that_the_user_supplied(extended):
    _, told = extended
    explained = told[-1]
    assert "row of election_years (iso3 BEL, year 2015)" in explained
    assert "row of equipment (iso3 BEL, year 2015)" in explained
    assert "source: NATO 2024" in explained


def test_the_whole_run_makes_a_page_for_each_own_outcome(extended):
    folder, _ = extended
    plan = done([sys.executable, "-m", "snakemake", "-n", "--cores", "1"], folder)
    for name in ADDED:
        assert f"results/report/outcomes/{name}.html" in plan
