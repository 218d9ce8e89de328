"""The documentation as a site: `make docs`.

Sources are the Markdown files where they stand, so that a link between two of them is right on a
forge and in the site. A link to any other file of the project puts a copy of it into the site.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Underbalance"
extensions = ["myst_parser"]
# beside docs/, the pages that explain the files of a folder; paths are from the project's root
include_patterns = [
    "docs/*.md",
    "CHANGELOG.md",
    "data/*/README.md",
    "paper/README.md",
    "results/README.md",
]
exclude_patterns = [".*", "tests", "workflow", "config", "results/[!R]*"]
root_doc = "docs/index"

myst_heading_anchors = 4  # the anchors that GitHub gives

html_theme = "furo"
html_title = "Underbalance"
html_additional_pages = {"index": "first_page.html"}
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {"navigation_with_keys": True}
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
html_show_search_summary = False  # summaries are fetched, which a page from disk may not

BEFORE_CONTENTS = 400  # Sphinx gathers the contents of a page at 500
LISTED = re.compile(r"^- \[([^]]+)\]\(([^)#]+)\.md\)", re.MULTILINE)


def setup(app: Sphinx) -> dict[str, bool]:
    """Let the navigation be the lists of the first page, and every page have one title."""
    app.connect("source-read", add_navigation)
    app.connect("doctree-read", keep_one_title, priority=BEFORE_CONTENTS)
    return {"parallel_read_safe": True}


def add_navigation(app: Sphinx, docname: str, source: list[str]) -> None:
    """Add to the first page what Sphinx needs to know of its lists: one part for each heading."""
    if docname != root_doc:
        return
    folder = PurePosixPath(root_doc).parent
    parts = re.split(r"^## ", source[0], flags=re.MULTILINE)[1:]
    for part in parts:
        heading, _, text = part.partition("\n")
        pages = [f"{title} <{_from_root(folder / page)}>" for title, page in LISTED.findall(text)]
        if pages:
            options = f":hidden:\n:titlesonly:\n:caption: {heading}"
            listed = "\n".join(pages)
            source[0] += f"\n```{{toctree}}\n{options}\n\n{listed}\n```\n"


def keep_one_title(app: Sphinx, doctree: nodes.document) -> None:
    """Put later parts of the first level below the title of the page."""
    parts = [node for node in doctree.children if isinstance(node, nodes.section)]
    for part in parts[1:]:
        doctree.remove(part)
        parts[0].append(part)


def _from_root(page: PurePosixPath) -> str:
    """Return the address of a page from the root of the project, without dots."""
    steps: list[str] = []
    for step in page.parts:
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/" + "/".join(steps)
