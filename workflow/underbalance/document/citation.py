"""Citations from the registry: readable ones, and the parts of BibTeX entries.

The registry has authors in BibTeX's form (``Last, First and Last, First and {An Office}``),
the work, and a publisher that is either a place in a journal, ``Journal 12 (3): 45-67``, or a
publisher proper; a doi may stand in it as ``doi:10.…``.
"""

from __future__ import annotations

import re

import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.registry import SOURCES_FILE

JOURNAL = re.compile(
    r"(?P<journal>.+?),? (?P<volume>\d+)(?: ?\((?P<number>[^)]+)\))?: ?(?P<pages>[\w–-]+)"
)
DOI = re.compile(r"(?:doi:|(?:https?://)?(?:dx\.)?doi\.org/)(10\.\S+?)(?=[,;]?(?:\s|$))")
ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/]\S*)?")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]*")
# what rows with one citation key have to agree on
WORK = ["authors", "published", "work", "publisher"]


def works(sources: pd.DataFrame) -> list[dict[str, str]]:
    """Return every cited work once, by citation key.

    Titles, versions and addresses of several rows are joined by ``; ``.

    Raises
    ------
    FaultsError : for citation keys that BibTeX cannot read, and for keys that stand for
        different works in different rows.
    """
    raise_if_any([*_key_faults(sources), *_different_works(sources)])
    joined = [*WORK, "title", "version", "upstream"]
    rows = sources.groupby("citation_key")[joined].agg(_joined).reset_index()
    return [{str(k): str(v) for k, v in row.items()} for row in rows.to_dict("records")]


def names(authors: str) -> list[str]:
    """Return the single authors in BibTeX's form, corporate ones in braces.

    Authors without any comma or brace are one corporate author, whose name may hold an
    "and"; a corporate author beside persons has to stand in braces.
    """
    if "," not in authors and "{" not in authors:
        return [f"{{{authors}}}"]
    parts = re.split(r" and (?![^{]*\})", authors)
    return [p if "," in p or p.startswith("{") or p == "others" else f"{{{p}}}" for p in parts]


def citation(work: dict[str, str]) -> str:
    """Return a citation in words: authors, year, work, publisher, doi or address."""
    found = doi(work["publisher"])
    where = DOI.sub("", work["publisher"]).strip(" ,;")
    parts = [_people(work["authors"]), work["published"], f"“{work['work']}”", where]
    text = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{text} doi:{found}." if found else text


def doi(text: str) -> str:
    """Return the doi that a text states, empty when it states none."""
    found = DOI.search(text)
    return found.group(1) if found else ""


def address(upstream: str) -> str:
    """Return the (first) upstream page as a URL, empty when the registry has words instead."""
    first = upstream.split("; ")[0]
    if not ADDRESS.fullmatch(first):
        return ""
    return first if "://" in first else f"https://{first}"


def _people(authors: str) -> str:
    """Return authors as in a list of references: the first inverted, the others not."""
    listed = names(authors)
    others = listed[-1] == "others"
    listed = listed[:-1] if others else listed
    shown = [listed[0].strip("{}"), *(_upright(name) for name in listed[1:])]
    if others:
        return ", ".join(shown) + ", et al"
    return ", ".join(shown[:-1]) + f", and {shown[-1]}" if len(shown) > 1 else shown[0]


def _upright(name: str) -> str:
    if name.startswith("{"):
        return name.strip("{}")
    last, _, first = name.partition(", ")
    return f"{first} {last}"


def _joined(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(texts))


def _key_faults(sources: pd.DataFrame) -> list[Fault]:
    return [
        Fault(
            SOURCES_FILE.as_posix(),
            f"citation_key {key}",
            "BibTeX must be able to read the key",
            key,
            "letters, digits and _ . : + -, without spaces",
            "correct the key",
        )
        for key in dict.fromkeys(sources["citation_key"])
        if not KEY.fullmatch(key)
    ]


def _different_works(sources: pd.DataFrame) -> list[Fault]:
    return [
        Fault(
            SOURCES_FILE.as_posix(),
            f"citation_key {key}, column {column}",
            "a citation key must stand for one work",
            " | ".join(rows[column].unique()),
            "the same text in every row of the key",
            "make them equal, or give another work a key of its own",
        )
        for key, rows in sources.groupby("citation_key")
        for column in WORK
        if len(rows[column].unique()) > 1
    ]
