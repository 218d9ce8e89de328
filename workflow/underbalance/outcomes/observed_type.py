"""The type that an ally's own record shows in a decade (compare Yoo 2012, Table 1)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.config import Group
from underbalance.ledger import Ledger
from underbalance.outcomes.delays import delay_cases, delay_medians, with_lateness
from underbalance.outcomes.steadiness import (
    DECADE,
    DECADE_YEARS,
    MIN_GROWTHS,
    decade_of,
    steadiness,
)
from underbalance.samples import in_sample
from underbalance.schemas.observed_types import FIRST_DECADE, LAST_DECADE, MARKS, OBSERVED_TYPES

# fewer informative cases in a decade say nothing
MIN_CASES = 5
HALF = 0.5

COLUMNS = [
    "iso3",
    "decade_start",
    "decade_end",
    "years",
    "cases",
    "open_cases",
    "late",
    "share_late",
    "slow",
    "growths",
    "reversal_share",
    "growth_variance",
    "inconsistent",
    "losses",
    "observed_type",
]


def observed_types(
    outcomes: Mapping[str, pd.DataFrame],
    deals: pd.DataFrame,
    country_years: pd.DataFrame,
    group: Group,
    members: frozenset[str],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the observed types, the medians of the delays, and the ledger.

    Parameters
    ----------
    outcomes : the tables adoption, commitment, delivery, effort and loss.
    deals : clean deals.
    country_years : ally-years with is_ally and in_reference.
    group, members : the sample.

    Returns
    -------
    Types: one row per ally and decade with a year in which the ally is in the sample and
    committed; only those years count. *slow*: more than half of the informative cases of
    delay are late, missing with fewer than five (cases are the informative ones, open_cases
    say nothing yet). *inconsistent*: reversal share and growth variance both exceed their
    medians over the decades of the reference sample. *losses*: lost deals by their order
    year and lapsed notices. The type is empty where slow or inconsistent is not known.
    Medians: :func:`underbalance.outcomes.delays.delay_medians`.
    """
    years = _committed_years(country_years, group, members)
    cases = with_lateness(
        _placed(
            delay_cases(outcomes["delivery"], outcomes["commitment"], outcomes["adoption"], deals),
            years,
        )
    )
    medians = delay_medians(cases)
    units = years[years["counted"]].groupby(DECADE).size().rename("years").to_frame()
    parts = [
        _slowness(cases[cases["counted"]]),
        _inconsistency(_placed(outcomes["effort"], years)),
        _losses(_placed(_lost_cases(outcomes["loss"], outcomes["commitment"]), years)),
    ]
    for part in parts:
        units = units.join(part, how="left", validate="one_to_one")
    counts = ["cases", "open_cases", "late", "growths", "losses"]
    units = units.fillna(dict.fromkeys(counts, 0)).reset_index()
    table = units.assign(
        decade_end=units["decade_start"] + DECADE_YEARS - 1,
        observed_type=[
            observed_type(slow, inconsistent, losses > 0)
            for slow, inconsistent, losses in zip(
                units["slow"], units["inconsistent"], units["losses"], strict=True
            )
        ],
    )[COLUMNS]
    return table, medians, _ledger(table, medians)


def observed_type(slow: bool | None, inconsistent: bool | None, lost: bool) -> str:
    """Return the type that the marks make; empty when one of the first two is missing.

    A loss tells nothing of an ally that is not both slow and inconsistent.
    """
    if pd.isna(slow) or pd.isna(inconsistent):
        return ""
    marks = (bool(inconsistent), bool(slow), bool(inconsistent and slow and lost))
    return next(name for name in OBSERVED_TYPES if MARKS[name] == marks)


def _committed_years(
    country_years: pd.DataFrame, group: Group, members: frozenset[str]
) -> pd.DataFrame:
    """Return ally-years with their decade, whether they count and are of the reference."""
    start = decade_of(country_years["year"])
    committed = in_sample(country_years, group, members) & country_years["is_ally"].astype(bool)
    return country_years[KEY].assign(
        decade_start=start,
        in_reference=country_years["in_reference"].astype(bool),
        counted=committed & start.between(FIRST_DECADE, LAST_DECADE),
    )


def _placed(cases: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Add decade_start, in_reference and counted of a case's ally and year."""
    found = cases.merge(years, on=KEY, how="left", validate="many_to_one")
    flags = {name: found[name].eq(True) for name in ("in_reference", "counted")}
    return found.assign(**flags)


def _slowness(cases: pd.DataFrame) -> pd.DataFrame:
    told = cases["late"].notna()
    counted = cases.assign(
        told=told,
        late=cases["late"].fillna(False).astype(bool),
        open=~told & cases["median"].notna(),
    ).groupby(DECADE)
    found = counted[["told", "open", "late"]].sum()
    enough = found["told"] >= MIN_CASES
    share = (found["late"] / found["told"]).where(enough)
    return pd.DataFrame(
        {
            "cases": found["told"],
            "open_cases": found["open"],
            "late": found["late"],
            "share_late": share,
            "slow": (share > HALF).astype("boolean").where(enough),
        }
    )


def _inconsistency(effort: pd.DataFrame) -> pd.DataFrame:
    own = steadiness(effort[effort["counted"]])
    reference = steadiness(effort[effort["in_reference"]]).dropna()
    known = own[["reversal_share", "growth_variance"]].notna().all(axis=1)
    both = (own["reversal_share"] > reference["reversal_share"].median()) & (
        own["growth_variance"] > reference["growth_variance"].median()
    )
    return own.assign(inconsistent=both.astype("boolean").where(known))


def _lost_cases(loss: pd.DataFrame, commitment: pd.DataFrame) -> pd.DataFrame:
    """Return iso3 and year of every lost deal, once, and of every lapsed notice."""
    lost = loss[loss["lost"].astype(bool)].drop_duplicates("case")
    orders = lost.assign(year=lost["order_year"])[KEY]
    notices = commitment.loc[commitment["lapsed"].astype(bool), KEY]
    return pd.concat([orders, notices], ignore_index=True)


def _losses(lost: pd.DataFrame) -> pd.DataFrame:
    return lost[lost["counted"]].groupby(DECADE).size().rename("losses").to_frame()


def _ledger(table: pd.DataFrame, medians: pd.DataFrame) -> pd.DataFrame:
    """Say which kinds of cases are not used, and why an ally-decade has no type."""
    ledger = Ledger("observed_types")
    for row in medians[medians["median"].isna() & (medians["cases"] > 0)].to_dict("records"):
        reason = (
            f"{row['reference_ended']} of {row['reference_cases']} reference cases ended, "
            f"the median is not reached; {row['cases']} cases are not used"
        )
        ledger.add(f"{row['outcome']} {row['kind']}", "median_not_reached", None, None, reason)
    for row in table.to_dict("records"):
        key = f"{row['iso3']} {row['decade_start']}-{row['decade_end']}"
        if pd.isna(row["slow"]):
            reason = f"{row['cases']:.0f} informative cases of delay, fewer than {MIN_CASES}"
            ledger.add(key, "slow_not_known", None, None, reason)
        if pd.isna(row["inconsistent"]):
            reason = f"{row['growths']:.0f} known growths of expenditure, fewer than {MIN_GROWTHS}"
            ledger.add(key, "inconsistent_not_known", None, None, reason)
    return ledger.frame()
