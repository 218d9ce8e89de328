"""Tables as CSV, HTML and LaTeX."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from textwrap import wrap

from jinja2 import Environment, StrictUndefined

from underbalance.present.model_table import Table
from underbalance.tables import written_whole

PACKAGES = ("array", "booktabs", "threeparttable")
HEAD_WIDTH = 9  # letters in a line of a column head
LONG = 700  # letters of notes that a float cannot hold beside its rows
TEX = {
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
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ table.title }}</title>
<style>
body { font: 16px/1.45 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 62rem;
       padding: 0 1rem; color: #111; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: lining-nums tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: .5rem; }
th, td { padding: .15rem .45rem; text-align: right; font-weight: normal; white-space: nowrap; }
th:first-child { text-align: left; }
th, td { vertical-align: top; }
thead { border-top: 2px solid #111; border-bottom: 1px solid #111; }
th[colspan] { text-align: left; font-style: italic; padding-top: .6rem; }
tbody + tbody { border-top: 1px solid #111; }
tbody:last-of-type { border-bottom: 2px solid #111; }
.notes { font-size: .85rem; }
</style>
</head>
<body>
<div class="scroll">
<table id="{{ table.name }}">
<caption>{{ table.title }}</caption>
<thead>
<tr>{% for cell in table.header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr>
</thead>
{% for part in (table.body, table.summary) if part -%}
<tbody>
{% for row in part -%}
{% if row | length == 1 -%}
<tr><th scope="rowgroup" colspan="{{ table.header | length }}">{{ row[0] }}</th></tr>
{% else -%}
<tr><th scope="row">{{ row[0] }}</th>{% for cell in row[1:] %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endif -%}
{% endfor -%}
</tbody>
{% endfor -%}
</table>
</div>
<p class="notes">{{ table.notes | join(" ") }}</p>
</body>
</html>
"""


def write_csv(table: Table, path: Path) -> None:
    """Write the cells as they are shown; numbers in full are in results/estimates."""
    with written_whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.header)
        writer.writerows([*table.body, *table.summary])


def write_html(table: Table, path: Path) -> None:
    """Write a page of its own that needs no other file."""
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    with written_whole(path) as part:
        part.write_text(page.from_string(PAGE).render(table=table), encoding="utf-8")


def write_tex(table: Table, path: Path) -> None:
    r"""Write a float with booktabs rules and notes, to be ``\input`` in a paper.

    Long notes follow the float, as a page cannot hold both.
    """
    labels = rf"@{{}}>{{\raggedright\arraybackslash}}p{{{table.label_width:g}\linewidth}}"
    width = len(table.header)
    notes = escape_tex(" ".join(table.notes))
    outside = len(notes) > LONG
    columns = labels + "c" * (width - 1) + "@{}"
    lines = [
        f"% packages: {', '.join(PACKAGES)}",
        r"\begin{table}[htbp]",
        r"\centering\footnotesize\setlength{\tabcolsep}{3pt}",
        *([r"\renewcommand{\arraystretch}{0.86}"] * outside),
        r"\begin{threeparttable}",
        rf"\caption{{{escape_tex(table.title)}}}",
        rf"\label{{tab:{table.name}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        _tex_head(table.header),
        r"\midrule",
        *(_tex_row(row, width) for row in table.body),
        *([r"\midrule"] if table.summary else []),
        *(_tex_row(row, width) for row in table.summary),
        r"\bottomrule",
        r"\end{tabular}",
        *([] if outside else [r"\begin{tablenotes}[flushleft]\footnotesize", rf"\item {notes}"]),
        *([] if outside else [r"\end{tablenotes}"]),
        r"\end{threeparttable}",
        r"\end{table}",
        *([rf"{{\footnotesize\noindent Table~\ref{{tab:{table.name}}}: {notes}\par}}"] * outside),
    ]
    with written_whole(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


def escape_tex(text: str) -> str:
    """Return text that LaTeX sets as it reads."""
    return re.sub("|".join(map(re.escape, TEX)), lambda found: TEX[found.group()], text)


def _tex_head(cells: tuple[str, ...]) -> str:
    """Return column heads that break into lines, so that columns stay narrow."""
    return " & ".join(map(_tex_lines, cells)) + r" \\"


def _tex_lines(cell: str) -> str:
    lines = wrap(cell, HEAD_WIDTH, break_long_words=False, break_on_hyphens=False)
    text = r" \\ ".join(map(escape_tex, lines))
    return rf"\shortstack{{{text}}}" if len(lines) > 1 else text


def _tex_row(cells: tuple[str, ...], width: int) -> str:
    if len(cells) == 1:
        heading = rf"\multicolumn{{{width}}}{{@{{}}l}}{{\textit{{{escape_tex(cells[0])}}}}}"
        return rf"\addlinespace {heading} \\"
    # a cell that begins with [ would be read as the optional argument of the \\ before it
    safe = [f"{{{cell}}}" if cell.startswith("[") else cell for cell in map(escape_tex, cells)]
    return " & ".join(safe) + r" \\"
