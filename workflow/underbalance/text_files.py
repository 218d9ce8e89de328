"""Opening text files of a user, so that what is no such file is told by what it is."""

from __future__ import annotations

import re
from pathlib import Path

from underbalance.errors import Fault, FaultsError

# how files begin that are saved under a wrong name, and what they are
FIRST_BYTES = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF document",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
}
FIRST_WORDS = {
    "<!doctype html": "a web page, perhaps the message of a server",
    "<html": "a web page, perhaps the message of a server",
    "version https://git-lfs": "a pointer of Git LFS instead of the file itself",
}
# two texts that look the same would be two systems, leaders or programmes
INVISIBLE = r"[\x00-\x08\x0b-\x1f\x7f\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff]"
# a spreadsheet would reckon such a cell when it opens a table that the project wrote
FORMULA = r"^[=@]|^[+-](?![\d.,]|$)"
MERGE_MARK = re.compile(r"^(?:<{7} .*|={7}|>{7} .*)$", re.MULTILINE)


def read_text(path: Path, name: str, form: str, mend: str) -> str:
    """Return the text of a file in UTF-8, without a byte order mark.

    Parameters
    ----------
    name : of the file in messages.
    form : what the file must be, such as ``"a YAML file"``.
    mend : what to do about a file that is something else.

    Raises
    ------
    FaultsError : when there is no such file, it cannot be read, or it is of another kind.
    """
    content = read_bytes(path, name, form)
    if kind := _kind_of(content):
        raise _wrong(name, "file", f"the file must be {form}", kind, mend)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(name, "file", f"the file must be {form}", str(error), mend) from None
    if mark := MERGE_MARK.search(text):
        rule, found = "the file must not hold marks of a merge", repr(mark[0])
        settle = "settle the merge: keep one of the versions, and remove the marks"
        raise _wrong(name, f"line {_line_of(text, mark.start())}", rule, found, settle)
    if (place := text.find("\0")) >= 0:
        rule, found = f"the file must be {form}", "a NUL byte, which is no text"
        raise _wrong(name, f"line {_line_of(text, place)}", rule, found, mend)
    return text


def read_bytes(path: Path, name: str, form: str) -> bytes:
    """Return what is in a file.

    Raises
    ------
    FaultsError : when there is no such file, or it cannot be read.
    """
    restore = f"restore it with `git checkout -- {name}`, or correct the path"
    if not path.is_file():
        raise _wrong(name, "file", "the file must exist", _instead(path), restore, form)
    try:
        return path.read_bytes()
    except OSError as error:
        mend = f"give yourself the right to read it: `chmod u+r {name}`"
        rule = "the file must be readable"
        raise _wrong(name, "file", rule, error.strerror or str(error), mend, form) from None


def _instead(path: Path) -> str:
    if path.is_dir():
        return "a folder of that name"
    return "a link that leads to no file" if path.is_symlink() else "no such file"


def _kind_of(content: bytes) -> str | None:
    for first, kind in FIRST_BYTES.items():
        if content.startswith(first):
            return kind
    words = content[:200].decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t").lower()
    return next((kind for first, kind in FIRST_WORDS.items() if words.startswith(first)), None)


def _line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _wrong(
    name: str, where: str, rule: str, found: str, mend: str, allowed: str = "one text file in UTF-8"
) -> FaultsError:
    return FaultsError([Fault(name, where, rule, found, allowed, mend)])
