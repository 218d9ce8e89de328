"""Tables of numbers as LaTeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from underbalance.present.formats.tex_fit import GROUP_SPACE, Fit, broken, fit, label_groups
from underbalance.present.formats.tex_text import escape_tex, starred, tex_cells
from underbalance.present.table import Table
from underbalance.present.table_style import Style

BARE_PACKAGES: Final = ("array", "booktabs")
SIDEWAYS: Final = "% wider than a page: for one that is turned sideways"
PACKAGES: Final = {
    "float": (*BARE_PACKAGES, "threeparttable"),
    "long": (*BARE_PACKAGES, "longtable"),
    "sideways": (*BARE_PACKAGES, "longtable", "pdflscape"),
}


def whole_table(table: Table, style: Style) -> tuple[tuple[str, ...], list[str]]:
    """Return the packages and the lines of a table with caption and notes.

    A float where a page holds table and notes, else a table that breaks over pages, with the
    notes where it ends; on pages turned sideways where its columns are too many.
    """
    fitted = fit(table)
    label = f"{style.notes_label} " if style.notes_label else ""
    notes = rf"\emph{{{label}}}" * bool(label) + escape_tex(" ".join(table.notes))
    caption = rf"\caption{{{escape_tex(table.title)}}}\label{{tab:{table.name}}}"
    if fitted.form == "float":
        return PACKAGES["float"], _float(table, fitted, caption, notes)
    lines = _long(table, fitted, caption, notes)
    if fitted.form == "sideways":
        lines = [r"\begin{landscape}", *lines, r"\end{landscape}"]
    return PACKAGES[fitted.form], lines


def bare_table(table: Table) -> tuple[tuple[str, ...], list[str]]:
    """Return the packages and the lines of the rows and rules, in the size that fits a page."""
    fitted = fit(table)
    lines = [rf"{{{_setting(fitted)}", *_tabular(table, fitted), "}"]
    return BARE_PACKAGES, [*([SIDEWAYS] if fitted.form == "sideways" else []), *lines]


def _tabular(table: Table, fitted: Fit) -> list[str]:
    head = [r"\toprule", _head(table.header, fitted), r"\midrule"]
    return [
        rf"\begin{{tabular*}}{{\linewidth}}{{{_columns(table, fitted)}}}",
        *head,
        *_rows(table, fitted, keep=""),
        r"\bottomrule",
        r"\end{tabular*}",
    ]


def _setting(fitted: Fit) -> str:
    size = fitted.size
    stretch = rf"\renewcommand{{\arraystretch}}{{{size.stretch:g}}}"
    return rf"\{size.name}\setlength{{\tabcolsep}}{{3pt}}{stretch}"


def _float(table: Table, fitted: Fit, caption: str, notes: str) -> list[str]:
    size = fitted.size
    return [
        r"\begin{table}[htbp]",
        rf"\centering{_setting(fitted)}",
        r"\begin{threeparttable}",
        caption,
        *_tabular(table, fitted),
        *([rf"\begin{{tablenotes}}[flushleft]\{size.notes}", rf"\item {notes}"] * bool(notes)),
        *([r"\end{tablenotes}"] * bool(notes)),
        r"\end{threeparttable}",
        r"\end{table}",
    ]


def _long(table: Table, fitted: Fit, caption: str, notes: str) -> list[str]:
    size, width = fitted.size, len(table.header)
    head = [r"\toprule", _head(table.header, fitted), r"\midrule"]
    return [
        rf"{{{_setting(fitted)}"
        r"\setlength{\LTleft}{0pt}\setlength{\LTright}{0pt}\setlength{\LTpost}{3pt}",
        rf"\begin{{longtable}}{{{_columns(table, fitted)}}}",
        rf"{caption}\\",
        *head,
        r"\endfirsthead",
        rf"\multicolumn{{{width}}}{{@{{}}l}}{{\textit{{continued}}}} \\",
        *head,
        r"\endhead",
        r"\midrule",
        r"\endfoot",
        r"\bottomrule",
        r"\endlastfoot",
        *_rows(table, fitted, keep="*"),
        r"\end{longtable}",
        *([rf"\nopagebreak\noindent\{size.notes} {notes}\par"] * bool(notes)),
        "}",
    ]


def _columns(table: Table, fitted: Fit) -> str:
    labels = rf">{{\raggedright\arraybackslash}}p{{{fitted.labels:g}\linewidth}}"
    return rf"@{{\extracolsep{{\fill}}}}{labels}{'c' * (len(table.header) - 1)}@{{}}"


def _head(cells: tuple[str, ...], fitted: Fit) -> str:
    return " & ".join(_cell(cell, fitted) for cell in cells) + r" \\"


def _rows(table: Table, fitted: Fit, keep: str) -> Iterator[str]:
    """Give the rows; ``keep`` after the line break of those that no page break may follow."""
    for number, part in enumerate(table.parts):
        if number:
            yield r"\midrule"
        for group in label_groups(part):
            *rows, last = group
            if len(last) == 1:
                yield _heading(last[0], len(table.header)) + keep
                continue
            if len(group) > 1:
                yield rf"\addlinespace[{GROUP_SPACE}pt]"
            for place, row in enumerate(group):
                label = "" if place else _label(group)
                cells = [label, *(_cell(cell, fitted) for cell in row[1:])]
                yield tex_cells(cells) + (keep if place < len(rows) else "")


def _heading(text: str, width: int) -> str:
    heading = rf"\multicolumn{{{width}}}{{@{{}}l}}{{\textit{{{escape_tex(text)}}}}}"
    return rf"\addlinespace {heading} \\"


def _label(group: Sequence[tuple[str, ...]]) -> str:
    """Return a label; one of many lines stands beside the rows that continue it."""
    label = escape_tex(group[0][0])
    if len(group) == 1:
        return label
    return rf"\parbox[t][\ht\strutbox][t]{{\linewidth}}{{\raggedright {label}}}"


def _cell(cell: str, fitted: Fit) -> str:
    lines = broken(cell, fitted)
    if len(lines) == 1:
        return starred(cell)
    text = r" \\ ".join(map(escape_tex, lines))
    return rf"\shortstack{{{text}}}"
