"""Pairs of figures for one year of an ally: as planned or first reported, and as carried out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.ledger import Ledger

# units of the old currency for one euro: Council Regulations (EU) 2022/1208 (Croatia) and
# 851/2014 (Lithuania)
PER_EURO = {"HRK": 7.53450, "LTL": 3.45280}
# the amounts an edition is compared by, best first: the edition of 2019 is known in US
# dollars alone, and only those at constant prices are free of the exchange rate
BASES = {"defence_national_m": "national_currency", "defence_usd_constant_m": "constant_usd"}
COMPARED = [
    "iso3",
    "year",
    "source",
    "basis",
    "planned_edition",
    "outcome_edition",
    "planned",
    "carried_out",
    "settled_revision",
    "equipment_gap",
]
UNITS = ["currency", "price_base"]


def nato_plans(editions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pair the estimate for an edition's own year with the year's settled figure later.

    Years before the edition's own that it still marks "e" are no plans and are left out.

    Parameters
    ----------
    editions : facts table ``nato_editions``.

    Returns
    -------
    One row per ally and planned year with the columns :data:`COMPARED`, and the ledger:
    amounts converted into euro, and allies without a settled figure later.
    """
    ledger = Ledger("outcome.execution")
    own_year = editions.groupby("edition")["year"].transform("max")
    plans = editions[editions["estimate"] & (editions["year"] == own_year)]
    settled = editions[~editions["estimate"]]
    pairs = [_pairs(plans, settled, series, basis, ledger) for series, basis in BASES.items()]
    found = pd.concat(pairs, ignore_index=True)
    # a plan known in both units is compared in national currency
    found = found.drop_duplicates(["iso3", "year"])
    _tell_unsettled(plans, found, ledger)
    gaps = _equipment_gaps(found, editions)
    revisions = _settled_revisions(found, settled)
    table = found.assign(source="nato", equipment_gap=gaps, settled_revision=revisions)
    return table[COMPARED], ledger.frame()


def _pairs(
    plans: pd.DataFrame, settled: pd.DataFrame, series: str, basis: str, ledger: Ledger
) -> pd.DataFrame:
    """Return the plans of a series with the first later edition in the same price base."""
    sides = ["iso3", "year", "edition", "value", *UNITS]
    planned = plans.loc[plans["series"] == series, sides]
    outturn = settled.loc[settled["series"] == series, sides]
    both = planned.merge(
        outturn, on=["iso3", "year"], suffixes=("", "_later"), validate="one_to_many"
    )
    base, later = both["price_base"].fillna(0), both["price_base_later"].fillna(0)
    both = both[(both["edition_later"] > both["edition"]) & (base == later)]
    both = both.sort_values("edition_later").drop_duplicates(["iso3", "year"])
    both = _in_one_currency(both, "nato", ledger)
    return pd.DataFrame(
        {
            "iso3": both["iso3"],
            "year": both["year"],
            "basis": basis,
            "planned_edition": both["edition"],
            "outcome_edition": both["edition_later"],
            "planned": both["value"],
            "carried_out": both["value_later"],
        }
    )


def _tell_unsettled(plans: pd.DataFrame, found: pd.DataFrame, ledger: Ledger) -> None:
    planned = plans.loc[plans["series"].isin(list(BASES)), ["iso3", "year", "edition"]]
    both = planned.drop_duplicates().merge(
        found[["iso3", "year", "basis"]], on=["iso3", "year"], how="left", validate="one_to_one"
    )
    for case in both[both["basis"].isna()].itertuples():
        reason = f"no later edition than {case.edition} has a settled figure for the year"
        ledger.add(f"{case.iso3} {case.year} nato", "not_settled", None, None, reason)


def _equipment_gaps(found: pd.DataFrame, editions: pd.DataFrame) -> pd.Series:
    shares = editions[editions["series"] == "equipment_percent"]
    by_edition = shares.set_index(["iso3", "year", "edition"])["value"]
    sides = [
        by_edition.reindex(pd.MultiIndex.from_frame(found[["iso3", "year", edition]])).to_numpy()
        for edition in ("outcome_edition", "planned_edition")
    ]
    return pd.Series(sides[0] - sides[1], index=found.index)


def _settled_revisions(found: pd.DataFrame, settled: pd.DataFrame) -> pd.Series:
    """Return ln(later / earlier) of the latest year settled in both editions of a pair."""
    amounts = settled[settled["series"].isin(list(BASES))]
    amounts = amounts.assign(basis=amounts["series"].map(BASES))
    sides = ["iso3", "basis", "edition", "year", "value", "currency"]
    keys = ["iso3", "basis", "planned_edition", "outcome_edition"]
    earlier = amounts[sides].rename(columns={"edition": "planned_edition", "year": "past"})
    later = amounts[sides].rename(columns={"edition": "outcome_edition", "year": "past"})
    pairs = (
        found[[*keys, "year"]]
        .merge(earlier, on=["iso3", "basis", "planned_edition"], validate="one_to_many")
        .merge(
            later,
            on=["iso3", "basis", "outcome_edition", "past"],
            suffixes=("", "_later"),
            validate="many_to_one",
        )
    )
    pairs = pairs[pairs["past"] < pairs["year"]]
    before = pairs["value"] / _rates(pairs)
    pairs = pairs.assign(revision=np.log(pairs["value_later"] / before)).sort_values("past")
    latest = pairs.drop_duplicates(keys, keep="last").set_index(keys)["revision"]
    return latest.reindex(pd.MultiIndex.from_frame(found[keys])).set_axis(found.index)


def sipri_plans(releases: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pair the figure of the first release after a year with that of the latest release.

    Parameters
    ----------
    releases : facts table ``milex_releases``.

    Returns
    -------
    One row per ally and year with the columns :data:`COMPARED`, and the ledger: budgets
    in place of outturns, first figures that are SIPRI's own estimates, conversions.
    """
    ledger = Ledger("outcome.execution")
    latest = releases["release_year"].max()
    first = releases[releases["release_year"] == releases["year"] + 1]
    last = releases[releases["release_year"] == latest]
    both = first.merge(last, on=["iso3", "year"], suffixes=("", "_later"), validate="one_to_one")
    budgets = both["adopted_budget_later"].astype(bool)
    guesses = (both["quality"] != "") & ~budgets
    for case in both[budgets].itertuples():
        reason = f"the release of {latest} still has the adopted budget and no outturn"
        ledger.add(f"{case.iso3} {case.year} sipri", "budget_no_outturn", None, None, reason)
    for case in both[guesses].itertuples():
        reason = "the first figure is SIPRI's own estimate and not the ally's"
        ledger.add(f"{case.iso3} {case.year} sipri", "estimated_by_sipri", None, None, reason)
    both = both[~budgets & ~guesses].rename(columns={"local_currency_m": "value"})
    both = _in_one_currency(both, "sipri", ledger)
    table = pd.DataFrame(
        {
            "iso3": both["iso3"],
            "year": both["year"],
            "source": "sipri",
            "basis": "national_currency",
            "planned_edition": both["release_year"].astype("str"),
            "outcome_edition": both["release_year_later"].astype("str"),
            "planned": both["value"],
            "carried_out": both["local_currency_m_later"],
            "settled_revision": np.nan,
            "equipment_gap": np.nan,
        }
    )
    return table[COMPARED], ledger.frame()


def _in_one_currency(pairs: pd.DataFrame, source: str, ledger: Ledger) -> pd.DataFrame:
    """Convert the planned ``value`` where the currency changed; drop what has no fixed rate."""
    rates = _rates(pairs)
    changed = pairs.assign(rate=rates)[pairs["currency"] != pairs["currency_later"]]
    for case in changed.to_dict("records"):
        key = f"{case['iso3']} {case['year']} {source}"
        old, amount = case["currency"], round(case["value"], 3)
        if pd.isna(case["rate"]):
            reason = f"planned in {old}, carried out in {case['currency_later']}: no fixed rate"
            ledger.add(key, "redenominated", amount, None, reason)
        else:
            reason = f"1 EUR = {case['rate']} {old}, the fixed rate of the changeover"
            ledger.add(key, "converted_to_euro", amount, round(amount / case["rate"], 3), reason)
    return pairs.assign(value=pairs["value"] / rates)[rates.notna()]


def _rates(pairs: pd.DataFrame) -> pd.Series:
    """Return units of the earlier currency for one of the later; missing when not fixed."""
    fixed = pairs["currency"].map(PER_EURO).where(pairs["currency_later"] == "EUR")
    return fixed.where(pairs["currency"] != pairs["currency_later"], 1.0).astype(float)
