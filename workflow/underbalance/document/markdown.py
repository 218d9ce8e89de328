"""Pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SPECIAL = {"\\": r"\\", "|": r"\|", "<": "&lt;", "*": r"\*", "`": r"\`"}
NOTICE = "<!-- Written by `underbalance document` from {lists}. Do not edit. -->"


def notice(*lists: str) -> str:
    """Return the comment that says what a file is written from."""
    return NOTICE.format(lists=", ".join(lists))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def plain(text: str) -> str:
    """Return text that Markdown shows as it reads, also in the cell of a table."""
    return re.sub("|".join(map(re.escape, SPECIAL)), lambda found: SPECIAL[found.group()], text)


def code(text: str) -> str:
    """Return text set as code."""
    return f"`{text}`"


def link(text: str, heading: str, page: str = "") -> str:
    """Return a link to a heading of this or another page."""
    return f"[{text}]({page}#{anchor(heading)})"


def anchor(heading: str) -> str:
    """Return the name that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page(*blocks: str) -> str:
    """Return blocks as a text, a blank line between them."""
    return "\n\n".join(blocks) + "\n"
