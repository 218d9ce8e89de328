"""Empty tables to be filled by hand, with what their columns mean as comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from underbalance.document.described import RAW, Described
from underbalance.document.rules import allowed_codes, field
from underbalance.extensions import COMMENT
from underbalance.refresh import read_text
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.of_ally import ally_column

# what no source can have for every ally: law, events and the make-up of cabinets
BY_HAND: Final = ("legal_constraints", "missile_defence_events", "cabinets")
RULES: Final = "docs/add_an_ally.md, section Coding by hand; docs/methods.md says how it is used"


def template(described: Described, iso3: str) -> str:
    """Return the text of an empty table: comments and the header.

    Parameters
    ----------
    described : the facts table (:func:`underbalance.document.described.facts_tables`).
    """
    variables = described.variables.set_index("name").to_dict("index")
    shown = [
        f"{name}: {_meaning(variables[name])}; {_allowed(described, name, iso3)}"
        for name in described.schema.columns
    ]
    lines = [
        f"{described.name.removeprefix(RAW)} of {iso3}. {described.title}.",
        f"One row for each {', '.join(described.key)}.",
        "Lines that begin with # are comments; without a row the table counts as not there.",
        f"Rules of the coding: {RULES}.",
        "When it is filled, complete its line in sources.csv and take the # there off.",
        "",
        *shown,
        "",
        *_example(described, iso3),
    ]
    comments = [f"{COMMENT} {line}".rstrip() for line in lines]
    return "\n".join([*comments, ",".join(described.schema.columns), ""])


def _meaning(variable: Mapping[Any, str]) -> str:
    said = [variable["label"], variable["unit"], variable["formula"]]
    return "; ".join(text for text in said if text)


def _allowed(described: Described, name: str, iso3: str) -> str:
    column = described.schema.columns[name]
    if name == ally_column(described.name.removeprefix(RAW)):
        return f"allowed: {iso3}"
    found = field(name, column)
    limits = found["constraints"]
    codes = [str(code) for code in allowed_codes(column)]
    said = f"allowed: {', '.join(codes)}" if codes else f"a {found['type']}"
    bounds = [f"{limits[key]:g}" for key in ("minimum", "maximum") if key in limits]
    said += f" ({' to '.join(bounds)})" if len(bounds) > 1 and not codes else ""
    return said if limits["required"] else f"{said}; may be empty"


def _example(described: Described, iso3: str) -> list[str]:
    """Return a row of the shipped table."""
    rows = read_text(RAW_FOLDER / f"{described.name.removeprefix(RAW)}.csv")
    line = rows.iloc[:1].to_csv(index=False, header=False).strip()
    return [f"For example, from the shipped table: {line}"]


def source_comment(row: pd.DataFrame) -> str:
    """Return the line of sources.csv of a template, as a comment."""
    return COMMENT + row.to_csv(index=False, header=False).strip()
