"""Explanations as one page of HTML that needs no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape

from underbalance.explain.tree import Node, RawRow
from underbalance.explain.wording import (
    Told,
    details_on_page,
    key_columns,
    label_and_name,
    on_page,
    row_values,
    value_and_unit,
)

# black on white, so that it is readable in grey and in print
STYLE = """
body { font: 15px/1.45 sans-serif; color: #111; background: #fff; max-width: 72em;
       margin: 2em auto; padding: 0 1em; }
details { margin: .25em 0 .25em .4em; padding-left: .9em; border-left: 2px solid #bbb; }
summary { cursor: pointer; font-weight: 600; }
summary small { font-weight: 400; color: #333; }
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
    label, name = label_and_name(node)
    small = f" <small>{escape(name)}</small>" if name else ""
    value = _element("span", on_page(partial(value_and_unit, node)))
    yield f"<details{' open' if opened else ''}><summary>{escape(label)}{small} = {value}</summary>"
    said = details_on_page(node)
    if said:
        items = "".join(f"<dt>{escape(h)}</dt>{_element('dd', told)}" for h, told in said)
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
    # a name and its value, such as a date, stay in one line
    key = ", ".join(f"<span>{escape(pair)}</span>" for pair in key_columns(row))
    values = _element("td", on_page(partial(row_values, row)))
    table, source, flag = (f"<td>{escape(text)}</td>" for text in (row.table, row.source, row.flag))
    return f"<tr>{table}<td>{key}</td>{values}{source}{flag}</tr>"


def _element(tag: str, told: Told) -> str:
    """Return an element; all digits of its text are in its title."""
    full = f' title="{escape(told.full)}"' if told.full else ""
    return f"<{tag}{full}>{escape(told.text)}</{tag}>"
