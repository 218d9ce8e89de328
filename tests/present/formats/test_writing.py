import csv
import hashlib
from pathlib import Path

import pytest
from underbalance.present.formats import write

ENDINGS = (".csv", ".html", ".tex", "_tabular.tex", ".docx")


@pytest.mark.parametrize("kind", ["numbers", "texts"])
def test_every_kind_of_table_is_written_in_every_format(kind, request, style, tmp_path) -> None:
    write(request.getfixturevalue(kind), [tmp_path / f"t{ending}" for ending in ENDINGS], style)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"t{e}" for e in ENDINGS)


def test_an_unknown_ending_is_refused_with_the_known_ones(numbers, style, tmp_path) -> None:
    with pytest.raises(ValueError, match=r"t\.odt: .* one of \.csv, \.html, \.tex, _tabular"):
        write(numbers, [tmp_path / "t.odt"], style)


@pytest.mark.parametrize("kind", ["numbers", "texts"])
def test_the_same_table_is_the_same_bytes(kind, request, style, tmp_path, monkeypatch) -> None:
    found = []
    for year in (2001, 2031):
        monkeypatch.setattr("time.localtime", lambda *_, y=year: (y, 1, 2, 3, 4, 5, 6, 7, 0))
        folder = tmp_path / str(year)
        write(request.getfixturevalue(kind), [folder / f"t{e}" for e in ENDINGS], style)
        found.append(
            {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir()}
        )
    assert found[0] == found[1]


def test_csv_holds_every_cell(numbers, texts, style, tmp_path) -> None:
    for table in (numbers, texts):
        path: Path = tmp_path / "t.csv"
        write(table, [path], style)
        with path.open(encoding="utf-8", newline="") as file:
            rows = [tuple(row) for row in csv.reader(file)]
        assert rows == [table.header, *(row for part in table.parts for row in part)]
