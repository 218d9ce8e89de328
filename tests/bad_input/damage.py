"""What happens to files on their way: each function takes the bytes of a sound file, or of a
part of it, and returns what a mistake makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

Damage = Callable[[bytes], bytes]

WEB_PAGE = b"<!DOCTYPE html>\n<html><body>503 Service Unavailable</body></html>\n"
LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256))


def becomes(content: bytes) -> Damage:
    """Put other content in the place of the file's."""
    return lambda old: content


def replaced(old: str, new: str) -> Damage:
    """Replace the first ``old``, which must be there."""

    def damage(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return damage


def appended(text: str) -> Damage:
    return lambda content: content + text.encode()


def cut_mid_line(content: bytes) -> bytes:
    """Lose the end, as a download does that breaks off."""
    last = content.rstrip(b"\n").rindex(b"\n")
    middle = content.index(b",", last)
    return content[:middle]


def header_only(content: bytes) -> bytes:
    return content[: content.index(b"\n") + 1]


def encoded(encoding: str) -> Damage:
    return lambda content: content.decode("utf-8").encode(encoding)


def with_mark(content: bytes) -> bytes:
    """Write a byte order mark before the text, as Excel does."""
    return b"\xef\xbb\xbf" + content


def with_line_ends(ends: bytes) -> Damage:
    return lambda content: content.replace(b"\n", ends)


def separated_by(sign: str) -> Damage:
    def damage(content: bytes) -> bytes:
        return _written(_rows(content), sign)

    return damage


def renamed(column: str, new: str) -> Damage:
    def damage(content: bytes) -> bytes:
        header, *rows = _rows(content)
        header[header.index(column)] = new
        return _written([header, *rows])

    return damage


def without(column: str) -> Damage:
    def damage(content: bytes) -> bytes:
        rows = _rows(content)
        place = rows[0].index(column)
        return _written([row[:place] + row[place + 1 :] for row in rows])

    return damage


def with_column(column: str, cell: str = "") -> Damage:
    def damage(content: bytes) -> bytes:
        header, *rows = _rows(content)
        return _written([[*header, column], *([*row, cell] for row in rows)])

    return damage


def swapped(first: str, second: str) -> Damage:
    """Exchange the cells of two columns under their headers."""

    def damage(content: bytes) -> bytes:
        rows = _rows(content)
        header = rows[0]
        a, b = header.index(first), header.index(second)
        for row in rows[1:]:
            row[a], row[b] = row[b], row[a]
        return _written(rows)

    return damage


def cell(column: str, value: str, line: int = 2) -> Damage:
    """Write a cell of a line of the file anew."""

    def damage(content: bytes) -> bytes:
        rows = _rows(content)
        rows[line - 1][rows[0].index(column)] = value
        return _written(rows)

    return damage


def cells(line: int = 2, **values: str) -> Damage:
    def damage(content: bytes) -> bytes:
        for column, value in values.items():
            content = cell(column, value, line)(content)
        return content

    return damage


def every(column: str, change: Callable[[str], str]) -> Damage:
    """Change every cell of a column."""

    def damage(content: bytes) -> bytes:
        rows = _rows(content)
        place = rows[0].index(column)
        for row in rows[1:]:
            row[place] = change(row[place])
        return _written(rows)

    return damage


def line_twice(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join([*lines[:2], lines[1], *lines[2:]])


def header_twice(content: bytes) -> bytes:
    """Stack two files without taking the second header out."""
    lines = content.split(b"\n")
    return b"\n".join([*lines[:2], lines[0], *lines[2:]])


def without_line(content: bytes, start: str) -> bytes:
    kept = [row for row in content.split(b"\n") if not row.startswith(start.encode())]
    assert len(kept) < content.count(b"\n") + 1, start
    return b"\n".join(kept)


def line_lost(start: str) -> Damage:
    return lambda content: without_line(content, start)


def half_merged(content: bytes) -> bytes:
    """Leave the marks of a merge about the second line."""
    lines = content.split(b"\n")
    marked = [b"<<<<<<< HEAD", lines[1], b"=======", lines[1], b">>>>>>> europe"]
    return b"\n".join([lines[0], *marked, *lines[2:]])


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def _written(rows: list[list[str]], sign: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
