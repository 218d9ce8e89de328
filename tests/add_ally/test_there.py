"""Files that an extension has already, and that cannot be read."""

from __future__ import annotations

import pytest
from underbalance.add_ally.there import unreadable_faults
from underbalance.extensions import EXTENSIONS_FOLDER

EGYPT = EXTENSIONS_FOLDER / "EGY"
BROKEN = {
    "not UTF-8": (b"iso3,rival\n\xff,x\n", "file"),
    "no table": (b'iso3,rival\n"EGY,ISR\n', "file"),
    "another column": (b"iso3,rivals\nEGY,ISR\n", "column rival"),
}


@pytest.mark.parametrize("name", ["alliance", "allies", "rivalries", "rivals", "sources"])
@pytest.mark.parametrize(("content", "where"), BROKEN.values(), ids=BROKEN)
def test_file_that_is_no_table_is_told_and_nothing_is_written(egypt, add, name, content, where):
    egypt()
    path = EGYPT / f"{name}.csv"
    path.write_bytes(content)
    before = {file: file.read_bytes() for file in EGYPT.iterdir()}
    result = add("EGY", "--template", "elections")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert f"{path.as_posix()}\n  {where.split()[0]}" in result.output
    assert {file: file.read_bytes() for file in EGYPT.iterdir()} == before


def test_every_column_that_is_missing_or_wrong_is_named(tmp_path):
    (tmp_path / "rivalries.csv").write_bytes(BROKEN["another column"][0])
    told = {fault.where for fault in unreadable_faults(tmp_path)}
    assert {"column rival", "column rivals"} <= told


def test_table_that_is_replaced_and_files_without_rows_need_not_be_readable(tmp_path):
    (tmp_path / "rivalries.csv").write_bytes(BROKEN["not UTF-8"][0])
    (tmp_path / "milex.csv").write_bytes(b"# a template\niso3\n")
    (tmp_path / "notes.csv").write_bytes(b"\xff\n\xff\n")
    assert unreadable_faults(tmp_path, ["rivalries"]) == []
    assert len(unreadable_faults(tmp_path)) == 1
