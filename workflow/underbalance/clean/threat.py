"""Threats to an ally by year: rivals of its own and of the USA, news, disputes."""

from __future__ import annotations

from collections.abc import Mapping
from math import e

import numpy as np
import pandas as pd

from underbalance.clean.panel import KEY, look_up
from underbalance.ledger import Ledger
from underbalance.registry import is_covered

DYAD = ["iso3", "rival", "year"]
# the newer list of rivalries, and the list of disputes that goes on to 2014
RIVALRY_LIST, DISPUTE_LIST = "tss", "cow_mid"
KM_PER_MILE = 1.609344
MILES_PER_DAY = 500  # since 1946 (Bueno de Mesquita 1981)
# ASSUME: states that water parts are as far from each other as their class of contiguity
# allows at most (Stinnett and others 2002)
CONTIGUITY_MILES = {1: 0.0, 2: 12.0, 3: 24.0, 4: 150.0, 5: 400.0}
MONTHS = 12


def threat_by_year(
    ally_years: pd.DataFrame, facts: Mapping[str, pd.DataFrame], sources: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the parts of threat for every ally-year, and the ledger.

    Parameters
    ----------
    ally_years : frame with ``iso3`` and ``year``, one row per ally-year.
    facts : facts tables rivalries, us_rivalries, capabilities, distances, geopolitical_risk
        and disputes.
    sources : the registry, which says what the sources cover.

    Returns
    -------
    Columns iso3, year, rivalries (count), rival_capabilities (sum of the rivals' CINC,
    discounted by distance), rival_capability_ratio (the same per own CINC),
    us_rival_capabilities (the sum over the rivals of the USA, discounted by their distance
    to the ally: the threat that it shares), gpr (percent of articles), disputes (count, with
    the ally on the target side) and disputes_involved (on either side: who acted first in a
    long dispute says little of its later years; the attacks on South Korea in 2010 are coded
    in one that it opened in 2009). Inside the coverage of its source an ally without a rival
    or a dispute has a zero, for the sources list all that there are; outside of it the cell
    is empty.
    """
    ledger = Ledger("ally_year")
    keys = ally_years[KEY].reset_index(drop=True)
    named, named_by_usa = (
        is_covered(sources, name, keys["iso3"], keys["year"])
        for name in ("rivalries", "us_rivalries")
    )
    # a rivalry without an end went on when its list ended, and is not known later
    own = ongoing_rivalries(keys[named], facts["rivalries"])
    shared = ongoing_rivalries(keys[named_by_usa], _shared(facts["us_rivalries"], keys))
    rivals = with_discounted_capabilities(
        # a rival of both is measured, and noted in the ledger, once
        pd.concat([own, shared]).drop_duplicates(ignore_index=True),
        facts["capabilities"],
        facts["distances"],
        ledger,
    )
    measured = is_covered(sources, "capabilities", keys["iso3"], keys["year"])
    pressure = _pressure(own, rivals, keys).where(named & measured)
    table = keys.assign(
        rivalries=_count(own, keys).where(named),
        rival_capabilities=pressure,
        rival_capability_ratio=pressure / _own_capabilities(keys, facts["capabilities"]),
        us_rival_capabilities=_pressure(shared, rivals, keys).where(named_by_usa & measured),
        gpr=_whole_years_of_news(keys, facts["geopolitical_risk"], ledger),
        disputes=_disputes(keys, facts["disputes"], sources, as_target=True),
        disputes_involved=_disputes(keys, facts["disputes"], sources, as_target=False),
    )
    return table, ledger.frame()


def _shared(us_rivalries: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the rivalries of the USA as if they were those of every ally."""
    allies = keys[["iso3"]].drop_duplicates()
    rivalries = allies.merge(us_rivalries, how="cross")
    return rivalries[rivalries["iso3"] != rivalries["rival"]]


def ongoing_rivalries(keys: pd.DataFrame, rivalries: pd.DataFrame) -> pd.DataFrame:
    """Return one row per ally, rival and year in which their rivalry was alive.

    A rivalry counts in its first and in its last year.
    """
    listed = rivalries.loc[rivalries["list"] == RIVALRY_LIST, ["iso3", "rival", "start", "end"]]
    yearly = listed.merge(keys[["year"]].drop_duplicates(), how="cross")
    begun = yearly["start"] <= yearly["year"]
    ended = (yearly["end"] < yearly["year"]).fillna(False)
    alive: pd.DataFrame = yearly.loc[(begun & ~ended).astype(bool), DYAD]
    return alive.drop_duplicates().merge(keys, on=KEY, how="inner", validate="many_to_one")


def with_discounted_capabilities(
    rivals: pd.DataFrame, capabilities: pd.DataFrame, distances: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Add what is left of a rival's capabilities at the distance of the ally.

    ``discounted`` is CINC^log10(miles / 500 + 10 - e), after Bueno de Mesquita (1981, The
    War Trap), who put the loss-of-strength gradient of Boulding (1962) into numbers. The
    distance is the least between the territories, else what contiguity says, else that of
    the capitals.
    """
    cinc = capabilities.rename(columns={"state": "rival"})[["rival", "year", "cinc"]]
    joined = rivals.merge(cinc, on=["rival", "year"], how="left", validate="many_to_one")
    joined = joined.merge(_carried_forward(distances), on=DYAD, how="left", validate="one_to_one")
    by_contiguity = (joined["contiguity"].map(CONTIGUITY_MILES) * KM_PER_MILE).astype("float64")
    km = joined["min_km"].fillna(by_contiguity).fillna(joined["capital_km"])
    exponent = np.log10(km / KM_PER_MILE / MILES_PER_DAY + 10 - e)
    joined = joined.assign(km=km, discounted=joined["cinc"] ** exponent)
    _note_distances(joined, ledger)
    return joined[[*DYAD, "km", "cinc", "discounted"]]


def _carried_forward(distances: pd.DataFrame) -> pd.DataFrame:
    """Give later years the last least distance and contiguity of a pair.

    ASSUME: no border between an ally and a rival moved after the sources end.
    """
    ordered = distances.sort_values(DYAD, ignore_index=True)
    later = pd.Series(False, index=ordered.index)
    for column in ("min_km", "contiguity"):
        last_year = ordered.loc[ordered[column].notna(), "year"].max()
        after = (ordered["year"] > last_year).fillna(False).astype(bool)
        carried = ordered.groupby(["iso3", "rival"])[column].ffill()
        used = after & carried.notna()
        # a contiguity of 0, or one beside a least distance, is no distance that counts
        decides = (carried > 0).fillna(False) & ordered["min_km"].isna()
        later |= used & (decides.astype(bool) if column == "contiguity" else True)
        ordered = ordered.assign(**{column: ordered[column].mask(after, carried)})
    return ordered.assign(carried=later)


def _note_distances(joined: pd.DataFrame, ledger: Ledger) -> None:
    carried = joined["carried"].fillna(False).astype(bool)
    for row in joined[carried].itertuples():
        ledger.add(
            f"{row.iso3} {row.year} {row.rival}",
            "distance_carried_forward",
            None,
            f"{row.km:.0f} km",
            "the source on distances ends earlier; no border moved since",
        )
    for row in joined[joined["discounted"].isna()].itertuples():
        ledger.add(
            f"{row.iso3} {row.year} {row.rival}",
            "rival_not_measured",
            None,
            None,
            "capability or distance of this rival is missing, so is every sum that it is part of",
        )


def _pressure(dyads: pd.DataFrame, rivals: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    """Sum the discounted capabilities of the rivals named in the dyads.

    Zero without a rival, and missing where one of them is not measured.
    """
    found = dyads.merge(rivals[[*DYAD, "discounted"]], on=DYAD, how="left", validate="one_to_one")
    unknown = look_up(found["discounted"].isna().groupby([found[k] for k in KEY]).any(), keys)
    sums = look_up(found.groupby(KEY)["discounted"].sum(), keys).fillna(0)
    return sums.mask(unknown.fillna(False).astype(bool))


def _own_capabilities(keys: pd.DataFrame, capabilities: pd.DataFrame) -> pd.Series:
    own = capabilities.rename(columns={"state": "iso3"}).set_index(KEY)["cinc"]
    return look_up(own, keys)


def _whole_years_of_news(keys: pd.DataFrame, risk: pd.DataFrame, ledger: Ledger) -> pd.Series:
    whole = risk["months"] == MONTHS
    for row in risk[~whole].itertuples():
        reason = f"the index has {row.months} months of the year"
        ledger.add(f"{row.iso3} {row.year} gpr", "incomplete_year", row.gpr, None, reason)
    return look_up(risk[whole].set_index(KEY)["gpr"], keys)


def _disputes(
    keys: pd.DataFrame, disputes: pd.DataFrame, sources: pd.DataFrame, *, as_target: bool
) -> pd.Series:
    """Count disputes, not opponents: one with five states counts once."""
    listed = disputes[disputes["list"] == DISPUTE_LIST]
    if as_target:
        listed = listed[listed["target"].astype(bool)]
    different = listed.drop_duplicates([*KEY, "dispute"])
    covered = is_covered(sources, "disputes", keys["iso3"], keys["year"])
    return _count(different, keys).where(covered)


def _count(rows: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    return look_up(rows.groupby(KEY).size(), keys).fillna(0).astype("Int64")
