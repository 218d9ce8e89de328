"""How many cases of each outcome an ally has, and how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from underbalance.explain.cases import described_columns
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.outcomes.listed import all_outcomes
from underbalance.present.ally.summary import counting_of
from underbalance.present.wording import three_digits
from underbalance.schemas.limits import EXCLUSIONS

HEAD = ("Outcome", "Measures", "Cases", "Years", "Ended", "Median of ended", "Unit")


def case_lines(facts: Facts, iso3: str) -> list[tuple[str, ...]]:
    """Return a line for each outcome with a case in a year of commitment.

    Outcome (its key), concept, number of cases, first and last year, how many durations came to
    their end, and the median of the measure over those (over all cases where nothing ends).
    """
    lines: list[tuple[str, ...]] = []
    for name, outcome in all_outcomes().items():
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


def orders_counted(facts: Facts, iso3: str, deals: Sequence[Row]) -> str:
    """Say how many orders the outcome delivery counts, and why not the others.

    Empty for an ally without an order.
    """
    if not deals:
        return ""
    rows = facts.made("outcomes/delivery").of(iso3)
    counted = [row for row in rows if row["is_ally"]]
    told = (
        f"The outcome delivery counts {len(counted)} of the {len(deals)} orders in the register, "
        f"{sum(bool(row['delivered']) for row in counted)} of the "
        f"{sum(not deal['open'] for deal in deals)} with a delivery."
    )
    excluded = Counter(deal["exclusion"] for deal in deals)
    left_out = [f"{excluded[key]} ({why})" for key, why in EXCLUSIONS.items() if excluded[key]]
    outside, counting = len(rows) - len(counted), counting_of(facts, iso3).of_usa
    if outside:
        left_out.append(f"{outside} (no {counting} in the year of the order)")
    return f"{told} Left out: {'; '.join(left_out)}." if left_out else told
