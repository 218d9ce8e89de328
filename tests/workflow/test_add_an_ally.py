"""The tutorial docs/add_an_ally.md: its commands, typed in a copy of the project."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/add_an_ally.md").read_text(encoding="utf-8")
RUN = re.compile(r"^<!-- run -->\n```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
WORKFLOW = re.compile(r"^<!-- workflow -->\n```sh\nmake SAMPLE=(\S+)\n```", re.MULTILINE)
EXTENSIONS = Path("data/raw/extensions")
PROGRAMS = Path(sys.executable).parent


def commands() -> list[str]:
    return [line for block in RUN.findall(TEXT) for line in block.splitlines()]


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "workflow")}
    command = line.replace(".venv/bin/underbalance", f"{sys.executable} -m underbalance")
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def followed(copy_project, tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """A copy of the project in which the commands were typed, and what each printed."""
    folder = copy_project(tmp_path_factory.mktemp("tutorial"))
    printed: dict[str, str] = {}
    for line in commands():
        run = typed(line, folder)
        assert run.returncode == 0, f"{line}\n{run.stdout}{run.stderr}"
        printed[line] = run.stdout
    return folder, printed


def test_tutorial_has_the_commands_of_its_steps():
    programs = [line.split()[1] for line in commands() if "underbalance" in line]
    assert programs.count("check") == 1
    assert programs.count("add-ally") >= 4
    assert WORKFLOW.findall(TEXT) == ["core+EGY"]


def test_commands_of_the_tutorial_make_the_extension_and_take_others_out(followed):
    folder, _ = followed
    assert [path.name for path in (folder / EXTENSIONS).iterdir()] == ["EGY"]
    assert (folder / EXTENSIONS / "EGY/us_trade.csv").is_file()


def test_text_shows_the_first_lines_of_the_spreadsheet():
    lines = (ROOT / "docs/examples/us_trade_with_egypt.csv").read_text("utf-8-sig").splitlines()
    assert "\n".join(["```text", *lines[:2], "```"]) in TEXT


@pytest.mark.parametrize(
    "sample",
    [(), *((sample,) for sample in WORKFLOW.findall(TEXT))],
    ids=lambda s: "".join(s) or "default",
)
def test_workflow_knows_what_to_do_with_the_extension_and_without(followed, snakemake, sample):
    settings = ["--config", *(f"sample={name}" for name in sample)] if sample else []
    run = snakemake(followed[0], "-n", *settings)
    assert run.returncode == 0, run.stdout + run.stderr
