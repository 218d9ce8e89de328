"""Tables from a folder, such as an extension that somebody else has made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from underbalance.extensions import EXTENSIONS_FOLDER

EXAMPLE = Path(__file__).parents[2] / "docs/examples/egypt"
EGYPT = EXTENSIONS_FOLDER / "EGY"


@pytest.fixture
def example(tmp_path_factory) -> Path:
    """A folder with two tables, their states and their sources."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("rivals", "rivalries", "capabilities", "sources"):
        shutil.copy2(EXAMPLE / f"{name}.csv", folder)
    return folder


def test_extension_of_somebody_else_with_templates_is_taken_over_as_it_is(
    egypt, example, tmp_path_factory
):
    egypt("--from-folder", str(example), "--template", "elections")
    given = tmp_path_factory.mktemp("given") / "EGY"
    shutil.move(EGYPT, given)
    result = egypt("--from-folder", str(given))
    assert result.exit_code == 0, result.output
    for name in ("capabilities", "rivalries", "rivals"):
        assert (EGYPT / f"{name}.csv").read_bytes() == (given / f"{name}.csv").read_bytes()


def test_sources_that_are_missing_are_told_once_for_the_folder(egypt, example):
    (example / "sources.csv").unlink()
    result = egypt("--from-folder", str(example))
    assert result.exit_code == 1
    assert result.output.count("the file must exist") == 1


def test_next_command_names_an_ally_of_the_default_sample_not_twice(egypt, add, project):
    Path("config").unlink()  # a link to that of the project
    shutil.copytree(project / "config", "config")
    settings = Path("config/config.yaml")
    assert "      make SAMPLE=core+EGY\n" in egypt().output
    settings.write_text(settings.read_text().replace("sample: core\n", "sample: core+EGY\n", 1))
    assert "      make\n" in add("EGY", "--template", "elections").output
