"""What goes where in a case's figure: levels of obstacles, lanes of marks, places of names."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.coding.cuts import are_above
from underbalance.coding.typology import cut_point
from underbalance.config import Cases
from underbalance.families import family_of

LEVELS = ("below_median", "above_median", "above_75")
DAY = 1 / 365.25  # in years
QUANTILES = (0.5, 0.75)
NOT_IN_REFERENCE = "not in the reference sample"


def obstacle_levels(table: pd.DataFrame, variables: Sequence[str]) -> pd.DataFrame:
    """Return the level of each variable in each ally-year against the reference sample.

    Parameters
    ----------
    table : ally_year with ``in_reference`` and the variables.

    Returns
    -------
    iso3, year, variable, level: below_median, above_median or above_75 (above the 75th
    percentile), by the linearly interpolated quantiles of the known values of the reference
    sample. Ally-years with a missing value have no row.
    """
    inside = table["in_reference"].astype(bool)
    parts = []
    for variable in variables:
        known = table[table[variable].notna()]
        cuts = table.loc[inside, variable].dropna().astype("float64").quantile(list(QUANTILES))
        places = pd.concat([are_above(known[variable], cut) for cut in cuts], axis=1).sum(axis=1)
        level = [LEVELS[place] for place in places]
        parts.append(known[KEY].assign(variable=variable, level=level))
    return pd.concat(parts, ignore_index=True)


def own_top_years(table: pd.DataFrame, variables: Sequence[str]) -> dict[str, str]:
    """Return by variable the years above an ally's own 75th percentile, such as 1993–1998.

    Parameters
    ----------
    table : the rows of one ally, with ``in_reference``. The percentile is that of its known
        years in the reference sample; an ally without any has no top years.
    """
    found = {}
    for variable in variables:
        values = table.set_index("year")[variable].astype("float64")
        if table.loc[table["in_reference"].astype(bool), variable].isna().all():
            found[variable] = NOT_IN_REFERENCE
            continue
        cut = cut_point(table[variable], table["in_reference"], QUANTILES[1])
        top = values[are_above(values, cut)]
        found[variable] = spans_text(sorted(int(year) for year in top.index))
    return found


def spans_text(years: Sequence[int]) -> str:
    """Return years as spans: 1993–1995, 1998."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(f"{a}–{b}" if b > a else f"{a}" for a, b in spans)


def lanes(starts: Sequence[float], ends: Sequence[float], gap: float) -> list[int]:
    """Return for each span, in the order of the starts, the first lane that is free by then."""
    free: list[float] = []
    found = []
    for start, end in zip(starts, ends, strict=True):
        lane = next((i for i, until in enumerate(free) if until + gap <= start), len(free))
        free[lane : lane + 1] = [end]
        found.append(lane)
    return found


def spread(centres: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least ``gap`` apart within [low, high], near the ordered centres.

    The mean of the places pushed to the right and of those pushed to the left: both keep
    the gap, so their mean does.
    """
    right: list[float] = []
    for centre in centres:
        right.append(max(centre, low, right[-1] + gap if right else low))
    right = _pushed_back(right, gap, high)
    left: list[float] = []
    for centre in reversed(centres):
        left.append(min(centre, high, left[-1] - gap if left else high))
    left = [-place for place in _pushed_back([-place for place in left], gap, -low)][::-1]
    return [(a + b) / 2 for a, b in zip(right, left, strict=True)]


def _pushed_back(places: list[float], gap: float, high: float) -> list[float]:
    """Return ordered places moved so that the last is not beyond ``high``."""
    moved = list(places)
    limit = high
    for i in reversed(range(len(moved))):
        moved[i] = min(moved[i], limit)
        limit = moved[i] - gap
    return moved


def named_spans(heads: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return name, beginning and end in decimal years of each head of government in a row.

    Periods that follow each other under one head, as when the camp changes, are one.
    """
    named: list[tuple[str, float, float]] = []
    for row in heads.to_dict("records"):
        head, start, end = str(row["head"]), year_of(row["start"]), year_of(row["end"]) + DAY
        if named and named[-1][0] == head and start - named[-1][2] < 2 * DAY:
            named[-1] = (head, named[-1][1], end)
        else:
            named.append((head, start, end))
    return named


def year_of(day: str) -> float:
    """Return a day as a decimal year."""
    stamp = pd.Timestamp(day)
    days = 366 if stamp.is_leap_year else 365
    return stamp.year + (stamp.day_of_year - 1) / days


def case_deals(deals: pd.DataFrame, systems: Sequence[str], last_year: int) -> pd.DataFrame:
    """Return the orders of missile-defence systems, with the row each is drawn in.

    Parameters
    ----------
    deals : the processed table deals, of one ally.
    systems : the designations of missile-defence systems.

    Returns
    -------
    designation, order_year, first, last (delivery years, missing when none), open (still to
    be delivered in ``last_year``), lane. Designations in the order of their first order;
    orders of one designation that overlap in different lanes.
    """
    own = deals[deals["designation"].isin(systems)]
    own = own.sort_values(["order_year", "designation", "deal_id"])
    own = own.assign(
        first=own["first_delivery_year"].astype("float64"),
        last=own["last_delivery_year"].astype("float64"),
        order_year=own["order_year"].astype("float64"),
    )
    shown = own[["designation", "order_year", "first", "last"]]
    shown = shown.assign(open=shown["first"].isna(), lane=0)
    for _, rows in shown.groupby("designation", sort=False):
        ends = rows["last"].fillna(last_year).clip(lower=rows["order_year"])
        shown.loc[rows.index, "lane"] = lanes(rows["order_year"].tolist(), ends.tolist(), 0.9)
    return shown.reset_index(drop=True)


def case_systems(deals: pd.DataFrame, families: pd.DataFrame, cases: Cases) -> list[str]:
    """Return the designations of missile-defence systems among the deals."""
    family = family_of(deals["designation"], families)
    return sorted(set(deals.loc[family.isin(cases.systems), "designation"]))


def of_case(table: pd.DataFrame, iso3: str) -> pd.DataFrame:
    """Return the rows of one ally; all of a table that is not by ally."""
    return table[table["iso3"] == iso3] if "iso3" in table else table
