"""BibTeX entries of the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from underbalance.document.citation import DOI, JOURNAL, address, doi, names, works
from underbalance.present.formats.tex_text import escape_tex

HEAD = """\
% The sources of the data, written by `underbalance document` from config/sources.csv.
% Do not edit. Only the sources of some tables: `underbalance cite --table NAME`.
"""
VERBATIM = ("doi", "url")  # BibTeX styles set these as they stand


def references(sources: pd.DataFrame) -> str:
    """Return a BibTeX file with one entry per citation key of the registry."""
    return HEAD + "\n" + "\n".join(source_entries(sources))


def source_entries(sources: pd.DataFrame) -> list[str]:
    """Return one entry per citation key, by key.

    Articles have journal, volume, number and pages; everything else is ``@misc`` with the
    publisher in ``howpublished``. The note says which data set and version was used.
    """
    return [_source_entry(work) for work in works(sources)]


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry; fields without a value are left out.

    Values are LaTeX already, but for ``doi`` and ``url``.
    """
    filled = {name: value for name, value in fields.items() if value}
    width = max(map(len, filled))
    lines = [f"  {name:<{width}} = {{{value}}}," for name, value in filled.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def author_field(authors: Iterable[str]) -> str:
    """Return names in BibTeX's form, those in braces being corporate authors."""
    return " and ".join(_name(name) for name in authors)


def title_field(title: str) -> str:
    """Return a title whose capitals no style may change."""
    return f"{{{escape_tex(title)}}}"


def _name(name: str) -> str:
    if name.startswith("{"):
        return f"{{{escape_tex(name[1:-1])}}}"
    return escape_tex(name)


def _source_entry(work: Mapping[str, str]) -> str:
    stated = DOI.sub("", work["publisher"]).strip(" ,;")
    article = JOURNAL.fullmatch(stated)
    # the doi of an article's data is the data's, not the article's
    found = doi(work["publisher"]) or ("" if article else doi(work["upstream"]))
    place = {k: v or "" for k, v in article.groupdict().items()} if article else {}
    fields = {
        "author": author_field(names(work["authors"])),
        "title": title_field(work["work"]),
        **{name: escape_tex(text) for name, text in place.items()},
        "howpublished": "" if article else escape_tex(stated),
        "year": escape_tex(work["published"]),
        "version": escape_tex(work["version"]),
        "doi": found,
        "url": address(work["upstream"]),
        "note": escape_tex(_note(work)),
    }
    if "pages" in fields:
        fields["pages"] = place["pages"].replace("–", "-").replace("-", "--")
    return entry("article" if article else "misc", work["citation_key"], fields)


def _note(work: Mapping[str, str]) -> str:
    version = f"version: {work['version']}"
    named = work["title"] == work["work"]
    note = version[:1].upper() + version[1:] if named else f"Data: {work['title']}, {version}"
    # words that say where the data are, instead of an address
    return note if address(work["upstream"]) else f"{note}. From: {work['upstream']}"
