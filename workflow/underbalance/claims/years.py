"""Lists of years such as ``1993-1994;1998;2007-2012``."""

from __future__ import annotations

from collections.abc import Sequence


def listed_years(text: str) -> list[int]:
    """Return the years of a list, in its order."""
    return [year for first, last in _spans(text) for year in range(first, last + 1)]


def spanned(years: Sequence[int]) -> str:
    """Return years in words, those that follow one another as a span: ``1993–1996, 1998``."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in spans)


def reversed_spans(text: str) -> list[str]:
    """Return the spans whose first year is after their last."""
    return [f"{first}-{last}" for first, last in _spans(text) if first > last]


def _spans(text: str) -> list[tuple[int, int]]:
    ends = [part.split("-") for part in text.split(";")]
    return [(int(span[0]), int(span[-1])) for span in ends]
