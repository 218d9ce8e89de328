"""The list of allies: what each is by its treaty, by its obstacles, and in orders of arms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from underbalance.coding.cuts import is_above
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.present.ally.by_year import Series, obstacles_of, types_of
from underbalance.present.ally.happened import deals_of
from underbalance.present.ally.summary import counting_of, membership
from underbalance.present.site.frame import Site
from underbalance.present.wording import decimal, quantile_words, region_words


def write_ally_index(facts: Facts, members: Sequence[str], site: Site) -> None:
    """Write the list of allies with a page."""
    lines = [ally_line(facts, iso3) for iso3 in members]
    site.write(
        "allies.html",
        "allies/index.html",
        title="Allies",
        lines=sorted(lines, key=lambda line: str(line["name"])),
        obstacles=[one.label for one in obstacles_of(facts, members[0])],
        cut=quantile_words(facts.quantiles[0]),
    )


def ally_line(facts: Facts, iso3: str) -> dict[str, Any]:
    """Return what the list says of an ally; type and obstacles are of the last year with a type."""
    last = next((row for row in reversed(types_of(facts, iso3)) if row["type"]), None)
    deals = deals_of(facts, iso3)
    regions = dict(zip(facts.allies["iso3"], facts.allies["region"], strict=True))
    return {
        "iso3": iso3,
        "name": facts.ally_name(iso3),
        "region": region_words(regions[iso3]),
        "ties": membership(facts, iso3),
        "type": last["type"] if last else "",
        "type_year": last["year"] if last else "",
        "outside": last is not None and not last["committed"],
        "counting": counting_of(facts, iso3).name,
        "obstacles": [_at(one, last["year"] if last else 0) for one in obstacles_of(facts, iso3)],
        "deals": len(deals),
        "open": sum(bool(deal["open"]) for deal in deals),
    }


def _at(series: Series, year: int) -> Row:
    """Return the value of a year, as text too, and whether it is above the reference median."""
    value = next((row["value"] for row in series.known if row["year"] == year), None)
    if value is None:
        return {"text": "", "value": "", "high": False}
    return {
        "text": decimal(value, 2),
        "value": value,
        "high": is_above(value, series.reference[1]),
    }
