"""The codebook's rows on the columns that codings make, written from their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from underbalance.coding.order import in_order
from underbalance.config import RIVALS, Coding, has_z_columns

TABLE = "ally_year"
LONGEST_LABEL = 80
UNITS = {"z": "mean z-score", "rescale": "0 to 1", "above": "count"}
Row = dict[str, str]


def with_codings(codebook: pd.DataFrame, codings: Mapping[str, Coding]) -> pd.DataFrame:
    """Return the codebook with rows for every column of ally_year that a coding makes.

    Parameters
    ----------
    codebook : :func:`underbalance.registry.read_codebook`.
    """
    own = codebook[codebook["table"] == TABLE]
    rows: dict[str, Row] = own.set_index("name", drop=False).to_dict("index")  # type: ignore[assignment]
    made: dict[str, Row] = {}
    for name, coding in in_order(codings).items():
        parts = [rows.get(p.variable) or made.get(p.variable) for p in coding.components]
        made |= {row["name"]: row for row in _rows(name, coding, [p or {} for p in parts])}
    new = pd.DataFrame(made.values(), columns=codebook.columns, dtype="str").fillna("")
    return pd.concat([codebook, new], ignore_index=True)


def formula_of(coding: Coding) -> str:
    """Say in words how an index is computed."""
    names = [f"-{p.variable}" if p.sign == -1 else p.variable for p in coding.components]
    listed = ", ".join(names)
    own = coding.reference
    reference = f"; reference {own.sample} {own.first_year}-{own.last_year}" if own else ""
    match coding.transform:
        case "z":
            inner = f"z-scores of {listed}"
        case "rescale":
            ranged = [(p.variable, *p.range) for p in coding.components if p.range]
            inner = "parts rescaled to 0-1: " + ", ".join(
                f"{variable} (from {low:g} to {high:g})" for variable, low, high in ranged
            )
        case "above":
            inner = f"those of {listed} above the reference quantile {coding.quantile:g}"
        case _:
            inner = listed
    if len(names) == 1:
        return f"{inner.replace('z-scores', 'z-score')}{reference}"
    aggregate = {"mean": "mean of the observed", "sum": "sum of the"}.get(coding.aggregate)
    if coding.transform == "above" and coding.aggregate == "sum":
        aggregate = "number of"
    words = f"{aggregate or 'first principal component of the'} {inner}"
    return f"{words}; at least {coding.min_components} of {len(names)}{reference}"


def _rows(name: str, coding: Coding, parts: list[Row]) -> Iterable[Row]:
    sources = ";".join(dict.fromkeys(s for p in parts for s in p.get("source", "").split(";") if s))
    construct = coding.concept if coding.concept in RIVALS else f"{coding.concept} obstacle"
    common = {"table": TABLE, "construct": construct}
    if has_z_columns(name, coding):
        for component, part in zip(coding.components, parts, strict=True):
            turned = ", sign turned" if component.sign == -1 else ""
            minus = "-" if component.sign == -1 else ""
            yield common | {
                "name": f"z_{component.variable}",
                "label": _fitting(part.get("label", component.variable), f"{turned} (z-score)", 21),
                "unit": "standard deviations",
                "source": part.get("source", ""),
                "first_year": part.get("first_year", ""),
                "last_year": part.get("last_year", ""),
                "formula": f"{minus}({component.variable} - mean) / standard deviation, both of "
                "the reference sample",
            }
    unit = "standard deviations" if len(parts) == 1 else UNITS.get(coding.transform, "score")
    yield common | {
        "name": name,
        "label": coding.label,
        "unit": "score" if coding.aggregate == "first_component" else unit,
        "source": sources,
        "first_year": _nth(parts, "first_year", coding.min_components, late=False),
        "last_year": _nth(parts, "last_year", coding.min_components, late=True),
        "formula": formula_of(coding),
    }
    if len(parts) > 1:
        yield common | {
            "name": f"{name}_components",
            "label": _fitting(coding.label, ": observed components", 8),
            "unit": "count",
            "source": "",
            "first_year": "",
            "last_year": "",
            "formula": f"number of components observed, 0 to {len(parts)}",
        }


def _nth(parts: list[Row], key: str, least: int, *, late: bool) -> str:
    """Return the first or last year in which enough components can be observed."""
    years = sorted((p[key] for p in parts if p.get(key)), reverse=late)
    return years[least - 1] if len(years) >= least else ""


def _fitting(label: str, ending: str, unit: int) -> str:
    """Cut a label so that it fits into a statistics program together with ending and unit."""
    room = LONGEST_LABEL - len(ending) - unit - len(" ()")
    return f"{label[:room].rstrip(' ,')}{ending}"
