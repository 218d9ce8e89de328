"""The software itself and the article it tests, from CITATION.cff."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from underbalance.document.bibtex import author_field, entry, title_field
from underbalance.present.formats.tex_text import escape_tex
from underbalance.yaml_files import read_yaml

CITATION_FILE = Path("CITATION.cff")


def contributors(path: Path = CITATION_FILE) -> list[dict[str, str]]:
    """Return the authors of the software, as a data package lists them."""
    authors = read_yaml(path)["authors"]
    return [{"title": _name(author).strip("{}"), "role": "author"} for author in authors]


def software_entries() -> list[str]:
    """Return BibTeX entries of the software and of what its CITATION.cff refers to."""
    software = read_yaml(CITATION_FILE)
    own = {
        "author": author_field(map(_name, software["authors"])),
        "title": title_field(software["title"]),
        "version": escape_tex(str(software["version"])),
        "year": str(software.get("date-released", ""))[:4],
        "doi": software.get("doi", ""),
        "url": software.get("repository-code", ""),
        "note": f"Version {escape_tex(str(software['version']))}",
    }
    return [entry("misc", "underbalance", own), *map(_reference, software["references"])]


def _reference(work: Mapping[str, Any]) -> str:
    pages = "--".join(str(work[end]) for end in ("start", "end") if end in work)
    fields = {
        "author": author_field(map(_name, work["authors"])),
        "title": title_field(work["title"]),
        "journal": escape_tex(work.get("journal", "")),
        "volume": str(work.get("volume", "")),
        "number": str(work.get("issue", "")),
        "pages": pages,
        "year": str(work.get("year", "")),
        "doi": work.get("doi", ""),
        "url": work.get("url", ""),
    }
    kind = "article" if work["type"] == "article" else "misc"
    first = work["authors"][0]
    family = re.sub(r"\W", "", first.get("family-names", first.get("name", ""))).lower()
    return entry(kind, f"{family}_{work['year']}", fields)


def _name(author: Mapping[str, str]) -> str:
    """Return a name in BibTeX's form, a corporate one in braces."""
    if "name" in author:
        return f"{{{author['name']}}}"
    return f"{author['family-names']}, {author['given-names']}"
