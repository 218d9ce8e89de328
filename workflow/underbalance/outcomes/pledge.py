"""Pledge: years until an ally met what NATO pledged in Wales in September 2014."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger

PLEDGED_IN = 2014
# percent of GDP, and percent of defence expenditure that goes to major equipment; by series
# of nato_editions: name of the pledge and target
TARGETS = {"gdp_percent": ("gdp", 2.0), "equipment_percent": ("equipment", 20.0)}
CASE = ["iso3", "pledge"]
COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "pledge",
    "years_to_pledge",
    "reached",
    "at_target_at_start",
    "kept",
    "ends_in_estimate",
]


def pledge(
    nato_editions: pd.DataFrame, alliance: pd.DataFrame, country_years: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return years from the pledge to the first year at the target, and the ledger.

    The clock starts in 2014, or in the year of accession if later. An ally has reached
    the pledge in the first year in which the newest edition puts it at the target or
    above (first passage): one good year counts, and ``kept`` says whether it lasted.

    Parameters
    ----------
    nato_editions, alliance : facts tables.
    country_years : ally-years, for ``is_ally``.

    Returns
    -------
    One row per NATO ally with figures and pledge (gdp: 2 percent of GDP; equipment: 20
    percent of defence expenditure). ``year`` is the first year of the clock.
    years_to_pledge is in calendar years, up to the edition's last year where ``reached``
    is false (censored). Both are empty for allies that were at the target when the clock
    started (at_target_at_start): they were never at risk. kept: at the target in every
    later year; empty where never, or first in the last year. ends_in_estimate:
    the edition marks the year of the passage or of the censoring "e".
    """
    ledger = Ledger("outcome.pledge")
    newest = nato_editions[nato_editions["edition"] == nato_editions["edition"].max()]
    starts = _first_years(alliance)
    shares = _shares(newest, starts)
    for iso3 in sorted(set(starts.index) - set(shares["iso3"])):
        reason = "the newest edition has no defence expenditure of the ally from its first year on"
        ledger.add(iso3, "no_figures", None, None, reason)
    table = pd.DataFrame([_passage(key, rows) for key, rows in shares.groupby(CASE)])
    for case in table[table["at_target_at_start"]].itertuples():
        reason = "at the target when the clock started: never at risk of reaching it"
        ledger.add(f"{case.iso3} {case.pledge}", "at_target_at_start", None, None, reason)
    table = with_is_ally(table, country_years)
    table = table.astype({"years_to_pledge": "Int64", "reached": "boolean", "kept": "boolean"})
    return table[COLUMNS].sort_values(CASE, ignore_index=True), ledger.frame()


def _first_years(alliance: pd.DataFrame) -> pd.Series:
    """Return the first year of the clock for each member of NATO."""
    members = alliance[(alliance["commitment"] == "NATO") & (alliance["end"] == "")]
    accession = members.set_index("iso3")["start"].str[:4].astype(int)
    return accession.clip(lower=PLEDGED_IN)


def _shares(newest: pd.DataFrame, starts: pd.Series) -> pd.DataFrame:
    """Return the shares of the members from the first year of their clock on."""
    shares = newest[newest["series"].isin(list(TARGETS)) & newest["iso3"].isin(starts.index)]
    shares = shares.assign(
        start=shares["iso3"].map(starts),
        pledge=shares["series"].map({series: name for series, (name, _) in TARGETS.items()}),
        target=shares["series"].map({series: target for series, (_, target) in TARGETS.items()}),
    )
    return shares[shares["year"] >= shares["start"]].sort_values([*CASE, "year"])


def _passage(key: object, rows: pd.DataFrame) -> dict[str, object]:
    """Describe the first passage of one ally and pledge; ``rows`` are sorted by year."""
    iso3, name = key if isinstance(key, tuple) else (key, "")
    start, last = int(rows["start"].iloc[0]), int(rows["year"].iloc[-1])
    met = rows.loc[rows["value"] >= rows["target"], "year"].astype(int).tolist()
    end = met[0] if met else last
    at_start = bool(met) and met[0] == start
    later = rows.loc[rows["year"] > end, "year"]
    marks = rows.set_index("year")["estimate"]
    return {
        "iso3": iso3,
        "year": start,
        "pledge": name,
        "years_to_pledge": None if at_start else end - start,
        "reached": None if at_start else bool(met),
        "at_target_at_start": at_start,
        "kept": bool(later.isin(met).all()) if met and len(later) else None,
        "ends_in_estimate": bool(marks[end]),
    }
