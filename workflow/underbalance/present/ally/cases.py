"""How many cases of each outcome an ally has, and how they ended."""

from __future__ import annotations

from statistics import median

from underbalance.explain.cases import described_columns
from underbalance.explain.facts import Facts
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.wording import three_digits

HEAD = ("Outcome", "Measures", "Cases", "Years", "Ended", "Median", "Unit")


def case_lines(facts: Facts, iso3: str) -> list[tuple[str, ...]]:
    """Return a line for each outcome with a case in a year of commitment.

    Outcome (its key), concept, number of cases, first and last year, how many durations came to
    their end, and the median of the measure over those (over all cases where nothing ends).
    """
    lines: list[tuple[str, ...]] = []
    for name, outcome in OUTCOMES.items():
        rows = [row for row in facts.made(f"outcomes/{name}").of(iso3) if row["is_ally"]]
        if not rows:
            continue
        ended = [row for row in rows if row[outcome.event]] if outcome.event else rows
        values = [row[outcome.measure] for row in ended if row[outcome.measure] is not None]
        first, last = (f(row["year"] for row in rows) for f in (min, max))
        lines.append(
            (
                name,
                outcome.concept,
                str(len(rows)),
                f"{first}" if first == last else f"{first}–{last}",
                str(len(ended)) if outcome.event else "",
                three_digits(median(values)) if values else "",
                described_columns(facts, name)[outcome.measure][1],
            )
        )
    return lines
