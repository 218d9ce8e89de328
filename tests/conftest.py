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
# programs that some tests need, and the packages of Debian and Ubuntu that bring them
PROGRAMS = {
    "latexmk": "latexmk",
    "pdflatex": "texlive-latex-recommended texlive-latex-extra lmodern",
    "bibtex": "texlive-binaries",
    "soffice": "libreoffice-writer",
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
}


def pytest_configure(config):
    """Declare the mark of tests that need programs beside Python: needs("latexmk", …)."""
    config.addinivalue_line("markers", "needs(program, …): programs that the test runs")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Skip a test whose programs are missing, before its fixtures are made; in CI it fails."""
    programs = [name for mark in item.iter_markers("needs") for name in mark.args]
    reason = why_not(programs)
    if reason and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason}; CI has to have it (.ci/run)", pytrace=False)
    if reason:
        pytest.skip(reason)


def why_not(programs: list[str]) -> str | None:
    """Return which of the programs are missing and how to get them, None when all are there."""
    missing = [name for name in programs if shutil.which(name) is None]
    if not missing:
        return None
    packages = " ".join(dict.fromkeys(PROGRAMS[name] for name in missing))
    return f"needs {', '.join(missing)} (Debian, Ubuntu: apt install {packages})"


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
