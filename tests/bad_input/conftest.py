"""A project to be damaged: its own lists, and links to the shipped facts tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from underbalance.schemas.columns import listed_codes


@pytest.fixture
def light_project(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with config/ and links to the tables of data/raw, as working directory."""
    shutil.copytree(project / "config", tmp_path / "config")
    shutil.copy2(project / "CITATION.cff", tmp_path)
    raw = tmp_path / "data/raw"
    raw.mkdir(parents=True)
    for path in (project / "data/raw").glob("*.*"):  # not what a user has added
        (raw / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    listed_codes.cache_clear()
    yield tmp_path
    listed_codes.cache_clear()
