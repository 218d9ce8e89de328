"""Who governed when, and the camp of the head of government on any day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from underbalance.schemas.case_codes import CAMPS, NOT_KNOWN

History = tuple[list[pd.Timestamp], list[str]]
Histories = dict[tuple[str, Hashable], History]
DAY = pd.Timedelta(days=1)
DAYS = {"start": "datetime64[us]", "end": "datetime64[us]"}
COLUMNS = ["iso3", "start", "end", "head", "office", "camp", "camp_from"]


def governments(
    spells: pd.DataFrame,
    cabinets: pd.DataFrame,
    ideology: pd.DataFrame,
    years: tuple[int, int],
    apart: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Return periods of one head of government and one camp, without gaps, by ally.

    The head of government is the prime minister of ParlGov (surname); where ParlGov has no
    cabinet, or does not cover the ally, the leader of the spell. Nobody is known after the
    leaders' coverage. The source codes camps, by economic ideology, for the head of government
    and for the leader of 31 December; each is used for its own office. The camp of a day is,
    in this order:

    1. ``coded``: that of the nearest 31 December, the next before the last, on which the same
       head governed;
    2. ``party``: that of the nearest coded 31 December of the same ally under a prime
       minister of the same party (told by its left-right position, of which ParlGov has one
       for each party);
    3. ``position``: by the position of the prime minister's party, cut midway between the
       median positions of the coded camps over all allies;
    4. not known.

    Parameters
    ----------
    spells : the processed table leader_spells.
    cabinets, ideology : the facts tables cabinets and leader_ideology.
    years : first and last year shown.
    apart : allies that only extensions list; they do not move where camps are cut.

    Returns
    -------
    iso3, start, end (days, both inside), head, office (prime_minister, leader or empty), camp
    and camp_from.
    """
    first, last = pd.Timestamp(f"{years[0]}-01-01"), pd.Timestamp(f"{years[1]}-12-31")
    parts = [
        _by_calendar_year(own, cabinets[cabinets["iso3"] == iso3], first, last)
        for iso3, own in spells.groupby("iso3")
    ]
    periods = pd.concat(parts, ignore_index=True)
    coded = _coded_year_ends(periods, ideology)
    cuts = _camp_cuts(coded[~coded["iso3"].isin(apart)])
    by_head, by_party = _histories(coded, "head"), _histories(coded, "left_right_pm")
    found = [_camp(row, by_head, by_party, cuts) for row in periods.to_dict("records")]
    camps = pd.DataFrame(found, columns=["camp", "camp_from"], index=periods.index)
    return _joined(pd.concat([periods, camps], axis=1))


def camps_on(days: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return the head of government and the camp on each ally's day, aligned with ``days``.

    Parameters
    ----------
    days : frame with iso3 and day.
    periods : :func:`governments`.
    """
    ordered = days.assign(row=range(len(days)))[["row", "iso3", "day"]].sort_values("day")
    right = periods.sort_values("start")[["iso3", "start", "end", "head", "camp"]]
    found = pd.merge_asof(ordered, right, left_on="day", right_on="start", by="iso3")
    inside = found["day"] <= found["end"]
    found["head"] = found["head"].where(inside, "").fillna("")
    found["camp"] = found["camp"].where(inside, NOT_KNOWN).fillna(NOT_KNOWN)
    return found.sort_values("row")[["head", "camp"]].set_axis(days.index)


def _by_calendar_year(
    spells: pd.DataFrame, cabinets: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """Return periods within one calendar year of one head of government of an ally."""
    covered = _days(spells["covered_until"]).max() + DAY
    led = spells[spells["status"] == "observed"].assign(
        begin=_days(spells["start"]),
        # a day shared by two leaders goes to the later one
        stop=(_days(spells["end"]) + DAY).fillna(covered),
    )
    ruled = cabinets.assign(
        begin=_days(cabinets["start"]), stop=(_days(cabinets["end"]) + DAY).fillna(covered)
    ).sort_values("begin")
    new_years = pd.date_range(first, last, freq="YS", unit="us")
    breaks = [led["begin"], led["stop"], ruled["begin"], ruled["stop"], pd.Series([covered])]
    days = pd.concat([*breaks, pd.Series(new_years)]).drop_duplicates().sort_values()
    since = max(first, led["begin"].min())
    start = pd.DataFrame({"start": days[(days >= since) & (days <= last)].astype("datetime64[us]")})
    start["end"] = (start["start"].shift(-1) - DAY).fillna(last)
    start = _holding(start, led, ["leader"])
    start = _holding(start, ruled, ["prime_minister", "left_right_pm"])
    named = {"prime_minister": start["prime_minister"], "leader": start["leader"]}
    start["office"] = ""
    start["head"] = ""
    for office, names in named.items():
        free = (start["head"] == "") & names.notna()
        start.loc[free, "head"] = names[free]
        start.loc[free, "office"] = office
    whole: pd.DataFrame = start.assign(iso3=spells["iso3"].iloc[0]).astype(DAYS)
    return whole.reset_index(drop=True)


def _days(dates: pd.Series) -> pd.Series:
    return pd.to_datetime(dates, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")


def _holding(periods: pd.DataFrame, spans: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Add columns of the span that each period lies in; missing where there is none."""
    right = spans[["begin", "stop", *columns]].sort_values("begin")
    found = pd.merge_asof(periods, right, left_on="start", right_on="begin")
    outside = ~(found["start"] < found["stop"])
    held = found[columns].mask(outside)
    return pd.concat([periods.reset_index(drop=True), held], axis=1)


def _coded_year_ends(periods: pd.DataFrame, ideology: pd.DataFrame) -> pd.DataFrame:
    """Return the governments of every 31 December for which a camp is coded."""
    known = ideology[["iso3", "year", "hog_ideology", "leader_ideology"]].astype({"year": "int64"})
    ends = periods[(periods["end"].dt.month == 12) & (periods["end"].dt.day == 31)]
    ends = ends.assign(year=ends["end"].dt.year.astype("int64"))
    coded: pd.DataFrame = ends.merge(known, on=["iso3", "year"], validate="one_to_one")
    # Taiwan's president is not the head of government whom the source codes (2016)
    own = coded["hog_ideology"].where(coded["office"] != "leader", coded["leader_ideology"])
    coded = coded.assign(coded_camp=own)
    return coded[coded["coded_camp"].isin(CAMPS)]


def _camp_cuts(coded: pd.DataFrame) -> tuple[float, float]:
    """Return the two positions midway between the medians of neighbouring camps."""
    medians = coded.groupby("coded_camp")["left_right_pm"].median().reindex(list(CAMPS))
    left, centre, right = medians.astype("float64")
    return (left + centre) / 2, (centre + right) / 2


def _histories(coded: pd.DataFrame, column: str) -> Histories:
    """Return for each ally and value of a column the coded year-ends, in order, and camps."""
    return {
        (str(key[0]), key[1]): (own["end"].tolist(), own["coded_camp"].tolist())
        for key, own in coded.groupby(["iso3", column])
    }


def _camp(
    period: dict[Hashable, Any], by_head: Histories, by_party: Histories, cuts: tuple[float, float]
) -> tuple[str, str]:
    iso3, position = period["iso3"], period["left_right_pm"]
    if period["head"] == "":
        return NOT_KNOWN, ""
    if (iso3, period["head"]) in by_head:
        return _nearest(by_head[iso3, period["head"]], period["end"]), "coded"
    if pd.isna(position):
        return NOT_KNOWN, ""
    if (iso3, position) in by_party:
        return _nearest(by_party[iso3, position], period["end"]), "party"
    if np.isnan(cuts).any():
        return NOT_KNOWN, ""
    return CAMPS[int(np.searchsorted(cuts, position))], "position"


def _nearest(history: History, day: pd.Timestamp) -> str:
    """Return the camp of the next year-end on or after the day, else of the last before it."""
    ends, camps = history
    return camps[min(bisect_left(ends, day), len(ends) - 1)]


def _joined(periods: pd.DataFrame) -> pd.DataFrame:
    """Join neighbouring periods of the same government and camp."""
    same = ["iso3", "head", "office", "camp", "camp_from"]
    new = (periods[same] != periods[same].shift()).any(axis=1)
    joined = periods.assign(run=new.cumsum()).groupby("run")
    table = joined[same].first().assign(start=joined["start"].min(), end=joined["end"].max())
    return table.reset_index(drop=True)[COLUMNS]


def years_of(periods: pd.DataFrame) -> pd.Series:
    """Return the length of each period in years of 365.25 days."""
    return ((periods["end"] - periods["start"]).dt.days + 1) / 365.25


def names_of(heads: Iterable[str]) -> str:
    """Return names in the order of their first mention, each once."""
    return "; ".join(dict.fromkeys(head for head in heads if head))
