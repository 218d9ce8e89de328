"""The citation of a user's own file, taken apart as a list of sources holds it."""

from __future__ import annotations

import re
from typing import Final

from underbalance.add_ally.options import option_fault
from underbalance.errors import Fault

CITATION: Final = re.compile(r"(?P<authors>.+?)[.,]?\s+\(?(?P<year>\d{4})\)?[.,:]?\s+(?P<title>.+)")


def citation_of(text: str) -> dict[str, str]:
    """Return authors, year and title of a citation that has no faults."""
    found = CITATION.fullmatch(text.strip())
    assert found is not None
    authors, year, title = found.group("authors", "year", "title")
    # braces: the name is not to be taken apart
    return {"authors": f"{{{authors}}}", "published": year, "title": title.rstrip(".")}


def citation_faults(text: str) -> list[Fault]:
    """Return the fault of a citation without author, year or title."""
    if CITATION.fullmatch(text.strip()):
        return []
    rule = "figures must have a source: author, year and title"
    allowed = '"Author. Year. Title."'
    mend = "say what the file is taken from, as it is to be cited"
    return [option_fault("--citation", rule, text.strip() or "none", allowed, mend)]
