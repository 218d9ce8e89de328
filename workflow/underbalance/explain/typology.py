"""Why an ally-year is of its type: the two indices and their cuts."""

from __future__ import annotations

from underbalance.explain.facts import Facts
from underbalance.explain.rows import only
from underbalance.explain.tree import Cell, Node, RawRow

TYPOLOGY = "typology"
INDICES = ("political", "social")
RULE = (
    "neither high: effective; political high: inconsistent; social high: slow; both: failing "
    "(Yoo 2012, Table 1)"
)


def type_nodes(facts: Facts, iso3: str, year: int) -> list[Node]:
    """Return the type at every quantile of config/config.yaml, the primary one first.

    None where there is no table of types.
    """
    if not facts.has_processed(TYPOLOGY):
        return []
    return [_type(facts, iso3, year, quantile) for quantile in facts.quantiles]


def _type(facts: Facts, iso3: str, year: int, quantile: float) -> Node:
    (row,) = only(facts.made(TYPOLOGY).of_year(iso3, year), quantile=quantile)
    settings = facts.config.typology
    codings = {"political": settings.political, "social": settings.social}
    parts = tuple(
        _high(facts, iso3, year, index, codings[index], quantile, row[f"high_{index}"])
        for index in INDICES
    )
    unknown = [codings[index] for index in INDICES if row[f"high_{index}"] is None]
    why = f". Missing: not known: {', '.join(unknown)}" if unknown else ""
    primary = quantile == facts.quantiles[0]
    return Node(
        "type" if primary else f"type_{100 * quantile:g}",
        f"Type of ally, cut at quantile {quantile}",
        row["type"] or None,
        "type of high and low parts",
        parts=parts,
        note=RULE + why,
    )


def _high(
    facts: Facts,
    iso3: str,
    year: int,
    index: str,
    coding: str,
    quantile: float,
    value: Cell,
) -> Node:
    """Return whether an index is high: above its quantile in the reference sample."""
    return Node(
        f"high_{index}",
        f"{facts.codings[coding].label} is high",
        value,
        "1 if sign · part is above the cut",
        parameters={"sign": 1, "cut": facts.reference.quantile(coding, quantile)},
        parts=(_index(facts, iso3, year, coding),),
        note=f"cut: quantile {quantile} of {facts.reference.count(coding)} reference ally-years",
    )


def _index(facts: Facts, iso3: str, year: int, coding: str) -> Node:
    value, label = facts.value(coding, iso3, year), facts.codings[coding].label
    key: dict[str, Cell] = {"iso3": iso3, "year": year}
    told = f"explained as {coding}"
    row = RawRow("ally_year", key, {coding: value}, "results of this project", told)
    return Node(coding, label, value, "value of the row", facts.unit(coding), rows=(row,))
