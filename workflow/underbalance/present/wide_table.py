"""Tables of sentences: a page to read and print, and a LaTeX table that breaks over pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from underbalance.present.writers import escape_tex
from underbalance.tables import written_whole

PACKAGES = ("array", "booktabs", "longtable", "pdflscape")
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ table.title }}</title>
<style>
body { font: 15px/1.4 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 90rem;
       padding: 0 1rem; color: #111; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 62rem; table-layout: fixed;
        font-size: .85rem; font-variant-numeric: lining-nums tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: .5rem; }
th, td { padding: .3rem .45rem; text-align: left; font-weight: normal; vertical-align: top;
         overflow-wrap: break-word; }
thead th { border-top: 2px solid #111; border-bottom: 1px solid #111; font-weight: bold; }
tbody tr + tr > * { border-top: 1px solid #bbb; }
tbody tr.group > * { border-top: 1px solid #111; padding-top: .9rem; font-weight: bold; }
tbody:last-of-type { border-bottom: 2px solid #111; }
.notes { font-size: .85rem; }
@media print { @page { size: A4 landscape; margin: 12mm; } html { font-size: 9.5px; }
  body { margin: 0; max-width: none; font-size: 1rem; } table { min-width: 0; }
  tr { break-inside: avoid; } thead { display: table-header-group; } }
</style>
</head>
<body>
<h1>{{ table.title }}</h1>
{% for sentence in table.lead + table.summary -%}
<p>{{ sentence | linked }}</p>
{% endfor -%}
<div class="scroll">
<table id="{{ table.name }}">
<colgroup>{% for width in table.widths %}<col style="width: {{ (100 * width) | round(1) }}%">\
{% endfor %}</colgroup>
<thead>
<tr>{% for cell in table.header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr>
</thead>
<tbody>
{% for row in table.rows -%}
{% if row | length == 1 -%}
<tr class="group"><th scope="rowgroup" colspan="{{ table.header | length }}">\
{{ row[0] | linked }}</th></tr>
{% else -%}
<tr><th scope="row">{{ row[0] }}</th>{% for cell in row[1:] %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endif -%}
{% endfor -%}
</tbody>
</table>
</div>
{% for sentence in table.notes -%}
<p class="notes">{{ sentence | linked }}</p>
{% endfor -%}
</body>
</html>
"""


@dataclass(frozen=True)
class WideTable:
    """Cells of text that wrap.

    Parameters
    ----------
    name : label name.
    title : caption.
    lead : sentences above the table.
    header : column heads.
    widths : shares of the width, one per column, together 1.
    rows : cells, as many as columns; a row of one cell is a heading of those below it.
    notes : sentences below the table.
    summary : further sentences above the table of a page; in LaTeX the headings say the same.
    links : addresses of words that a page makes links of.
    """

    name: str
    title: str
    lead: tuple[str, ...]
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)


def write_wide_html(table: WideTable, path: Path) -> None:
    """Write a page of its own that needs no other file and prints on paper turned sideways."""
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    page.filters["linked"] = lambda text: _linked(text, table.links)
    with written_whole(path) as part:
        part.write_text(page.from_string(PAGE).render(table=table), encoding="utf-8")


def write_wide_tex(table: WideTable, path: Path) -> None:
    r"""Write a longtable on pages turned sideways, to be ``\input`` in a paper."""
    head = [r"\toprule", _tex_row(table.header, len(table.header)), r"\midrule"]
    lines = [
        f"% packages: {', '.join(PACKAGES)}",
        r"\begin{landscape}",
        r"\scriptsize\setlength{\tabcolsep}{3pt}\renewcommand{\arraystretch}{0.85}",
        rf"\begin{{longtable}}{{@{{}}{''.join(map(_tex_column, table.widths))}@{{}}}}",
        rf"\caption{{{escape_tex(table.title)}}}\label{{tab:{table.name}}}\\",
        *head,
        r"\endfirsthead",
        *head,
        r"\endhead",
        r"\bottomrule",
        r"\endfoot",
        *(
            line
            for row in table.rows
            for line in (*_tex_space(row), _tex_row(row, len(table.header)))
        ),
        r"\end{longtable}",
        r"\noindent " + escape_tex(" ".join([*table.lead, *table.notes])),
        r"\end{landscape}",
    ]
    with written_whole(path) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _linked(text: str, links: Mapping[str, str]) -> Markup:
    html = str(escape(text))
    for words, address in links.items():
        html = html.replace(str(escape(words)), f'<a href="{escape(address)}">{escape(words)}</a>')
    return Markup(html)


def _tex_column(width: float) -> str:
    # the space between columns is taken off each of them
    size = rf"\dimexpr {width:.3f}\linewidth-2\tabcolsep\relax"
    return rf">{{\raggedright\arraybackslash}}p{{{size}}}"


def _tex_space(cells: tuple[str, ...]) -> tuple[str, ...]:
    return (r"\addlinespace[2pt]",) if len(cells) == 1 else (r"\addlinespace[0.5pt]",)


def _tex_row(cells: tuple[str, ...], width: int) -> str:
    if len(cells) == 1:
        # a paragraph, because a heading may be longer than a line; no page ends after it
        cell = r"p{\dimexpr\linewidth-2\tabcolsep\relax}@{}"
        text = rf"\itshape {escape_tex(cells[0])}"
        return rf"\multicolumn{{{width}}}{{@{{}}{cell}}}{{{text}}} \\*"
    # a cell that begins with [ would be read as the optional argument of the \\ before it
    safe = [f"{{{cell}}}" if cell.startswith("[") else cell for cell in map(escape_tex, cells)]
    return " & ".join(safe) + r" \\"
