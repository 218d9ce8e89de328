"""What an extension adds to the analysis: rows, deals, years that count, cases of outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from underbalance.add_ally.needs import needed_for
from underbalance.check_codings import NUMBERS, columns_of
from underbalance.coding.far_outside import Far, far_outside, of_main_codings
from underbalance.coding.order import used_by
from underbalance.config import read_codings
from underbalance.extension_trial import Trial, trial_of
from underbalance.extensions import extension_of, raw_files, with_in_force
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.registry import read_allies, read_codebook, read_commented
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import ally_column, of_one_ally
from underbalance.specifications import read_models
from underbalance.stages import TIES, read_facts


def extension_gain(iso3: str) -> list[str]:
    """Return in words what the analysis gains from a sound extension.

    Returns
    -------
    Lines: rows of each facts table, deals, years that count, the cases of each outcome (found
    by making it), why others have none, what is lacking for primary models, and the codings by
    which the ally lies far outside the reference sample.
    """
    with with_in_force([iso3]):
        allies = read_allies()
        own = [path for name in FACTS for path in raw_files(name) if extension_of(path)]
        facts = read_facts(["data/raw/alliance.csv", *map(str, own)])
        of_ally = {name: _rows_of(iso3, name) for name in FACTS}
    there = {name for name, rows in of_ally.items() if len(rows)}
    trial = trial_of(iso3)
    added = {name: rows for name, rows in facts.items() if name not in ("alliance", TIES)}
    rows = ", ".join(f"{name} {len(table)}" for name, table in sorted(added.items()))
    named = dict(zip(allies["iso3"], allies["name"], strict=True))
    years = list(trial.counting["year"])
    span = f", {years[0]} to {years[-1]}" if years else ""
    cases = {name: int(table["is_ally"].sum()) for name, table in trial.outcomes.items()}
    counted = ", ".join(f"{name} {number}" for name, number in cases.items() if number)
    return [
        f"{named[iso3]} ({iso3}), in a run that names it (such as make SAMPLE=core+{iso3}):",
        f"  rows of facts tables: {rows or 'none'}",
        f"  deals with the USA: {len(added.get('deals', ()))}",
        f"  ally-years that count: {len(years)}{span}",
        f"  cases of outcomes in these years: {counted or 'none'}",
        *(
            f"  no case of {name}: {_why_none(OUTCOMES[name].facts, of_ally)}"
            for name, number in cases.items()
            if not number
        ),
        *_missing_parts(there),
        *(f"  note: {far.in_words()}" for far in _far_outside(iso3, trial)),
    ]


def _why_none(tables: Iterable[str], of_ally: Mapping[str, pd.DataFrame]) -> str:
    """Say which facts tables of an outcome have nothing of the ally, or columns without a value."""
    empty = [table for table in tables if of_ally[table].empty]
    if empty:
        return f"nothing of the ally in {', '.join(empty)}"
    blank = [
        f"{column} of {table}"
        for table in tables
        for column in columns_of(FACTS[table](), *NUMBERS)
        if (of_ally[table][column] == "").all()
    ]
    if blank:
        return f"no value of the ally in {', '.join(blank)}"
    return f"the rows of {', '.join(tables)} make none in the years that count"


def _far_outside(iso3: str, trial: Trial) -> list[Far]:
    return far_outside(trial.years, iso3, of_main_codings(read_codings()))


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


def _rows_of(iso3: str, name: str) -> pd.DataFrame:
    """Return the ally's rows of a facts table, shipped or in its extension, as text."""
    rows = pd.concat([read_commented(path) for path in raw_files(name)], ignore_index=True)
    column = ally_column(name)
    return rows[rows[column] == iso3] if column else rows.iloc[:0]
