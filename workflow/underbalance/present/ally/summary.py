"""An ally in a few sentences, each computed from the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.present.tie_words import COMMITMENT, Counting, counting_of_ally, tie_words
from underbalance.present.wording import quantile_words


def membership(facts: Facts, iso3: str) -> str:
    """Return the ties to the USA with their years: ``NATO since 1999``."""
    rows = sorted(facts.of("alliance", iso3), key=lambda row: str(row["start"]))
    return "; ".join(tie_words(row) for row in rows)


def counting_of(facts: Facts, iso3: str) -> Counting:
    """Return what makes the years of an ally count, in words."""
    return counting_of_ally(facts.of("alliance", iso3), facts.ties, iso3)


def sentences(facts: Facts, iso3: str, types: Sequence[Row], deals: Sequence[Row]) -> list[str]:
    """Return what a page begins with: ties, predicted and observed types, orders of arms."""
    name = facts.ally_name(iso3)
    told = [f"{name}: {membership(facts, iso3) or 'no tie on record'}."]
    cut, counting = quantile_words(facts.quantiles[0]), counting_of(facts, iso3)
    told += [coded(name, types, cut, counting), _observed(facts, iso3)]
    return [*filter(None, told), ordered(deals, facts.register.last_year("deals"))]


def coded(name: str, types: Sequence[Row], cut: str, counting: Counting = COMMITMENT) -> str:
    """Say in how many years an ally is of which type, the most frequent first."""
    committed = [row for row in types if row["committed"]]
    known = Counter(row["type"] for row in committed if row["type"])
    if not known:
        return (
            f"The type is not known for any of its {_years(len(committed))} with a "
            f"{counting.of_usa} in force."
        )
    (first, count), *others = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    also = "".join(f", {kind} in {number}" for kind, number in others)
    return (
        f"By its obstacles {name} is coded {first} in {count} of {_years(known.total())}{also}: "
        f"years with a {counting.of_usa} in force and both obstacles known, each cut at the "
        f"reference {cut}."
    )


def ordered(deals: Sequence[Row], end: int) -> str:
    """Say how many orders of US arms there are, and how long the first deliveries took."""
    if not deals:
        return f"The register has no order of US arms by it up to {end}."
    first, last = deals[0]["order_year"], max(deal["order_year"] for deal in deals)
    waits = [deal["until"] - deal["order_year"] for deal in deals if not deal["open"]]
    still = len(deals) - len(waits)
    years = f"of {first}" if first == last else f"of {first} to {last}"
    told = f"{len(deals)} {'order' if len(deals) == 1 else 'orders'} of US arms {years}"
    if waits:
        told += f", {len(waits)} of them delivered in part or whole, after a median of "
        told += _years(median(waits))
    return f"{told}; {still or 'none'} without a delivery by the end of {end}."


def _observed(facts: Facts, iso3: str) -> str:
    """Say which type was observed in which decades; empty where it is not known for any."""
    decades: dict[str, list[str]] = {}
    for row in facts.made("observed_types").of(iso3):
        if row["observed_type"]:
            decades.setdefault(row["observed_type"], []).append(f"the {row['decade_start']}s")
    told = [f"{kind.replace('_', ' and ')} in {_listed(names)}" for kind, names in decades.items()]
    return f"Observed by decade: {'; '.join(told)}." if told else ""


def _years(count: float) -> str:
    return f"{count:g} {'year' if count == 1 else 'years'}"


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
