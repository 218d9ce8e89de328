"""Tables as HTML: a page of its own, or the table alone for a page that has more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from underbalance.present.table import AnyTable, WideTable
from underbalance.present.table_style import Style

FRAGMENT: Final = """\
{% for sentence in lead -%}
<p class="lead">{{ sentence | linked(links) }}</p>
{% endfor -%}
<div class="scroll" role="region" aria-label="{{ table.title }}" tabindex="0">
<table id="{{ table.name }}" class="{{ kind }}">
<caption>{{ table.title }}</caption>
{% if kind == "texts" -%}
<colgroup>{% for width in table.widths %}<col style="width: {{ (100 * width) | round(1) }}%">\
{% endfor %}</colgroup>
{% endif -%}
<thead>
<tr>{% for cell in table.header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr>
</thead>
{% for part in table.parts -%}
<tbody>
{% for row in part -%}
{% if row | length == 1 -%}
<tr class="group"><th scope="rowgroup" colspan="{{ table.header | length }}">\
{{ row[0] | linked(links) }}</th></tr>
{% else -%}
<tr><th scope="row">{{ row[0] }}</th>{% for cell in row[1:] %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endif -%}
{% endfor -%}
</tbody>
{% endfor -%}
</table>
</div>
{% if kind == "texts" -%}
{% for sentence in table.notes -%}
<p class="notes">{{ sentence | linked(links) }}</p>
{% endfor -%}
{% elif table.notes -%}
<p class="notes">{{ table.notes | join(" ") }}</p>
{% endif -%}
"""
PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ table.title }}</title>
<style>
body { font: 16px/1.45 Georgia, "Times New Roman", serif; margin: 2rem auto; padding: 0 1rem;
       max-width: {{ "62rem" if kind == "numbers" else "90rem" }}; color: #111; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: lining-nums tabular-nums; }
h1 { font-size: 1.25rem; }
/* the heading says it; who hears the page is told it of the table too */
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { font-weight: normal; vertical-align: top; }
thead th { border-top: 2px solid #111; border-bottom: 1px solid #111; }
tbody + tbody > tr:first-child > * { border-top: 1px solid #111; }
tbody:last-of-type { border-bottom: 2px solid #111; }
.group th { text-align: left; padding-top: .6rem; }
.numbers th, .numbers td { padding: .15rem .45rem; text-align: right; white-space: nowrap; }
.numbers thead th { white-space: normal; vertical-align: bottom; }
.numbers th:first-child { text-align: left; white-space: normal; position: sticky; left: 0;
                          background: #fff; }
.numbers tr:has(> th:not(:empty)):has(+ tr > th:empty) > * { padding-top: .5rem; }
.numbers .group th { font-style: italic; }
.texts { min-width: 62rem; table-layout: fixed; font-size: .85rem; }
.texts th, .texts td { padding: .3rem .45rem; text-align: left; overflow-wrap: break-word; }
.texts thead th, .texts .group th { font-weight: bold; }
.texts tbody tr + tr > * { border-top: 1px solid #bbb; }
.texts tbody tr.group > * { border-top: 1px solid #111; padding-top: .9rem; }
.notes { font-size: .85rem; }
@media (max-width: 40rem) { .numbers { font-size: .85rem; }
  .numbers th:first-child { min-width: 7.5rem; max-width: 9rem; } }
@media print { @page { size: A4 {{ "portrait" if kind == "numbers" else "landscape" }};
  margin: 12mm; } html { font-size: 9.5px; }
  body { margin: 0; max-width: none; font-size: 1rem; } .texts { min-width: 0; }
  tr { break-inside: avoid; } thead { display: table-header-group; } }
</style>
</head>
<body>
<h1>{{ table.title }}</h1>
{{ fragment }}</body>
</html>
"""


def html_table(table: AnyTable) -> str:
    """Return the table with its caption, what leads to it and its notes, to go in a page.

    The classes ``numbers`` and ``texts`` tell the two kinds of tables apart, ``scroll`` is
    the box in which a table moves that is wider than the page.
    """
    return _template(FRAGMENT).render(
        table=table,
        kind=_kind(table),
        lead=(*table.lead, *table.summary) if isinstance(table, WideTable) else (),
        links=table.links if isinstance(table, WideTable) else {},
    )


def html_page(table: AnyTable, style: Style) -> str:
    """Return a page of its own that needs no other file and prints on paper."""
    fragment = Markup(html_table(table))
    return _template(PAGE).render(table=table, kind=_kind(table), fragment=fragment)


def _kind(table: AnyTable) -> str:
    return "texts" if isinstance(table, WideTable) else "numbers"


@cache
def _template(text: str) -> Template:
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    page.filters["linked"] = _linked
    return page.from_string(text)


def _linked(text: str, links: Mapping[str, str]) -> Markup:
    html = str(escape(text))
    for words, address in links.items():
        html = html.replace(str(escape(words)), f'<a href="{escape(address)}">{escape(words)}</a>')
    return Markup(html)
