"""A finished run of the whole pipeline, made once, and a copy of it for each process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from once import made_once

ROOT = Path(__file__).parents[2]
SHIPPED = (
    "CITATION.cff",
    "Snakefile",
    "environment.yml",
    "config",
    "data/raw",
    "workflow",
    "paper",
    "docs",
)
NOT_SHIPPED = shutil.ignore_patterns("__pycache__")
# fewer draws than in config/config.yaml, so that a run from nothing does not take minutes
FEWER = {
    "bootstrap_replications": 200,
    "bootstrap_draws": 199,
    "permutations": 99,
    "power_simulations": 100,
}

Snakemake = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def copy_project() -> Callable[[Path], Path]:
    """Return a function that copies what a run needs to a new folder, with fewer draws."""
    return _copy


def _copy(folder: Path) -> Path:
    for name in SHIPPED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=NOT_SHIPPED)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    config = folder / "config/config.yaml"
    text = config.read_text(encoding="utf-8")
    for name, number in FEWER.items():
        text, found = re.subn(rf"(?m)^{name}: \d+$", f"{name}: {number}", text)
        assert found == 1, name
    config.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def snakemake() -> Snakemake:
    """Return a function that runs Snakemake in a folder."""

    def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "snakemake", "--quiet", "host", "--cores", "2"]
        return subprocess.run(
            [*command, *arguments], cwd=folder, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, snakemake: Snakemake) -> Path:
    """Return a folder in which every result was made from nothing.

    One process makes it, while the others wait; each then has a copy of its own, so that what a
    test makes in the folder is not there, half made, for the tests of another process.
    """
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent

    def finish(folder: Path) -> None:
        run = snakemake(_copy(folder))
        assert run.returncode == 0, run.stdout + run.stderr

    folder = made_once(place / "finished_run", finish)
    return shutil.copytree(folder, tmp_path_factory.mktemp("finished") / "run")
