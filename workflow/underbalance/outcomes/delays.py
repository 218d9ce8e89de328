"""Delays of allies: cases of three outcomes, and which of them are late."""

from __future__ import annotations

import pandas as pd

from underbalance.outcomes.product_limit import median_duration

ALL_NOTICES = "all"
KIND = ["outcome", "kind"]
CASE_COLUMNS = ["iso3", "year", *KIND, "entry", "duration", "ended"]


def delay_cases(
    delivery: pd.DataFrame, commitment: pd.DataFrame, adoption: pd.DataFrame, deals: pd.DataFrame
) -> pd.DataFrame:
    """Return the cases that tell how fast an ally acts.

    Parameters
    ----------
    delivery, commitment, adoption : outcome tables.
    deals : clean deals, for the category and for_other_platform.

    Returns
    -------
    One row per case: iso3, year (of the order, the notice, or the entry into the risk set),
    outcome, kind (armament category, all notices together, system family), entry, duration
    (calendar years) and ended, as in :func:`underbalance.outcomes.product_limit.survival`.
    Deliveries for another platform wait for it and do not count, nor do adoptions in the
    year of the first export, which define time zero.
    """
    told = deals[["deal_id", "category", "for_other_platform"]]
    orders = delivery.merge(told, on="deal_id", how="left", validate="one_to_one")
    orders = orders[~orders["for_other_platform"].astype(bool)]
    later = adoption[~adoption["is_first"].astype(bool)]
    parts = [
        orders.assign(
            outcome="delivery",
            kind=orders["category"],
            entry=0,
            duration=orders["years_to_delivery"],
            ended=orders["delivered"],
        ),
        commitment.assign(
            outcome="commitment",
            kind=ALL_NOTICES,
            entry=0,
            duration=commitment["years_to_order"],
            ended=commitment["ordered"],
        ),
        # time zero is the same for all allies of a family, so that where it is not known
        # their order still is
        later.assign(
            outcome="adoption",
            kind=later["family"],
            entry=later["years_at_entry"],
            duration=later["years_to_adoption"],
            ended=later["adopted"],
        ),
    ]
    cases = pd.concat([part[CASE_COLUMNS] for part in parts], ignore_index=True)
    return cases.astype({"entry": "float64", "duration": "float64", "ended": "bool"})


def with_lateness(cases: pd.DataFrame) -> pd.DataFrame:
    """Add the median of each case's kind and whether the case is late.

    Parameters
    ----------
    cases : :func:`delay_cases` with in_reference.

    Returns
    -------
    ``cases`` with median (years, of the reference cases of the same kind; missing where
    fewer than half have ended) and late: the duration exceeds the median, for a censored
    case the years watched do. A censored case that has not outlasted the median may still
    come out either way, and late is missing; so it is where there is no median.
    """
    reference = cases[cases["in_reference"]]
    medians = {kind: median_duration(own) for kind, own in reference.groupby(KIND)}
    kinds = zip(*(cases[name] for name in KIND), strict=True)
    found = pd.Series([medians.get(kind, float("nan")) for kind in kinds], index=cases.index)
    beyond = (cases["duration"] > found).astype("boolean")
    tells = found.notna() & (cases["ended"] | beyond.astype(bool))
    return cases.assign(median=found.astype("float64"), late=beyond.where(tells))


def delay_medians(cases: pd.DataFrame) -> pd.DataFrame:
    """Return one row per kind of case: its median and how many cases it rests on.

    Parameters
    ----------
    cases : :func:`with_lateness` with counted (the case is in an ally-decade).

    Returns
    -------
    Sorted: outcome, kind, reference_cases, reference_ended, median, cases (counted), informative
    (counted, and late or not), late (counted).
    """
    flags = cases.assign(
        reference_cases=cases["in_reference"],
        reference_ended=cases["in_reference"] & cases["ended"],
        cases=cases["counted"],
        informative=cases["counted"] & cases["late"].notna(),
        late=cases["counted"] & cases["late"].fillna(False).astype(bool),
    )
    counts = ["reference_cases", "reference_ended", "cases", "informative", "late"]
    found = flags.groupby(KIND)
    return found[counts].sum().assign(median=found["median"].first()).reset_index()
