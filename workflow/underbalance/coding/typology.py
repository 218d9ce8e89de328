"""The typology (Yoo 2012, Table 1): which kind of cooperation the obstacles of an ally predict."""

from __future__ import annotations

import pandas as pd
from pandas.api.typing import NAType

from underbalance.clean.panel import KEY
from underbalance.coding.cuts import are_above
from underbalance.config import CONFIG_FILE, Typology
from underbalance.errors import Fault, FaultsError
from underbalance.ledger import Ledger, join_ledgers
from underbalance.schemas.typology import TYPES

INDICES = ("political", "social")


def typology(table: pd.DataFrame, settings: Typology) -> pd.DataFrame:
    """Return the type of every ally-year, at every quantile.

    Parameters
    ----------
    table : ally_year; the codings that ``settings`` names are among its columns.
    settings : the two codings and the quantiles.

    Returns
    -------
    One row per ally-year and quantile, sorted: iso3, year, is_ally, in_reference, region,
    quantile, the two indices as ``political`` and ``social``, their cuts, whether each is
    high, and the type (empty when an index is missing).

    Raises
    ------
    FaultsError : when no row of the reference sample has a value of an index.
    """
    indices = {"political": settings.political, "social": settings.social}
    rows = table[[*KEY, "is_ally", "in_reference", "region"]].assign(
        **{name: table[coding].astype("float64") for name, coding in indices.items()}
    )
    parts = [
        _with_types(
            rows.assign(
                quantile=quantile,
                **{
                    f"{name}_cut": cut_point(rows[name], rows["in_reference"], quantile)
                    for name in INDICES
                },
            )
        )
        for quantile in settings.quantiles
    ]
    return pd.concat(parts).sort_values([*KEY, "quantile"], ignore_index=True)


def period_types(years: pd.DataFrame, period_years: int) -> pd.DataFrame:
    """Return the type of every ally in every period, at every quantile.

    The indices of a period are the means over its years in which both are known; they are
    missing, and so is the type, when these are fewer than half of the period. The cuts are
    those of the years. Periods are whole: they begin in years that ``period_years`` divides.

    Parameters
    ----------
    years : :func:`typology`. All ally-years count, also those without a commitment.
    period_years : length of a period.

    Returns
    -------
    One row per ally, period and quantile, sorted: iso3, period_start, period_end, quantile,
    years (known), committed_years, political, social, high_political, high_social, type.
    """
    known = years[list(INDICES)].notna().all(axis=1)
    start = years["year"] - years["year"] % period_years
    periods = (
        years.assign(period_start=start, known=known.astype("Int64"))
        .assign(**{name: years[name].where(known) for name in INDICES})
        .groupby(["iso3", "period_start", "quantile"], as_index=False)
        .agg(
            years=("known", "sum"),
            committed_years=("is_ally", "sum"),
            political=("political", "mean"),
            social=("social", "mean"),
            political_cut=("political_cut", "first"),
            social_cut=("social_cut", "first"),
        )
    )
    enough = (2 * periods["years"] >= period_years).astype(bool)
    means = {name: periods[name].where(enough) for name in INDICES}
    typed = _with_types(
        periods.assign(period_end=periods["period_start"] + period_years - 1, **means)
    )
    return typed.drop(columns=["political_cut", "social_cut"])


def untyped(years: pd.DataFrame, periods: pd.DataFrame, period_years: int) -> pd.DataFrame:
    """Return the ledger: why an ally-year or a period has no type.

    Parameters
    ----------
    years : :func:`typology`.
    periods : :func:`period_types`.
    """
    of_years, of_periods = Ledger("typology"), Ledger("typology_periods")
    # what is missing is missing at every quantile
    for row in years[years["type"] == ""].drop_duplicates(KEY).to_dict("records"):
        absent = [name for name in INDICES if pd.isna(row[name])]
        reason = f"no type without both indices; missing: {', '.join(absent)}"
        of_years.add(f"{row['iso3']} {row['year']}", "no_type", None, None, reason)
    empty = periods[periods["type"] == ""].drop_duplicates(["iso3", "period_start"])
    for row in empty.to_dict("records"):
        key = f"{row['iso3']} {row['period_start']}-{row['period_end']}"
        reason = f"both indices known in {row['years']} of {period_years} years, fewer than half"
        of_periods.add(key, "too_few_years", None, None, reason)
    return join_ledgers([of_years.frame(), of_periods.frame()])


def cut_point(values: pd.Series, in_reference: pd.Series, quantile: float) -> float:
    """Return the quantile of the reference rows with a value, interpolated linearly.

    Raises
    ------
    FaultsError : when no reference row has a value.
    """
    known = values[in_reference.astype(bool)].dropna()
    if known.empty:
        raise FaultsError([_no_reference_rows(str(values.name))])
    return float(known.astype("float64").quantile(quantile))


def type_of(high_political: bool | NAType | None, high_social: bool | NAType | None) -> str:
    """Return the type that two obstacles make (Yoo 2012, Table 1); empty when one is missing."""
    if pd.isna(high_political) or pd.isna(high_social):
        return ""
    return TYPES[bool(high_political) + 2 * bool(high_social)]


def _with_types(rows: pd.DataFrame) -> pd.DataFrame:
    high = {
        # a value equal to the cut is low
        name: are_above(rows[name], rows[f"{name}_cut"]).astype("boolean").mask(rows[name].isna())
        for name in INDICES
    }
    pairs = zip(high["political"], high["social"], strict=True)
    types = pd.Series([type_of(*pair) for pair in pairs], index=rows.index, dtype="str")
    return rows.assign(high_political=high["political"], high_social=high["social"], type=types)


def _no_reference_rows(index: str) -> Fault:
    return Fault(
        CONFIG_FILE.as_posix(),
        "key reference",
        f"the reference sample must have rows in which the {index} index of the typology is known",
        "none",
        "a sample and years with observed obstacles, such as core, 1990 to 2023",
        "correct reference, or the coding that `typology` names",
    )
