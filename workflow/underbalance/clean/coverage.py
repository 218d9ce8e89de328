"""Which source has what, and which outcome: ally × year × source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.registry import is_covered


def coverage(
    ally_years: pd.DataFrame, facts: Mapping[str, pd.DataFrame], sources: pd.DataFrame
) -> pd.DataFrame:
    """Return the status of every source in every ally-year.

    Columns: iso3, year, table, source, status: ``outside`` (the source does not cover
    the ally or the year), ``observed`` (it has a value that counts as observed), or
    ``missing`` (it covers the ally-year but has none). Registers of deals, commitments, cabinets,
    elections and leaders cover a year whether or not something happened in it, so
    within their coverage they are ``observed``.
    """
    parts = [
        _one(ally_years[KEY], facts, sources, row["table"], row["source"], row["unit"])
        for row in sources.drop_duplicates(["table", "source"]).to_dict("records")
    ]
    return pd.concat(parts).sort_values([*KEY, "table", "source"], ignore_index=True)


def outcome_coverage(
    ally_years: pd.DataFrame,
    outcomes: Mapping[str, pd.DataFrame],
    needs: Mapping[str, Sequence[str]],
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """Return the status of every outcome in every ally-year, in the columns of :func:`coverage`.

    ``observed``: the outcome has a case; ``outside``: one of the facts tables it needs does
    not cover the ally-year; ``no_case``: all do, but nothing counts for that year.

    Parameters
    ----------
    outcomes : outcome tables by name.
    needs : names of the facts tables that each rests on.
    """
    parts = []
    for name, cases in outcomes.items():
        rows = ally_years[KEY]
        keys = pd.MultiIndex.from_frame(cases[KEY].drop_duplicates())
        status = pd.Series("no_case", index=rows.index)
        for table in needs[name]:
            status = status.mask(~is_covered(sources, table, rows["iso3"], rows["year"]), "outside")
        status = status.mask(pd.MultiIndex.from_frame(rows).isin(keys), "observed")
        parts.append(rows.assign(table=f"outcome.{name}", source="outcome", status=status))
    return pd.concat(parts).sort_values([*KEY, "table"], ignore_index=True)


def _one(
    rows: pd.DataFrame,
    facts: Mapping[str, pd.DataFrame],
    sources: pd.DataFrame,
    table: str,
    source: str,
    unit: str,
) -> pd.DataFrame:
    covered = is_covered(sources, table, rows["iso3"], rows["year"], source)
    observed = covered
    if unit in ("year", "month"):
        keys = _observed_keys(facts[table], source)
        observed = pd.Series(pd.MultiIndex.from_frame(rows).isin(keys), index=rows.index)
    status = pd.Series("missing", index=rows.index).mask(observed, "observed")
    return rows.assign(table=table, source=source, status=status.mask(~covered, "outside"))


def _observed_keys(facts: pd.DataFrame, source: str) -> pd.MultiIndex:
    facts = facts.rename(columns={"state": "iso3"})  # allies and rivals in one column
    if "source" in facts:
        facts = facts[facts["source"] == source]
    if "status" in facts:
        facts = facts[facts["status"] == "observed"]
    values = facts.drop(columns=[*KEY, "month"], errors="ignore").select_dtypes("number")
    return pd.MultiIndex.from_frame(facts.loc[values.notna().any(axis=1), KEY].drop_duplicates())
