"""The report of a finished run: links lead somewhere, nothing is loaded, all can read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.end_to_end

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# elements whose end tags HTML lets out, which the templates write all the same
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LOADS = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
YEAR = re.compile(r"\d{4}")
MOST_BYTES = 1_500_000  # of a page


@dataclass
class Page(HTMLParser):
    """What a page has: ids, links, what it loads, headings, faults of its marks."""

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    inputs: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    language: str | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))
        self.faults += [f"<{name}> is not closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if len(own) < len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if own.get("id"):
            self.ids.append(str(own["id"]))
        if tag == "html":
            self.language = own.get("lang")
        if tag in HEADINGS and "svg" not in self.open:
            self.headings.append(int(tag[1]))
        if tag == "a" and own.get("href"):
            self.links.append(str(own["href"]))
        if tag in LOADS and own.get(LOADS[tag]):
            self.loads.append(str(own[LOADS[tag]]))
        if tag == "img" and not own.get("alt"):
            self.faults.append(f"<img src={own.get('src')}> has no alt")
        if tag == "label" and own.get("for"):
            self.labelled.add(str(own["for"]))
        if tag in ("input", "select") and not own.get("aria-label") and "label" not in self.open:
            self.inputs.append(str(own.get("id")))
        if tag == "th" and not own.get("scope"):
            self.faults.append("<th> has no scope")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1] if self.open else ''}>")
        else:
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()


@pytest.fixture(scope="module")
def root(finished: Path) -> Path:
    return finished / "results/report"


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(root.rglob("*.html"))}


def inside(address: str) -> bool:
    return not urlsplit(address).scheme


def broken(pages: dict[Path, Page], root: Path) -> list[str]:
    """Return links to files or places that are not there, or that lead out of the report."""
    found = []
    for path, page in pages.items():
        for address in filter(inside, [*page.links, *page.loads]):
            parts = urlsplit(address)
            target = (path.parent / unquote(parts.path) if parts.path else path).resolve()
            if not target.is_file() or root.resolve() not in target.parents:
                found.append(f"{path.relative_to(root)}: {address}")
            elif target.parent.name == "allies" and YEAR.fullmatch(parts.fragment):
                continue  # the script of the page shows that year
            elif parts.fragment and target.suffix == ".html":
                own = pages[root / target.relative_to(root.resolve())]
                if unquote(parts.fragment) not in own.ids:
                    found.append(f"{path.relative_to(root)}: {address} (no such place)")
    return found


def faults(pages: dict[Path, Page], root: Path) -> list[str]:
    """Return what is wrong with the marks of each page."""
    found = []
    for path, page in pages.items():
        own = list(page.faults)
        own += [f"id {name} is there twice" for name in {*page.ids} if page.ids.count(name) > 1]
        own += [f"input {name} has no label" for name in page.inputs if name not in page.labelled]
        own += [] if page.language == "en" else ["no language"]
        own += [] if {"main", "nav", "title"} <= page.seen else ["no main, nav or title"]
        steps = zip([0, *page.headings], page.headings, strict=False)
        own += [f"h{after} after h{before}" for before, after in steps if after > before + 1]
        own += [] if page.headings.count(1) == 1 else ["not one h1"]
        found += [f"{path.relative_to(root)}: {fault}" for fault in own]
    return found


def test_every_link_and_anchor_leads_somewhere(pages: dict[Path, Page], root: Path) -> None:
    assert broken(pages, root) == []


def test_nothing_is_loaded_from_elsewhere(pages: dict[Path, Page], root: Path) -> None:
    outside = {
        (str(path.relative_to(root)), address)
        for path, page in pages.items()
        for address in page.loads
        if not inside(address) and not address.startswith("data:")
    }
    assert outside == set()
    sheet = (root / "assets/site.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\((?!data:)", sheet)


def test_pages_are_whole_and_can_be_read_by_all(pages: dict[Path, Page], root: Path) -> None:
    assert faults(pages, root) == []


def test_every_page_can_be_reached_from_the_first(pages: dict[Path, Page], root: Path) -> None:
    reached, waiting = set(), {root / "index.html"}
    while waiting:
        reached |= waiting
        links = {
            (path.parent / urlsplit(address).path).resolve()
            for path in waiting
            for address in pages[path].links
            if inside(address) and urlsplit(address).path.endswith(".html")
        }
        waiting = {root / path.relative_to(root.resolve()) for path in links} - reached
    assert set(pages) - reached == set()


def test_pages_are_small(pages: dict[Path, Page], root: Path) -> None:
    sizes = {str(path.relative_to(root)): path.stat().st_size for path in pages}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}


def test_no_template_is_left_unfilled(pages: dict[Path, Page], root: Path) -> None:
    found = [
        str(path.relative_to(root))
        for path in pages
        if re.search(r"\{\{|\{%|>(nan|None|<NA>)<", path.read_text(encoding="utf-8"))
    ]
    assert found == []
