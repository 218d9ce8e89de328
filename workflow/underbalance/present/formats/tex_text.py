"""Text as LaTeX sets it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
    "^": r"\textasciicircum{}",
    "<": r"$<$",
    ">": r"$>$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "−": r"$-$",
    "∞": r"$\infty$",
    "×": r"$\times$",
    "→": r"$\to$",
    "·": r"$\cdot$",
    "–": "--",
    "—": "---",
    "…": r"\dots{}",
    "’": "'",
    "†": r"$\dagger$",
    "“": "``",
    "”": "''",
}


def escape_tex(text: str) -> str:
    """Return text that LaTeX sets as it reads."""
    return re.sub("|".join(map(re.escape, SIGNS)), lambda found: SIGNS[found.group()], text)


def starred(cell: str) -> str:
    """Return an estimate with its stars raised, any other cell as it reads."""
    number = cell.rstrip("*+")
    marks = cell[len(number) :]
    return escape_tex(number) + (f"$^{{{marks}}}$" if number and marks else marks)


def tex_cells(cells: Iterable[str]) -> str:
    """Return a row of a table of what LaTeX is to set, its line break with it."""
    # a cell that begins with [ would be read as the optional argument of the \\ before it
    safe = [f"{{{cell}}}" if cell.startswith("[") else cell for cell in cells]
    return " & ".join(safe) + r" \\"
