"""Explanations as one page of HTML that needs no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from underbalance.explain.tree import Node, RawRow
from underbalance.explain.wording import headline, name_in_words, row_cells, said_below

# black on white, so that it is readable in grey and in print
STYLE = """
body { font: 15px/1.45 sans-serif; color: #111; background: #fff; max-width: 72em;
       margin: 2em auto; padding: 0 1em; }
details { margin: .25em 0 .25em .4em; padding-left: .9em; border-left: 2px solid #bbb; }
summary { cursor: pointer; font-weight: 600; }
summary .label { font-weight: 400; color: #333; }
dl { margin: .2em 0 .4em; display: grid; grid-template-columns: 5em 1fr; }
dt { color: #444; } dd { margin: 0; }
table { border-collapse: collapse; margin: .3em 0 .6em; font-size: 90%; }
th, td { border: 1px solid #bbb; padding: .15em .5em; text-align: left; vertical-align: top; }
td span { white-space: nowrap; }
th { background: #eee; }
@media print { details { break-inside: avoid; } }
"""
HEADINGS = ("Table", "Key", "Value", "Source", "Flag")


def as_html(nodes: Sequence[Node], title: str) -> str:
    """Return a self-contained page: what is opened shows what a value is made of."""
    body = "\n".join(line for node in nodes for line in _node(node, opened=True))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _node(node: Node, *, opened: bool = False) -> Iterator[str]:
    """Yield a node; only the outermost ones are open at first."""
    words = name_in_words(node)
    label = f' <span class="label">{escape(words)}</span>' if words else ""
    yield f"<details{' open' if opened else ''}><summary>{escape(headline(node))}{label}</summary>"
    said = said_below(node)
    if said:
        items = "".join(f"<dt>{escape(h)}</dt><dd>{escape(text)}</dd>" for h, text in said)
        yield f"<dl>{items}</dl>"
    if node.rows:
        yield _table(node.rows)
    for part in node.parts:
        yield from _node(part)
    yield "</details>"


def _table(rows: Sequence[RawRow]) -> str:
    head = "".join(f"<th>{name}</th>" for name in HEADINGS)
    lines = "".join(_line(row) for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _line(row: RawRow) -> str:
    table, pairs, *others = row_cells(row)
    # a name and its value, such as a date, stay in one line
    key = ", ".join(f"<span>{escape(pair)}</span>" for pair in pairs)
    cells = [escape(table), key, *(escape(text) for text in others)]
    return "".join(["<tr>", *(f"<td>{text}</td>" for text in cells), "</tr>"])
