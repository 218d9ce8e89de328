"""Adoption: from the first export order of a US system to the ally's first order."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.ally_years import DEFENCE_COMMITMENTS, OPEN_END
from underbalance.ledger import Ledger
from underbalance.registry import is_covered, last_year_of

MIN_ADOPTERS = 6
COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "family",
    "first_export_year",
    "first_export_uncertain",
    "export_may_precede_file",
    "at_risk_from",
    "at_risk_until",
    "years_at_entry",
    "years_to_adoption",
    "adopted",
    "is_first",
    "first_order_year_uncertain",
    "third_party_year",
]


def adoption(
    system_orders: pd.DataFrame,
    alliance: pd.DataFrame,
    country_years: pd.DataFrame,
    sources: pd.DataFrame,
    ties: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return allies by US system family with the time to their first order, and the ledger.

    Parameters
    ----------
    system_orders, alliance : facts tables.
    country_years : gives the listed allies and the first year of young states.
    sources : the registry; orders are observed to the last year of ``system_orders``.
    ties : the commitments of extensions in force, which make an ally, too.

    Returns
    -------
    One row per ally and family that at least six formal allies ordered. The clock
    starts in the year of the family's first export order; an ally is at risk from the
    latest of that year, its independence and its alliance (``at_risk_from``, which is
    ``year``, too; years_at_entry on the clock, for delayed entry) until its first order from the
    USA, the end of its alliance or of the register. Those that ordered before they were at
    risk are left out, see the ledger. States without a commitment at entry are at risk as
    well, with ``is_ally`` false. ``is_first`` marks the orders of the first export year:
    they define time zero and say nothing on speed. In ``export_may_precede_file`` families
    time zero is not known. ``third_party_year``: an earlier (or the only) order of the
    system from another supplier, a rival way to adopt that does not end the time at risk.
    """
    ledger = Ledger("outcome.adoption")
    last_year = last_year_of(sources, "system_orders")
    families = system_orders.drop_duplicates("family")
    shared = ["family", "first_export_year", "first_export_uncertain", "export_may_precede_file"]
    own = system_orders[[c for c in system_orders if c not in shared[1:]]]
    pacts = alliance[alliance["commitment"].isin(DEFENCE_COMMITMENTS)]

    def at_risk(pacts: pd.DataFrame) -> pd.DataFrame:
        pairs = _entries(pacts, country_years, last_year).merge(families[shared], how="cross")
        pairs = pairs.merge(own, on=["iso3", "family"], how="left", validate="one_to_one")
        return _at_risk(pairs, last_year)

    formal = at_risk(pacts)
    counted = _widely_adopted(formal)
    pairs = formal if ties is None else at_risk(pd.concat([pacts, ties], ignore_index=True))
    order = pairs["first_order_year"]
    early = (order < pairs["at_risk_from"]).fillna(False).astype(bool)
    for row in pairs[early & counted].itertuples():
        key, reason = f"{row.iso3} {row.family}", "ordered before it was at risk as an ally"
        ledger.add(key, "adopted_before_at_risk", row.first_order_year, row.at_risk_from, reason)
    adopted = (order <= pairs["at_risk_until"]).fillna(False).astype(bool)
    end = order.where(adopted, pairs["at_risk_until"])
    bought_elsewhere = pairs["first_any_supplier_year"]
    earlier = bought_elsewhere.where(order.isna() | (bought_elsewhere < order))
    table = pairs.assign(
        year=pairs["at_risk_from"],
        years_at_entry=pairs["at_risk_from"] - pairs["first_export_year"],
        years_to_adoption=end - pairs["first_export_year"],
        adopted=adopted,
        is_first=adopted & (order == pairs["first_export_year"]).fillna(False),
        first_order_year_uncertain=pairs["first_order_year_uncertain"].where(adopted),
        third_party_year=earlier,
    )
    # without a source, that an ally ordered nothing is not known
    known = ~pairs["iso3"].isin(_not_covered(ties, sources, last_year))
    table = table.loc[~early & counted & known, COLUMNS]
    return table.sort_values(["iso3", "family"], ignore_index=True), ledger.frame()


def _not_covered(ties: pd.DataFrame | None, sources: pd.DataFrame, last_year: int) -> list[str]:
    """Return the allies of extensions whose orders no source covers."""
    if ties is None:
        return []
    states = ties["iso3"].drop_duplicates()
    last = pd.Series(last_year, index=states.index)
    return list(states[~is_covered(sources, "system_orders", states, last)])


def _entries(pacts: pd.DataFrame, country_years: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Return for each listed ally the years of its independence and of its alliance."""
    ends = pacts["end"].replace("", OPEN_END).str[:4].astype(int).clip(upper=last_year)
    spans = pacts.assign(allied_from=pacts["start"].str[:4].astype(int), allied_until=ends)
    spans = spans.groupby("iso3").agg({"allied_from": "min", "allied_until": "max"})
    first = country_years.groupby("iso3")["year"].min()
    # states older than the table of ally-years were at risk from the first export on
    independent = first.where(first > first.min(), 0).rename("independent_from")
    return independent.to_frame().join(spans, how="left", validate="one_to_one").reset_index()


def _at_risk(pairs: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Add at_risk_from, at_risk_until and is_ally (committed in the year of entry)."""
    born = pairs[["first_export_year", "independent_from"]].max(axis=1)
    entry = pd.concat([born, pairs["allied_from"]], axis=1).max(axis=1)
    allied = (entry <= pairs["allied_until"]).fillna(False)
    return pairs.assign(
        is_ally=allied,
        at_risk_from=entry.where(allied, born).astype("Int64"),
        at_risk_until=pairs["allied_until"].where(allied, last_year).astype("Int64"),
    )


def _widely_adopted(pairs: pd.DataFrame) -> pd.Series:
    """Say for each row whether enough formal allies ordered the family while allied."""
    order = pairs["first_order_year"]
    while_allied = order.between(pairs["at_risk_from"], pairs["at_risk_until"]).fillna(False)
    counts = while_allied & pairs["is_ally"]
    return counts.groupby(pairs["family"]).transform("sum") >= MIN_ADOPTERS
