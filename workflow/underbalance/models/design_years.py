"""Durations known by year: one row per case and calendar year at risk."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.clean.deals import order_cohort
from underbalance.models.design_cases import category_of, log_cost, spell_name
from underbalance.own.definitions import CLOCK, DURATION, ENDED

FIRST_AFTER_START = 1


def delivery_rows(deal_spells: pd.DataFrame) -> pd.DataFrame:
    """Return the deals' years at risk, with an indicator for those of unknown size.

    ``log_size_or_0`` is 0 where ``size_unknown`` is 1: with both in a model no deal drops
    out, and the indicator takes up what the 0 stands for.
    """
    unknown = deal_spells["log_deal_size"].isna()
    return deal_spells.assign(
        spell=deal_spells["deal_id"].astype("str"),
        log_size_or_0=deal_spells["log_deal_size"].fillna(0),
        size_unknown=unknown.astype("float64"),
    )


def commitment_rows(commitment: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Return the calendar years from the notice to the order or the end of the watch.

    ``years_since_notice`` is 0 in the year of the notice; a request that lapsed or is
    censored has no event. ``ended_by`` is ordered or lapsed in the last row of a request that
    did so, else empty; ``lapsed``, too, holds in a last row only. ``cohort`` is of the
    notice, ``log_cost`` the natural log of its cost, which all families that it names share.
    """
    cases = commitment.assign(
        spell=spell_name(commitment, "notice_id", "family"),
        category=category_of(commitment["family"], families),
        cohort=order_cohort(commitment["year"]),
        log_cost=log_cost(commitment["cost_usd_m"]),
    )
    zero = pd.Series(0, index=cases.index)
    rows = _years_at_risk(cases, "years_since_notice", zero, cases["years_to_order"], "ordered")
    lapsed = rows["lapsed"].astype(bool) & ~rows.duplicated("spell", keep="last")
    endings = np.select([rows["ordered"], lapsed], ["ordered", "lapsed"], "")
    return rows.assign(lapsed=lapsed, ended_by=endings)


def adoption_rows(adoption: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Return the calendar years from entry to the first order or the end of the watch.

    ``years_since_export`` counts from the system's first export order: the allies of that
    year define time zero, so that nobody else can adopt in it. It is not at risk, and who
    ordered in it (``is_first``) has no row. Late entrants have their first row in the year
    in which they entered. ``cohort`` is of the first export.
    """
    cases = adoption.assign(
        year=adoption["first_export_year"],
        spell=spell_name(adoption, "iso3", "family"),
        category=category_of(adoption["family"], families),
        cohort=order_cohort(adoption["first_export_year"]),
    )
    entry = cases["years_at_entry"].clip(lower=FIRST_AFTER_START)
    return _years_at_risk(cases, "years_since_export", entry, cases["years_to_adoption"], "adopted")


def pledge_rows(pledge: pd.DataFrame) -> pd.DataFrame:
    """Return the calendar years after the pledge up to the first at the target.

    Allies that were at the target when the clock started were never at risk and have no
    rows; the others were below it in that year, which is not at risk. ``cohort`` is of the
    start of the clock.
    """
    cases = pledge[~pledge["at_target_at_start"].astype(bool)]
    cases = cases.assign(
        spell=spell_name(cases, "iso3", "pledge"), cohort=order_cohort(cases["year"])
    )
    entry = pd.Series(FIRST_AFTER_START, index=cases.index)
    return _years_at_risk(cases, "years_since_pledge", entry, cases["years_to_pledge"], "reached")


def case_rows(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the calendar years from the start of a user's cases to their end.

    ``years_since_start`` is 0 in the year of the start; a case that had not ended by the last
    year that its table covers has no event. ``cohort`` is of the start.
    """
    cases = cases.assign(spell=cases["case"], cohort=order_cohort(cases["year"]))
    zero = pd.Series(0, index=cases.index)
    return _years_at_risk(cases, CLOCK, zero, cases[DURATION], ENDED)


def _years_at_risk(
    cases: pd.DataFrame, duration: str, entry: pd.Series, end: pd.Series, event: str
) -> pd.DataFrame:
    """Return one row per case and year on its clock, the event in the last row only.

    Parameters
    ----------
    cases : one row each; ``year`` is the year zero of the clock.
    entry, end : first and last year at risk; a case whose end is before its entry has none.
    """
    first, last = entry.astype("int64"), end.astype("int64")
    rows = cases.loc[cases.index.repeat((last - first + 1).clip(lower=0))]
    clock = first.loc[rows.index] + rows.groupby(level=0).cumcount()
    ends = np.asarray(clock == last.loc[rows.index])
    return rows.assign(
        **{
            duration: clock,
            "year": rows["year"].astype("int64") + clock,
            event: rows[event].astype("boolean").fillna(value=False).astype(bool) & ends,
        }
    ).reset_index(drop=True)
