"""Numbers on how well obstacles are measured, and how far the coders agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import Row, Source, Wanted

ALPHA: Final = "results/reliability/alpha.csv"
CONSISTENCY: Final = "results/measurement/consistency.csv"
LOWER: Final = ", lower end of the interval"
UPPER: Final = ", upper end of the interval"


def of_measurement(results: Results) -> Iterator[Wanted]:
    """Give Krippendorff's alpha of the coded items and Cronbach's alpha of the indices."""
    for row in results.rows(ALPHA):
        yield from _coded(row["item"], row["stage"])
    for row in results.rows(CONSISTENCY):
        # the primary coding of a concept has its name
        if row["coding"] == row["concept"] and row["level"] == "overall":
            yield from _index(row["coding"])


def _coded(item: str, stage: str) -> Iterator[Wanted]:
    key: Row = {"item": item, "stage": stage}
    name, of = macro("coders", item, stage), f"{item.replace('_', ' ')}, {stage} clarification"
    for end, column, said in (
        ("", "alpha", ""),
        ("Low", "ci_low", LOWER),
        ("High", "ci_high", UPPER),
    ):
        source = Source(ALPHA, key, column)
        what = f"Krippendorff’s alpha of the coders{said}: {of}."
        yield Wanted(f"{name}Alpha{end}", "index", "alpha", what, source)


def _index(coding: str) -> Iterator[Wanted]:
    key: Row = {"coding": coding, "level": "overall"}
    ends = (("", "alpha", ""), ("Low", "alpha_low", LOWER), ("High", "alpha_high", UPPER))
    for end, column, said in ends:
        what = f"Cronbach’s alpha of the index {coding}{said}."
        source = Source(CONSISTENCY, key, column)
        yield Wanted(f"{macro('index', coding)}Alpha{end}", "index", "alpha", what, source)
