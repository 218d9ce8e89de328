"""Explanations as text, Markdown, JSON or a page of HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from underbalance.explain.page import as_html
from underbalance.explain.tree import Node, RawRow
from underbalance.explain.wording import details, headline, row_key, row_values


def as_text(nodes: Sequence[Node], title: str) -> str:
    """Return the trees as lines with branches."""
    trees = ["\n".join(_text_lines(node, "", "")) for node in nodes]
    return "\n\n".join([title, *trees]) + "\n"


def as_markdown(nodes: Sequence[Node], title: str) -> str:
    """Return the trees as nested lists, each under a heading."""
    blocks = [f"# {_plain(title)}"]
    for node in nodes:
        blocks.append(f"## {_plain(node.label)}")
        blocks.append("\n".join(_markdown_lines(node, 0)))
    return "\n\n".join(blocks) + "\n"


def as_json(nodes: Sequence[Node], title: str) -> str:
    """Return the trees with every number in full, so that they can be recomputed."""
    content = {"title": title, "nodes": [asdict(node) for node in nodes]}
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


RENDERERS: dict[str, Callable[[Sequence[Node], str], str]] = {
    "text": as_text,
    "json": as_json,
    "md": as_markdown,
    "html": as_html,
}


def _text_lines(node: Node, first: str, rest: str) -> Iterator[str]:
    """Yield the lines of a node; ``first`` and ``rest`` are the branches to its left."""
    below: list[Node | RawRow] = [*node.rows, *node.parts]
    stem = "│  " if below else "   "
    yield f"{first}{' = '.join(headline(node))}"
    for heading, text in details(node):
        yield f"{rest}{stem}{heading}: {text}"
    for number, item in enumerate(below, start=1):
        is_last = number == len(below)
        branch, further = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
        if isinstance(item, Node):
            yield from _text_lines(item, rest + branch, rest + further)
        else:
            yield from _text_row(item, rest + branch, rest + further)


def _text_row(row: RawRow, first: str, rest: str) -> Iterator[str]:
    flag = f" [{row.flag}]" if row.flag else ""
    yield f"{first}row of {row_key(row)}{flag}"
    yield f"{rest}   {row_values(row)}"
    yield f"{rest}   source: {row.source}"


def _markdown_lines(node: Node, depth: int) -> Iterator[str]:
    indent = "  " * depth
    name, value = headline(node)
    yield f"{indent}- **{_plain(name)}** = {_plain(value)}"
    for heading, text in details(node):
        yield f"{indent}  - {heading}: {_plain(text)}"
    for row in node.rows:
        flag = f" — {row.flag}" if row.flag else ""
        yield (
            f"{indent}  - row of {_plain(row_key(row))}: {_plain(row_values(row))}; "
            f"source: {_plain(row.source)}{_plain(flag)}"
        )
    for part in node.parts:
        yield from _markdown_lines(part, depth + 1)


def _plain(text: str) -> str:
    """Return text in which Markdown finds no marks."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text
