"""The documentation builds without a warning, holds together, loads nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from underbalance.present.site.documents import COMMENT, document_html

ROOT = Path(__file__).parents[2]
# files that the site is made of where they stand, and what leads to it
LINKED = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / folder / "README.md" for folder in ("data/raw", "data/processed", "paper", "results")),
]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMED = ("src", "href", "srcset", "data", "poster", "action")
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Make the site as `make docs` does."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-c", "docs"]
    cache = folder.with_name(f"{folder.name}_cache")
    return subprocess.run(
        [*command, "-d", cache, ".", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "site"
    return folder, build(folder)


@pytest.fixture(scope="module")
def site(built):
    return built[0]


class Page(HTMLParser):
    """What a page names: files that it loads, addresses that it leads to, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: set[str] = set()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value for name, value in attrs if value}
        self.anchors |= {named[name] for name in ("id", "name") if name in named}
        kept = self.links if tag == "a" else self.loaded
        kept |= {named[name] for name in NAMED if name in named}


@pytest.fixture(scope="module")
def pages(site):
    return {
        path: Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


def is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address).scheme or urlsplit(address).netloc)


def test_site_is_built_without_a_warning(built) -> None:
    _, run = built
    assert run.stderr == ""
    assert run.returncode == 0


def test_site_has_the_same_bytes_when_it_is_built_again(site, tmp_path) -> None:
    build(tmp_path / "again")
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    again = {p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*")}
    assert files == {path for path in again if (tmp_path / "again" / path).is_file()}
    differ = [p for p in files if (site / p).read_bytes() != (tmp_path / "again" / p).read_bytes()]
    assert differ == []


def test_no_file_of_the_site_names_the_machine(site) -> None:
    texts = [p for p in site.rglob("*") if p.suffix in {".html", ".js", ".css", ".txt"}]
    assert [p for p in texts if str(ROOT) in p.read_text(encoding="utf-8")] == []


def test_every_document_has_a_page(site) -> None:
    documents = [path.relative_to(ROOT) for path in LINKED[1:]]
    assert [p for p in documents if not (site / p.with_suffix(".html")).is_file()] == []


def test_first_page_leads_to_every_other_one(site, pages) -> None:
    first = site / "docs/index.html"
    led_to = {(first.parent / unquote(urldefrag(a)[0])).resolve() for a in pages[first].links}
    documents = {(site / p.relative_to(ROOT)).with_suffix(".html").resolve() for p in LINKED[1:]}
    assert documents - led_to - {first.resolve()} == set()


def test_every_page_has_one_title(site) -> None:
    pages = {p.name: p.read_text(encoding="utf-8") for p in (site / "docs").glob("*.html")}
    assert {name for name, text in pages.items() if text.count("<h1") != 1} == set()


def test_navigation_has_the_lists_of_the_first_page(site) -> None:
    text = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    page = (site / "docs/faq.html").read_text(encoding="utf-8")
    captions = re.findall(r'class="caption"[^>]*><span class="caption-text">([^<]+)', page)
    assert captions == re.findall(r"^## (.+)$", text, re.MULTILINE)
    listed = re.findall(r"^- \[([^]]+)\]\([^)]+\.md\)", text, re.MULTILINE)
    assert re.findall(r'class="toctree-l1[^>]*><a[^>]*>([^<]+)', page) == listed


def test_file_that_a_page_links_to_is_copied_into_the_site(site) -> None:
    copies = {path.name: path for path in (site / "_downloads").rglob("*.yaml")}
    settings = ROOT / "config/config.yaml"
    assert copies["config.yaml"].read_bytes() == settings.read_bytes()


def test_every_link_leads_to_a_page_and_a_place_in_it(pages) -> None:
    dead = []
    for path, page in pages.items():
        for address in page.links | page.loaded:
            if not is_elsewhere(address) and not is_there(address, path, pages):
                dead.append(f"{path.name}: {address}")
    assert dead == []


def is_there(address: str, own: Path, pages: dict[Path, Page]) -> bool:
    parts = urlsplit(address)
    target = (own.parent / unquote(parts.path)).resolve() if parts.path else own
    if not parts.fragment or target not in pages:
        return target.is_file()
    return unquote(parts.fragment) in pages[target].anchors


def test_no_page_loads_anything_from_elsewhere(site, pages) -> None:
    loaded = {address for page in pages.values() for address in page.loaded}
    assert [a for a in loaded if is_elsewhere(a) and not a.startswith("data:")] == []
    styles = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.css"))
    assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", styles) == []


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_open_from_disk_without_requests_and_fit(site, page, width) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in sorted((site / "docs").glob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate(FITS), path.name
    assert page.faults == []


@pytest.mark.needs("chromium")
def test_search_finds_a_page_from_disk(site, page) -> None:
    page.goto((site / "search.html").as_uri() + "?q=bootstrap")
    page.wait_for_selector("#search-results li a")
    assert page.faults == []


@pytest.mark.parametrize("path", LINKED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_a_document_are_right_on_a_forge(path) -> None:
    dead = []
    for link in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        file, anchor = urldefrag(link)
        if is_elsewhere(link):
            continue
        target = (path.parent / unquote(file)).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            dead.append(link)
    assert dead == []


@cache
def anchors_of(document: Path) -> set[str]:
    text = COMMENT.sub("", document.read_text(encoding="utf-8"))
    return {heading.anchor for heading in document_html(text, {})[1]}
