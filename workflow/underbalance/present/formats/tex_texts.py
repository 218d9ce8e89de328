"""Tables of texts as LaTeX: they break over pages."""

from __future__ import annotations

from typing import Final

from underbalance.present.formats.tex_numbers import SIDEWAYS
from underbalance.present.formats.tex_text import escape_tex, tex_cells
from underbalance.present.table import WideTable

BARE_PACKAGES: Final = ("array", "booktabs", "longtable")
PACKAGES: Final = (*BARE_PACKAGES, "pdflscape")
SETTING: Final = r"\scriptsize\setlength{\tabcolsep}{3pt}\renewcommand{\arraystretch}{0.85}"


def whole_table(table: WideTable) -> tuple[tuple[str, ...], list[str]]:
    """Return the packages and the lines of a table with caption and notes, on sideways pages."""
    caption = rf"\caption{{{escape_tex(table.title)}}}\label{{tab:{table.name}}}\\"
    return PACKAGES, [
        r"\begin{landscape}",
        SETTING,
        *_longtable(table, caption),
        r"\noindent " + escape_tex(" ".join([*table.lead, *table.notes])),
        r"\end{landscape}",
    ]


def bare_table(table: WideTable) -> tuple[tuple[str, ...], list[str]]:
    """Return the packages and the lines of the rows and rules."""
    return BARE_PACKAGES, [SIDEWAYS, rf"{{{SETTING}", *_longtable(table), "}"]


def _longtable(table: WideTable, caption: str = "") -> list[str]:
    head = [r"\toprule", tex_cells(map(escape_tex, table.header)), r"\midrule"]
    return [
        rf"\begin{{longtable}}{{@{{}}{''.join(map(_column, table.widths))}@{{}}}}",
        *([caption] if caption else []),
        *head,
        r"\endfirsthead",
        *head,
        r"\endhead",
        r"\bottomrule",
        r"\endfoot",
        *(line for row in table.rows for line in _row(row, len(table.header))),
        r"\end{longtable}",
    ]


def _column(width: float) -> str:
    # the space between columns is taken off each of them
    size = rf"\dimexpr {width:.3f}\linewidth-2\tabcolsep\relax"
    return rf">{{\raggedright\arraybackslash}}p{{{size}}}"


def _row(cells: tuple[str, ...], width: int) -> tuple[str, str]:
    if len(cells) > 1:
        return r"\addlinespace[1.5pt]", tex_cells(map(escape_tex, cells))
    # a paragraph, because a heading may be longer than a line; no page ends after it
    cell = r"p{\dimexpr\linewidth-2\tabcolsep\relax}@{}"
    text = rf"\itshape {escape_tex(cells[0])}"
    return r"\addlinespace[2pt]", rf"\multicolumn{{{width}}}{{@{{}}{cell}}}{{{text}}} \\*"
