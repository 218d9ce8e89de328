"""Expectations of the coding (config/expectations.csv), year by year, and why one is not met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.claims.years import listed_years
from underbalance.coding.cuts import are_above, is_above, is_tied
from underbalance.coding.recipes import Recipe, recipes
from underbalance.coding.typology import cut_point
from underbalance.config import Coding
from underbalance.samples import ReferenceRows, reference_rows
from underbalance.schemas.claims import expectations as schema

MEDIAN, UPPER = 0.5, 0.75
SHOWN_PLACES = 2


def meet_expectations(
    expected: pd.DataFrame,
    ally_year: pd.DataFrame,
    scores: Mapping[str, pd.DataFrame],
    high_quantile: float,
    labels: Mapping[str, str],
) -> pd.DataFrame:
    """Return for every expected year whether the value is above its cut, and why if it is not.

    Parameters
    ----------
    expected : config/expectations.csv.
    ally_year : with the obstacles and ``in_reference``.
    scores : :func:`component_scores`; none for a variable that is no index.
    high_quantile : the quantile above which the typology calls an index high.
    labels : of obstacles and components by name, for the sentences; a name without one stands
        for itself.

    Returns
    -------
    Columns of :func:`underbalance.schemas.claims.expectations`: value, cut, met (missing
    where the value is), why (a sentence), years_above (every year of the ally above the
    cut, joined by ``;``).
    """
    parts = [
        _met(row, ally_year, _labelled(scores.get(row["obstacle"]), labels), high_quantile, labels)
        for row in expected.to_dict("records")
    ]
    if not parts:
        return pd.DataFrame(columns=list(schema().columns))
    return pd.concat(parts, ignore_index=True)


def component_scores(
    ally_year: pd.DataFrame,
    codings: Mapping[str, Coding],
    references: Mapping[str, ReferenceRows],
) -> dict[str, pd.DataFrame]:
    """Return the components of every index as they enter it, on the scale of the index.

    The index is the mean of the components of a row; those of a sum are multiplied by their
    weight and their number.

    Parameters
    ----------
    references : the reference samples of codings that have their own, by name.
    """
    own = {name: reference_rows(ally_year, rows) for name, rows in references.items()}
    return {
        name: _on_the_scale_of_the_index(made, made.scores(ally_year))
        for name, made in recipes(ally_year, codings, own).items()
    }


def _on_the_scale_of_the_index(made: Recipe, scores: pd.DataFrame) -> pd.DataFrame:
    if made.coding.aggregate == "mean":
        return scores
    return scores * [scale.weight * len(made.scales) for scale in made.scales]


def _labelled(scores: pd.DataFrame | None, labels: Mapping[str, str]) -> pd.DataFrame | None:
    """Return components under their labels."""
    return None if scores is None else scores.rename(columns=dict(labels))


def _met(
    row: Mapping[Any, Any],
    ally_year: pd.DataFrame,
    scores: pd.DataFrame | None,
    high_quantile: float,
    labels: Mapping[str, str],
) -> pd.DataFrame:
    own = ally_year[ally_year["iso3"] == row["iso3"]]
    cut, cut_name = _cut(row, ally_year, own, high_quantile)
    values = pd.Series(own[row["obstacle"]].astype("float64").to_numpy(), index=own["year"])
    parts = None if scores is None else scores.loc[own.index].set_axis(own["year"])
    above = [str(year) for year, value in values.dropna().items() if is_above(value, cut)]
    years = listed_years(row["years"])
    return pd.DataFrame(
        {
            **{name: row[name] for name in ("iso3", "obstacle", "rule", "label")},
            "year": years,
            "value": [values.get(year, float("nan")) for year in years],
            "cut": cut,
            "met": pd.array([_is_met(values.get(year), cut) for year in years], dtype="boolean"),
            "why": [
                _why(
                    labels.get(row["obstacle"], row["obstacle"]),
                    values.get(year),
                    cut,
                    cut_name,
                    None if parts is None or year not in parts.index else parts.loc[year],
                )
                for year in years
            ],
            "years_above": ";".join(above),
        }
    )


def _cut(
    row: Mapping[Any, Any], ally_year: pd.DataFrame, own: pd.DataFrame, high_quantile: float
) -> tuple[float, str]:
    name, rule = row["obstacle"], row["rule"]
    if rule == "above_zero":
        return 0.0, "zero"
    if rule == "own_top_quartile":
        cut = cut_point(own[name], own["in_reference"], UPPER)
        return cut, f"{_number(cut)}, the 75th percentile of its own years"
    quantile = MEDIAN if rule == "above_core_median" else high_quantile
    shown = "median" if quantile == MEDIAN else f"quantile {quantile:g}"
    cut = cut_point(ally_year[name], ally_year["in_reference"], quantile)
    return cut, f"{_number(cut)}, the {shown} of the reference sample"


def _is_met(value: float | None, cut: float) -> bool | None:
    return None if value is None or pd.isna(value) else is_above(value, cut)


def _why(name: str, value: float | None, cut: float, cut_name: str, parts: pd.Series | None) -> str:
    if value is None or pd.isna(value):
        missing = [] if parts is None else sorted(parts.index[parts.isna()])
        return f"{name} is not known" + (f": {', '.join(missing)} missing" if missing else "")
    if is_above(value, cut):
        return f"{name} {_number(value)} is above {cut_name}"
    place = "equal to (which is not above)" if is_tied(value, cut) else "below"
    told = f"{name} {_number(value)} is {place} {cut_name}"
    if parts is None:
        return f"{told}; it is a variable without components"
    low = parts[parts.notna() & ~are_above(parts, cut)].sort_values(kind="stable")
    if low.empty:
        return told
    pulled = ", ".join(f"{part} {_number(score)}" for part, score in low.items())
    return f"{told}; pulled down by {pulled}{_lifted(parts, cut)}"


def _lifted(parts: pd.Series, cut: float) -> str:
    """Name the components that stand above the cut, and those that are missing."""
    high = parts[are_above(parts, cut)].sort_values(ascending=False, kind="stable")
    up = ", ".join(f"{part} {_number(score)}" for part, score in high.items())
    missing = ", ".join(parts.index[parts.isna()])
    return (f"; against {up}" if up else "") + (f"; {missing} missing" if missing else "")


def _number(value: float) -> str:
    # + 0 turns a rounded -0 into 0
    return f"{round(value, SHOWN_PLACES) + 0.0:.{SHOWN_PLACES}f}".replace("-", "−")
