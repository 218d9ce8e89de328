"""The commands of the documentation do what it says, in the folder of a finished run.

Fenced blocks of shell commands are run, but for those that are named here; lines of a block of
text that follows one are what the command prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("quick_start", "data", "troubleshooting")
BLOCK = re.compile(r"^```bash\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
# tested elsewhere, slow, or they change the folder
NOT_RUN = re.compile(
    r"make\b|git (clone|checkout)|cd |export |df |du |git status"
    r"|\.venv/bin/snakemake --cores|\.venv/bin/underbalance (refresh|document)"
)


@dataclass(frozen=True)
class Command:
    """A line of a page, and what the page says that it prints."""

    page: str
    line: str
    printed: tuple[str, ...]


def commands() -> list[Command]:
    return [
        Command(page, line, tuple(text.splitlines()))
        for page in PAGES
        for block, text in BLOCK.findall((ROOT / f"docs/{page}.md").read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]


# each once, where a page says what it prints
RUN = list(
    {
        command.line: command
        for command in sorted(commands(), key=lambda c: bool(c.printed))
        if not NOT_RUN.match(command.line)
    }.values()
)


@pytest.mark.parametrize("command", RUN, ids=lambda c: f"{c.page}: {c.line[:60]}")
def test_command_of_a_page_prints_what_the_page_says(finished, command) -> None:
    run = in_folder(finished, command.line)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
    lines = [words(line) for line in run.stdout.splitlines()]
    unsaid = [
        line
        for line in command.printed
        if not any(re.fullmatch(pattern(line), printed) for printed in lines)
    ]
    assert unsaid == []


def test_pages_have_commands_that_are_run() -> None:
    assert {command.page for command in RUN} == set(PAGES)
    assert len(RUN) > 15


def in_folder(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line with the programs of this Python and the package of the folder."""
    programs = Path(sys.executable).parent
    environment = {**os.environ, "PYTHONPATH": str(folder / "workflow")}
    command = line.replace(".venv/bin/", f"{programs}/")
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def words(line: str) -> str:
    return " ".join(line.split())


def pattern(line: str) -> str:
    """Return what a shown line stands for; an ellipsis is what differs from run to run."""
    return ".*".join(re.escape(words(part)) for part in words(line).split("…"))
