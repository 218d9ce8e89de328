"""A copy of the project to which allies are added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from underbalance.cli import main
from underbalance.schemas.columns import listed_codes

AddAlly = Callable[..., Result]


@pytest.fixture
def add(project, tmp_path, monkeypatch) -> AddAlly:
    """Return a function that runs ``underbalance add-ally`` beside the project's tables.

    The shipped files are links: copies for each of many tests would take most of their time.
    """
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "config").symlink_to(project / "config")
    for path in (project / "data/raw").glob("*.csv"):
        (tmp_path / "data/raw" / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    listed_codes.cache_clear()

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["add-ally", *arguments])

    return run


@pytest.fixture
def egypt(add) -> AddAlly:
    """Return the same with what Egypt needs."""

    def run(*arguments: str) -> Result:
        tie = ("--since", "1987", "--alliance", "MNNA", "--region", "middle_east")
        return add("EGY", *tie, *arguments)

    return run


@pytest.fixture
def own(tmp_path_factory) -> Callable[..., Path]:
    """Write a user's own file; return its path."""

    def write(*lines: str, name: str = "own.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path_factory.mktemp("own") / name
        path.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
        return path

    return write
