"""How many ally-years are of which type: in all, by region and by decade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from underbalance.config import Group, Typology
from underbalance.present.table import Table
from underbalance.present.wording import quantile_words, region_words, whole
from underbalance.samples import in_sample
from underbalance.schemas.typology import GROUPINGS, TYPES


def typology_shares(years: pd.DataFrame, group: Group, members: frozenset[str]) -> pd.DataFrame:
    """Count the ally-years of a sample by type.

    Parameters
    ----------
    years : the table typology.
    group, members : the sample and its allies.

    Returns
    -------
    One row per quantile and group of ally-years (all, each region, each decade): quantile,
    grouping, group, ally-years of each type, their shares (0 to 1) in the ally-years of a
    known type (missing when there is none), ``not_known`` and ``ally_years``.
    """
    counted = years[in_sample(years, group, members)]
    decade = (counted["year"] // 10 * 10).astype("str") + "s"
    counted = counted.assign(all="all", decade=decade)
    parts = [_counts(counted.assign(grouping=name, group=counted[name])) for name in GROUPINGS]
    return pd.concat(parts).sort_values("quantile", kind="stable", ignore_index=True)


def typology_table(shares: pd.DataFrame, settings: Typology, sample_label: str) -> Table:
    """Return the table of types: for each quantile all ally-years, regions and decades.

    Parameters
    ----------
    shares : :func:`typology_shares`.
    settings : give the order of the quantiles.
    sample_label : the sample in words.
    """
    header = ("", *(name.capitalize() for name in TYPES), "Not known", "Ally-years")
    body = [
        cells
        for quantile in settings.quantiles
        for cells in _panel(shares[shares["quantile"] == quantile], quantile)
    ]
    return Table(
        name="typology",
        title="Ally-years by type of cooperation that the obstacles predict",
        header=header,
        body=tuple(body),
        summary=(),
        notes=tuple(_notes(settings, sample_label)),
        label_width=0.18,
    )


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per quantile and group."""
    keys = ["quantile", "grouping", "group"]
    counts = rows.groupby([*keys, "type"]).size().unstack("type", fill_value=0)
    counts = counts.reindex(columns=["", *TYPES], fill_value=0).rename(columns={"": "not_known"})
    known = counts[list(TYPES)].sum(axis=1)
    shares = counts[list(TYPES)].div(known.where(known > 0), axis=0).add_prefix("share_")
    return (
        counts.join(shares, validate="one_to_one")
        .assign(ally_years=counts.sum(axis=1))
        .reset_index()
    )


def _panel(shares: pd.DataFrame, quantile: float) -> Iterator[tuple[str, ...]]:
    yield (f"High: above the {quantile_words(quantile)}",)
    for row in shares.to_dict("records"):
        cells = (_share_and_number(row, name) for name in TYPES)
        yield (_group_words(row), *cells, whole(row["not_known"]), whole(row["ally_years"]))


def _share_and_number(row: Mapping[Any, Any], name: str) -> str:
    share = row[f"share_{name}"]
    return "" if pd.isna(share) else f"{100 * share:.1f} ({whole(row[name])})"


def _group_words(row: Mapping[Any, Any]) -> str:
    match row["grouping"]:
        case "all":
            return "All"
        case "region":
            return region_words(row["group"])
    return str(row["group"])


def _notes(settings: Typology, sample_label: str) -> Iterator[str]:
    yield "Per cent of the ally-years of a known type, their number in parentheses."
    yield (
        "Effective: no obstacle high; inconsistent: the political one; slow: the social one; "
        "failing: both (Yoo 2012, Table 1)."
    )
    yield "An obstacle is high above the stated quantile of the reference sample."
    yield "Not known: ally-years in which one of the two indices is missing."
    yield f"Indices: {settings.political} and {settings.social}, as coded in config/codings.yaml."
    yield f"Sample: {sample_label}."
