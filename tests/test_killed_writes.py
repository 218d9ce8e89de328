"""A process that is killed while it writes: every file is whole, and the same call finishes it."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from underbalance.document.documents import write_documents
from underbalance.ingest import accept
from underbalance.refresh import refresh
from underbalance.registry import RAW_FOLDER, SOURCES_FILE, read_sources
from underbalance.tables import remove_parts, write_table, written_whole

TABLES = ("elections", "us_troops", "deals")


def killed(action: Callable[[], object]) -> None:
    """Do something in a process of its own, which does not survive it."""
    child = os.fork()
    if child == 0:
        try:
            action()
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def kill_me(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def contents(*folders: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in folders for path in folder.iterdir()}


def test_a_killed_writer_leaves_the_old_file_and_the_next_one_no_half(tmp_path):
    path = tmp_path / "table.csv"
    write_table(pd.DataFrame({"a": [1]}), path)

    def half() -> None:
        with written_whole(path) as part:
            part.write_text("a\n2")
            kill_me()

    killed(half)
    assert path.read_text() == "a\n1\n"
    assert len(list(tmp_path.iterdir())) == 2
    write_table(pd.DataFrame({"a": [2]}), path)
    assert contents(tmp_path) == {path: b"a\n2\n"}


class Deadly:
    """A cell that kills whoever writes it."""

    __str__ = kill_me  # type: ignore[assignment]


def test_a_table_killed_among_its_rows_is_not_there(tmp_path):
    path = tmp_path / "table.csv"
    killed(lambda: write_table(pd.DataFrame({"a": ["whole", Deadly()]}), path))
    assert [part.name for part in tmp_path.iterdir()] == [".table.part.csv"]


def test_halves_of_killed_writers_are_removed_and_nothing_else(tmp_path):
    kept = [tmp_path / name for name in ("table.csv", ".hidden", "a.part.csv")]
    for path in (*kept, tmp_path / ".table.part.csv", tmp_path / ".figure.part.pdf"):
        path.touch()
    remove_parts(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def renames_then_dies(survived: int) -> Callable[[Path, Path], None]:
    """Return what renames so many files; the next is its end."""
    rename, renamed = Path.replace, []

    def replace(part: Path, path: Path) -> None:
        if len(renamed) == survived:
            kill_me()
        renamed.append(path)
        rename(part, path)

    return replace


@pytest.fixture
def staged(project_copy: Path) -> list[Path]:
    """Changed tables: one line less than those of data/raw."""
    folder = project_copy / "data/staged"
    folder.mkdir()
    paths = [folder / f"{name}.csv" for name in TABLES]
    for path in paths:
        lines = (RAW_FOLDER / path.name).read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-1]), encoding="utf-8")
    return paths


def everything() -> dict[Path, bytes]:
    return contents(RAW_FOLDER, SOURCES_FILE.parent)


# copies of three tables, then the registry and the tables take their places
@pytest.mark.parametrize("survived", range(4))
def test_accepting_tables_killed_between_two_of_them_leaves_each_whole_and_can_be_finished(
    staged, monkeypatch, survived
):
    before = everything()
    again = [Path(shutil.copy2(path, path.with_suffix(".kept"))) for path in staged]
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", renames_then_dies(survived))
        killed(lambda: accept(staged))
    after = {path: data for path, data in everything().items() if not path.name.startswith(".")}
    assert set(after) == set(before)
    changed = {path for path in before if after[path] != before[path]}
    assert len(changed) == survived
    for path, kept in zip(staged, again, strict=True):
        own = RAW_FOLDER / path.name
        assert after[own] == (kept.read_bytes() if own in changed else before[own])
        assert path.is_file(), "what is staged stays until all have taken their places"
    accept(staged)
    finished = everything()
    assert set(finished) == set(before)
    assert [finished[RAW_FOLDER / path.name] for path in staged] == [k.read_bytes() for k in again]


def test_a_disk_that_is_full_while_tables_are_copied_replaces_none(staged, monkeypatch):
    before = everything()
    copy = shutil.copyfile

    def full_at_the_last(source: Path, target: Path) -> None:
        if source == staged[-1]:
            raise OSError("No space left on device")
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", full_at_the_last)
    with pytest.raises(OSError, match="No space left"):
        accept(staged)
    assert everything() == before


def milex_of(folder: Path) -> Path:
    """Write a release of the yearbook with one year more than the registry knows."""
    path = folder / "releases/sipri_milex/sipri_milex_2025_release_subset.csv"
    path.parent.mkdir(parents=True)
    lines = [
        "series,iso3,country,year,value,font_flag,sipri_notes,currency",
        "share_gdp,ALB,Albania,2025,0.02,,,",
        "constant_2023_usd_m,ALB,Albania,2025,100,,,",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "releases"


def test_a_refresh_killed_before_the_documents_is_finished_by_the_same_command(
    project_copy, monkeypatch
):
    release, before = milex_of(project_copy), everything()
    with monkeypatch.context() as patched:
        # registry and table take their places (what the process that parses renames is not counted)
        patched.setattr(Path, "replace", renames_then_dies(2))
        killed(lambda: refresh(release, write=True, workers=1))
    halves = {path for path in everything() if path.name.startswith(".")}
    assert {path for path in everything() if path not in halves} == set(before)
    refresh(release, write=True, workers=1)
    assert set(everything()) == set(before)
    assert read_sources().set_index("table").loc["milex", "last_year"] == 2025
    assert "2025" in (RAW_FOLDER / "milex.csv").read_text(encoding="utf-8")
    assert not write_documents()
    assert not list(project_copy.glob("data/staged/*"))
