"""Tables of numbers as LaTeX."""

from __future__ import annotations

from textwrap import wrap
from typing import Final

from underbalance.present.formats.tex_text import escape_tex, tex_cells
from underbalance.present.table import Table

BARE_PACKAGES: Final = ("array", "booktabs")
PACKAGES: Final = (*BARE_PACKAGES, "threeparttable")
HEAD_WIDTH: Final = 9  # letters in a line of a column head
LONG: Final = 700  # letters of notes that a float cannot hold beside its rows


def table_float(table: Table) -> list[str]:
    """Return the lines of a float with caption and notes."""
    notes = escape_tex(" ".join(table.notes))
    outside = len(notes) > LONG
    return [
        r"\begin{table}[htbp]",
        r"\centering\footnotesize\setlength{\tabcolsep}{3pt}",
        *([r"\renewcommand{\arraystretch}{0.86}"] * outside),
        r"\begin{threeparttable}",
        rf"\caption{{{escape_tex(table.title)}}}",
        rf"\label{{tab:{table.name}}}",
        *tabular(table),
        *([] if outside else [r"\begin{tablenotes}[flushleft]\footnotesize", rf"\item {notes}"]),
        *([] if outside else [r"\end{tablenotes}"]),
        r"\end{threeparttable}",
        r"\end{table}",
        *([rf"{{\footnotesize\noindent Table~\ref{{tab:{table.name}}}: {notes}\par}}"] * outside),
    ]


def tabular(table: Table) -> list[str]:
    """Return the lines of the rows and rules."""
    labels = rf"@{{}}>{{\raggedright\arraybackslash}}p{{{table.label_width:g}\linewidth}}"
    width = len(table.header)
    return [
        rf"\begin{{tabular}}{{{labels}{'c' * (width - 1)}@{{}}}}",
        r"\toprule",
        _head(table.header),
        r"\midrule",
        *(_row(row, width) for row in table.body),
        *([r"\midrule"] if table.summary else []),
        *(_row(row, width) for row in table.summary),
        r"\bottomrule",
        r"\end{tabular}",
    ]


def _head(cells: tuple[str, ...]) -> str:
    """Return column heads that break into lines, so that columns stay narrow."""
    return " & ".join(map(_lines, cells)) + r" \\"


def _lines(cell: str) -> str:
    lines = wrap(cell, HEAD_WIDTH, break_long_words=False, break_on_hyphens=False)
    text = r" \\ ".join(map(escape_tex, lines))
    return rf"\shortstack{{{text}}}" if len(lines) > 1 else text


def _row(cells: tuple[str, ...], width: int) -> str:
    if len(cells) == 1:
        heading = rf"\multicolumn{{{width}}}{{@{{}}l}}{{\textit{{{escape_tex(cells[0])}}}}}"
        return rf"\addlinespace {heading} \\"
    return tex_cells(cells)
