"""A finished run of the whole pipeline, in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ("CITATION.cff", "Snakefile", "environment.yml", "config", "data/raw", "workflow")
NOT_SHIPPED = shutil.ignore_patterns("__pycache__")

Snakemake = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def copy_project() -> Callable[[Path], Path]:
    """Return a function that copies what a run needs, as a clone has it, to a new folder."""
    return _copy


def _copy(folder: Path) -> Path:
    for name in SHIPPED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=NOT_SHIPPED)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
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
    """Return a folder in which every result was made from nothing."""
    folder = _copy(tmp_path_factory.mktemp("finished"))
    run = snakemake(folder)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder
