"""What an extension adds to the analysis: rows, deals, years that count, outcomes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.add_ally.needs import needed_for
from underbalance.clean.ally_years import ally_years
from underbalance.coding.order import used_by
from underbalance.config import read_codings, read_config
from underbalance.extensions import extension_of, raw_files, with_in_force
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.registry import read_allies, read_codebook, read_commented
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import of_one_ally
from underbalance.specifications import read_models
from underbalance.stages import TIES, read_facts


def extension_gain(iso3: str) -> list[str]:
    """Return in words what the analysis gains from a sound extension.

    Returns
    -------
    Lines: rows of each facts table, deals, years that count, and the outcomes that can have a
    case of the ally, those that cannot with the facts tables that have nothing of it.
    """
    with with_in_force([iso3]):
        allies = read_allies()
        own = [path for name in FACTS for path in raw_files(name) if extension_of(path)]
        facts = read_facts(["data/raw/alliance.csv", *map(str, own)])
        years = _years_that_count(iso3, facts, allies)
        there = {name for name in FACTS if _has_rows_of(iso3, name)}
    added = {name: rows for name, rows in facts.items() if name not in ("alliance", TIES)}
    rows = ", ".join(f"{name} {len(table)}" for name, table in sorted(added.items()))
    named = dict(zip(allies["iso3"], allies["name"], strict=True))
    lines = [f"{named[iso3]} ({iso3}), in a run that names it (such as make SAMPLE=core+{iso3}):"]
    lines.append(f"  rows of facts tables: {rows or 'none'}")
    lines.append(f"  deals with the USA: {len(added.get('deals', ()))}")
    span = f", {years[0]} to {years[-1]}" if years else ""
    lines.append(f"  ally-years that count: {len(years)}{span}")
    lacking = {name: _lacking(name, there) for name in OUTCOMES}
    fed = ", ".join(name for name, tables in lacking.items() if not tables)
    lines.append(f"  outcomes that can have cases: {fed or 'none'}")
    lines += [
        f"  not {name}: nothing of the ally in {', '.join(tables)}"
        for name, tables in lacking.items()
        if tables
    ]
    return [*lines, *_missing_parts(there)]


def _missing_parts(there: set[str]) -> list[str]:
    """Say which obstacles and rivals of the primary models lack a table of theirs."""
    codebook, wanted = read_codebook(), _in_primary_models()
    missing: dict[str, list[str]] = {}
    for table in of_one_ally():
        for construct in needed_for(table, codebook) if table not in there else ():
            if (concept := construct.removesuffix(" obstacle")) in wanted:
                missing.setdefault(concept, []).append(table)
    if not missing:
        return []
    parts = "; ".join(f"{name}: {', '.join(tables)}" for name, tables in sorted(missing.items()))
    return [
        f"  in part or in whole unknown, for want of tables: {parts}",
        "  a model leaves out the rows that miss one of its variables; those that it uses are "
        "counted in description/rows_by_ally.csv of the run",
    ]


def _in_primary_models() -> set[str]:
    """Return the concepts of the codings that primary models rest on, with what makes them."""
    codings = read_codings()
    models = [spec for spec in read_models().values() if spec.role == "primary"]
    named = {name for spec in models for name in spec.of_ally_year}
    return {codings[name].concept for name in used_by(codings, named)}


def _years_that_count(
    iso3: str, facts: Mapping[str, pd.DataFrame], allies: pd.DataFrame
) -> list[int]:
    config = read_config()
    span = config.first_year, config.last_year
    rows = ally_years(allies, facts["alliance"], *span, facts.get(TIES))
    return list(rows.loc[(rows["iso3"] == iso3) & rows["is_ally"], "year"])


def _has_rows_of(iso3: str, name: str) -> bool:
    rows = pd.concat([read_commented(p) for p in raw_files(name)])
    column = next((c for c in ("iso3", "state") if c in rows), None)
    return column is not None and iso3 in set(rows[column])


def _lacking(outcome: str, there: set[str]) -> list[str]:
    """Return the facts tables of an outcome that have nothing of the ally."""
    return [name for name in OUTCOMES[outcome].facts if name not in there]
