"""Fixtures that several test modules share."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

# as in the rules: on small matrices threads cost far more than they save (before numpy is loaded)
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import pandas as pd
import pytest
from underbalance.registry import ALLIES_FILE, read_allies
from underbalance.schemas.columns import known_allies

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def project(monkeypatch) -> Path:
    """The project root as working directory: config/ and data/raw are relative to it."""
    monkeypatch.chdir(ROOT)
    return ROOT


@pytest.fixture
def allies(project) -> pd.DataFrame:
    return read_allies(project / ALLIES_FILE)


@pytest.fixture
def project_copy(project, tmp_path, monkeypatch):
    """A copy of config/ and data/raw as working directory, to be broken at will."""
    for folder in ("config", "data/raw"):
        shutil.copytree(project / folder, tmp_path / folder)
    shutil.copy2(project / "CITATION.cff", tmp_path)
    monkeypatch.chdir(tmp_path)
    known_allies.cache_clear()
    yield tmp_path
    known_allies.cache_clear()


@pytest.fixture
def original(tmp_path) -> Callable[..., Path]:
    """Write an original file line by line; return its folder."""

    def write(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return path.parent

    return write
