"""European Defence Agency, defence data of members → facts table ``eda_procurement``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.sources.country_names import iso3_by_label, plain_label
from underbalance.sources.originals import demand_columns, find_original
from underbalance.sources.workbooks import (
    Row,
    cell_fault,
    is_number,
    read_cells,
    year_columns,
)

# by the last year of the workbook
EDITIONS = {
    2015: "eda-collective-and-national-defence-data-2005-2014*.xlsx",
    2017: "eda-collective-and-national-defence-data-2005-2017e*.xlsx",
    2018: "eda-collective-and-national-defence-data-2017-2018*.xlsx",
    2019: "eda-collective-and-national-defence-data-2017-2019*.xlsx",
    2020: "data-by-pms-for-the-eda-website*.xlsx",
    2021: "defence-data-2021*.xlsx",
    2023: "defence-data-2023*.xlsx",
}
# the edition of 2023 is not laid out by state: two sheets have a row per state and year
LONG_EDITION = 2023
STATE_COLUMNS = ("PMS", "EU MS")
# a label without its footnote marks, bullets and the sum in brackets, in small letters
LABELS = {
    "total defence expenditure": "total_expenditure",
    "c. defence investment": "investment",
    "c. investment: equipment procurement + r&d": "investment",
    "defence investment": "investment",
    "defence equipment procurement expenditure": "equipment_procurement",
    "defence r&d expenditure": "research_development",
    "defence research and development (r&d) expenditure": "research_development",
    "collaborative defence procurement expenditure": "collaborative_procurement",
    "collaborative defence equipment procurement expenditure": "collaborative_procurement",
    "european collaborative defence procurement": "european_collaborative_procurement",
    "european collaborative defence equipment procurement expenditure": (
        "european_collaborative_procurement"
    ),
}
SPELLINGS = {"Czech Republic": "Czechia", "The Netherlands": "Netherlands"}
NOT_AVAILABLE = ("", ":", "-")
CONFIDENTIAL = "c"
COLUMNS = ["iso3", "year", "edition", "series", "value", "status"]
Cell = tuple[str, int, str, object, bool]


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return defence expenditure and procurement of EDA members, as each edition has them.

    Returns
    -------
    One row per ally, year, edition (the last year of the workbook) and series. ``value``
    is in million euro at current prices. ``status``: observed; estimate (the edition
    marks the year "e"); confidential, then without a value. What an edition calls not
    available has no row; a zero is a zero that the state reported.
    """
    codes = iso3_by_label(allies, SPELLINGS)
    parts = [_edition(folder, edition, codes) for edition in EDITIONS]
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(COLUMNS[:4], ignore_index=True)


def _edition(folder: Path, edition: int, codes: dict[str, str]) -> pd.DataFrame:
    path = find_original(folder, EDITIONS[edition])
    sheets = read_cells(path)
    if edition == LONG_EDITION:
        cells = [cell for rows in sheets.values() for cell in _long_sheet(rows, codes, path)]
    else:
        cells = [cell for rows in sheets.values() for cell in _state_sheet(rows, codes, path)]
    if not cells:
        raise FaultsError([_no_states(path)])
    return _figures(cells, path).assign(edition=edition)[COLUMNS].astype({"edition": "Int64"})


def _state_sheet(rows: list[Row], codes: dict[str, str], path: Path) -> Iterator[Cell]:
    """Yield the cells of a sheet that has one state: years along the top, labels down."""
    iso3 = codes.get(plain_label(rows[0][0]))
    if iso3 is None:
        return
    years = year_columns(rows[0])
    found = {series: row for row in rows[1:] if (series := _series_of(row[0]))}
    demand_columns(list(found), list(dict.fromkeys(LABELS.values())), path)
    for series, row in found.items():
        for position, (year, estimate) in years.items():
            yield iso3, year, series, row[position], estimate


def _long_sheet(rows: list[Row], codes: dict[str, str], path: Path) -> Iterator[Cell]:
    """Yield the cells of a sheet that has one row per state and year."""
    if str(rows[0][0]).strip() not in STATE_COLUMNS:
        return
    series = {i: name for i, cell in enumerate(rows[0]) if (name := _series_of(cell))}
    demand_columns(list(series.values()), ["total_expenditure", "investment"], path)
    for row in rows[1:]:
        iso3 = codes.get(plain_label(row[0]))
        if iso3 is not None:
            yield from ((iso3, int(row[1]), name, row[i], False) for i, name in series.items())


def _series_of(cell: object) -> str | None:
    label = re.sub(r"\(a\+.*\)|^_+", "", plain_label(cell).replace("____ ", "____"))
    return LABELS.get(label.strip())


def _figures(cells: Iterable[Cell], path: Path) -> pd.DataFrame:
    table = pd.DataFrame(cells, columns=["iso3", "year", "series", "cell", "estimate"])
    table = table.assign(
        cell=[c.strip() if isinstance(c, str) else c for c in table["cell"]],
    )
    table = table[~table["cell"].isin(list(NOT_AVAILABLE))]
    known = table["cell"].map(is_number) | (table["cell"] == CONFIDENTIAL)
    raise_if_any(
        [
            cell_fault(path, f"{c.iso3} {c.year} {c.series}", c.cell, "a number, : or c")
            for c in table[~known].itertuples()
        ]
    )
    status = pd.Series("observed", index=table.index, dtype="str")
    return pd.DataFrame(
        {
            "iso3": table["iso3"],
            "year": table["year"].astype("Int64"),
            "series": table["series"],
            "value": pd.to_numeric(table["cell"], errors="coerce").astype(float),
            "status": status.mask(table["estimate"].astype(bool), "estimate").mask(
                table["cell"] == CONFIDENTIAL, "confidential"
            ),
        }
    )


def _no_states(path: Path) -> Fault:
    return Fault(
        str(path),
        "sheets",
        "the workbook must have figures of listed allies",
        "none",
        "a sheet per state with its name in A1, or a row per state and year",
        "check that this is the workbook SOURCE.yaml describes",
    )
