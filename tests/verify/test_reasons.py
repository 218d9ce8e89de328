"""What is said of the code between two runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from underbalance.verify.reasons import reasons

SAME = {"python": "3.11.7", "platform": "Linux", "libraries": {}, "config": {}, "inputs": {}}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two commits, which differ in a module and in a document."""
    git(tmp_path, "init", "--quiet")
    for text in ("one", "two"):
        for name in ("workflow/model.py", "docs/methods.md"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "--message", text)
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    command = ["git", *who, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_changed_modules_are_named_and_documents_are_not(repository: Path) -> None:
    old, new = git(repository, "rev-parse", "HEAD~1"), git(repository, "rev-parse", "HEAD")
    (said,) = reasons({**SAME, "commit": old}, {**SAME, "commit": new}, repository)
    assert said == f"Code: commit {old[:10]} → {new[:10]}: workflow/model.py."


def test_uncommitted_code_is_named(repository: Path) -> None:
    new = git(repository, "rev-parse", "HEAD")
    (repository / "workflow/model.py").write_text("three", encoding="utf-8")
    (said,) = reasons({**SAME, "commit": new}, {**SAME, "commit": f"{new}-dirty"}, repository)
    assert said == "Code: changes that are not committed: workflow/model.py."


def test_uncommitted_data_are_no_change_of_the_code(repository: Path) -> None:
    new = git(repository, "rev-parse", "HEAD")
    (repository / "docs/methods.md").write_text("three", encoding="utf-8")
    old, changed = {**SAME, "inputs": {"a": "1"}}, {**SAME, "inputs": {"a": "2"}}
    said = reasons({**old, "commit": new}, {**changed, "commit": f"{new}-dirty"}, repository)
    assert said == ["a has changed."]


def test_commits_that_git_does_not_have_are_said(repository: Path) -> None:
    (said,) = reasons({**SAME, "commit": "a" * 40}, {**SAME, "commit": "b" * 40}, repository)
    assert "git does not know what is between them here" in said


def test_an_input_that_is_gone_or_new_is_named(tmp_path: Path) -> None:
    old = {**SAME, "commit": "c", "inputs": {"data/raw/a.csv": "1"}}
    new = {**SAME, "commit": "c", "inputs": {"data/raw/b.csv": "1"}}
    assert reasons(old, new, tmp_path) == [
        "data/raw/a.csv was read then and is not now.",
        "data/raw/b.csv is read now and was not then.",
    ]
