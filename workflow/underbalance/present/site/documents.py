"""The documents of the project as pages: Markdown of docs/, with contents and anchors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from underbalance.present.site.frame import Site, relative

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDER: Final = "docs"
# the page of each document, in the order in which they are listed
PAGES: Final = {
    "methods": "methods.html",
    "concepts": "methods/concepts.html",
    "obstacles": "methods/obstacles.html",
    "pre_analysis_plan": "methods/pre_analysis_plan.html",
    "deviations": "methods/deviations.html",
    "codebook": "methods/codebook.html",
    "data_availability": "methods/data_availability.html",
    "faq": "methods/faq.html",
}
COMMENT: Final = re.compile(r"\A<!--.*?-->\s*", re.DOTALL)
EXTERNAL: Final = re.compile(r"https?://|mailto:")
DEEPEST: Final = 3  # headings that the contents name


@dataclass(frozen=True)
class Heading:
    """A heading of a document: its level, its words and the anchor that leads to it."""

    level: int
    words: str
    anchor: str


def write_documents(documents: Sequence[Path], site: Site) -> None:
    """Write a page for each document.

    Parameters
    ----------
    documents : Markdown files, named as in :data:`PAGES`.
    """
    texts = {path.stem: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in documents}
    titles = {name: _title(texts[name]) for name in PAGES if name in texts}
    for name, title in titles.items():
        # the page has the title as its heading
        _, _, text = texts[name].partition("\n")
        body, headings = document_html(text, _addresses(name, site.root))
        site.write(
            "document.html",
            PAGES[name],
            title=title,
            body=body,
            contents=[heading for heading in headings if heading.level <= DEEPEST],
            file=f"{FOLDER}/{name}.md",
            others=[(words, PAGES[other]) for other, words in titles.items() if other != name],
        )


def document_html(text: str, addresses: Mapping[str, str]) -> tuple[Markup, list[Heading]]:
    """Return a document as HTML, and its headings.

    Anchors are made as GitHub makes them, and a heading of the first level becomes one of the
    second. A link to a file that is no page of the report is
    left as its words.

    Parameters
    ----------
    text : Markdown with tables; HTML in it is shown, not obeyed.
    addresses : of the pages that links to other files lead to, by name of the file.
    """
    tokens = _parser().parse(text)
    headings = _with_anchors(tokens)
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children:
            token.children = _with_addresses(token.children, addresses)
    html = _parser().renderer.render(tokens, _parser().options, {})
    html = html.replace("<table>", '<div class="scroll" tabindex="0">\n<table class="lined">')
    return Markup(html.replace("</table>", "</table>\n</div>")), headings


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()


def _addresses(name: str, root: Path) -> dict[str, str]:
    own = root / PAGES[name]
    return {f"{other}.md": relative(root / page, own) for other, page in PAGES.items()}


def _with_anchors(tokens: list[Token]) -> list[Heading]:
    """Give every heading its anchor; none is of the first level."""
    headings: list[Heading] = []
    taken: dict[str, int] = {}
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        closing = tokens[place + 2]
        if token.tag == "h1":
            token.tag = closing.tag = "h2"
        words = "".join(child.content for child in tokens[place + 1].children or [])
        slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        count = taken.get(slug, 0)
        taken[slug] = count + 1
        anchor = f"{slug}-{count}" if count else slug
        token.attrSet("id", anchor)
        headings.append(Heading(int(token.tag[1]), words, anchor))
    return headings


def _with_addresses(tokens: list[Token], addresses: Mapping[str, str]) -> list[Token]:
    """Turn links to files into links to pages; drop those that would lead nowhere."""
    kept: list[Token] = []
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href")), addresses)
            dropped.append(address is None)
            if address is None:
                continue
            token.attrSet("href", address)
        elif token.type == "link_close" and dropped.pop():
            continue
        kept.append(token)
    return kept


def _address(link: str, addresses: Mapping[str, str]) -> str | None:
    if link.startswith("#") or EXTERNAL.match(link):
        return link
    file, hash_sign, anchor = link.partition("#")
    page = addresses.get(file)
    return None if page is None else page + hash_sign + anchor
