"""Reading a workbook of NATO's defence expenditure tables.

A sheet has a title, a line with the unit, one header row with the years and below it one
or two blocks, each headed by its name alone in a row. Title, unit and name of the block
together say which series the block is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.sources.country_names import iso3_by_label, plain_label
from underbalance.sources.currencies import currency_code, unknown_currency
from underbalance.sources.workbooks import (
    Row,
    cell_fault,
    is_number,
    read_cells,
    year_columns,
)

# what "title | unit | block", in small letters, must contain; tables that no line names
# (figures per head, the summary of real change) repeat others
SERIES = {
    "defence_national_m": r"national currency.*\| current prices$",
    "defence_national_constant_m": r"national currency.*\| (constant )?20\d\d prices$",
    "defence_usd_m": r": defence expenditures? \|.*us dollars.*\| current prices",
    "defence_usd_constant_m": r": defence expenditures? \|.*us dollars.*\| (constant )?20\d\d pr",
    "gdp_percent": r"\| (share of real gdp|as a percentage of gross domestic product)",
    "real_change_percent": r"\| annual real change",
    "gdp_usd_m": r": gdp \|.*us dollars.*\| current prices",
    "gdp_usd_constant_m": r": gdp \|.*\| constant 20\d\d pr|real gdp.*billion us dollars",
    "personnel_thousands": r"military personnel( \|)? \(?thousands",
    "equipment_percent": r"percentage.*\| equipment|\(%\).*\| equipment",
    "personnel_percent": r"percentage.*\| personnel|\(%\).*\| personnel",
    "infrastructure_percent": r"percentage.*\| infrastructure|\(%\).*\| infrastructure",
    "other_percent": r"percentage.*\| other|\(%\).*\| other",
}
SPELLINGS = {
    "Czech Republic": "Czechia",
    "Slovak Republic": "Slovakia",
    "Türkiye": "Turkey",
}
# only the edition of 2024 has GDP at current prices
OPTIONAL = ("gdp_usd_m",)
# a broken reference (#REF!) is none of them; the stray ones stand below no ally's name
NOT_AVAILABLE = ("", ".", "..", "-")
COLUMNS = ["value", "currency", "price_base", "estimate"]


def read_workbook(path: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the listed allies in all tables of a workbook, in long form.

    Columns: iso3, year, series and :data:`COLUMNS`. Amounts of money and GDP are in
    millions; ``currency`` is the ISO 4217 code of amounts in national currency.

    Raises
    ------
    FaultsError : for series that no block holds, unknown currencies and cells that are
        neither numbers nor marks for a missing value.
    """
    codes = iso3_by_label(allies, SPELLINGS)
    records = [cell for rows in read_cells(path).values() for cell in _cells(rows, codes)]
    cells = pd.DataFrame(
        records, columns=["iso3", "year", "estimate", "heading", "currency", "cell"]
    )
    headings = {text: _series(text) for text in cells["heading"].unique()}
    cells = cells.assign(series=cells["heading"].map(headings))
    missing = set(SERIES) - set(OPTIONAL) - set(cells["series"])
    raise_if_any([_no_series(path, series) for series in sorted(missing)])
    return _figures(cells[cells["series"] != ""], path)


def _cells(
    rows: list[Row], codes: Mapping[str, str]
) -> Iterator[tuple[str, int, bool, str, str, object]]:
    """Yield every cell of a listed ally below a year, with what stands above it."""
    headers = [number for number, row in enumerate(rows) if len(year_columns(row)) > 1]
    if not headers:
        return
    years = year_columns(rows[headers[0]])
    first = min(years)
    caption = [text for row in rows[: headers[0]] for text in _texts(row[:first])]
    block = ""
    for row in rows[headers[0] + 1 :]:
        texts = _texts(row[:first])
        if not texts:
            continue
        label, currency = _label(texts)
        if label in codes:
            heading = plain_label(" | ".join([*caption, block]))
            for position, (year, estimate) in years.items():
                yield codes[label], year, estimate, heading, currency, row[position]
        elif all(row[position] == "" for position in years):
            # the name of a block; below the last one also notes, which no figures follow
            block = texts[0]


def _texts(cells: Row) -> list[str]:
    return [text for cell in cells if (text := str(cell).strip())]


def _label(texts: list[str]) -> tuple[str, str]:
    """Split ``Estonia*   (Euros)``, or a label and the currency in the column beside it."""
    name, _, bracket = plain_label(texts[0]).partition("(")
    return name.strip(), texts[1] if len(texts) > 1 else bracket.rstrip(")")


def _series(heading: str) -> str:
    return next((name for name, pattern in SERIES.items() if re.search(pattern, heading)), "")


def _figures(cells: pd.DataFrame, path: Path) -> pd.DataFrame:
    stripped = [c.strip() if isinstance(c, str) else c for c in cells["cell"]]
    cells = cells.assign(cell=stripped)
    cells = cells[~cells["cell"].isin(list(NOT_AVAILABLE))]
    raise_if_any(
        [
            cell_fault(path, f"{c.iso3} {c.year} {c.series}", c.cell, "a number or a point")
            for c in cells[~cells["cell"].map(is_number)].itertuples()
        ]
    )
    in_billions = cells["series"].str.startswith("gdp_usd") & cells["heading"].str.contains("bill")
    base = pd.to_numeric(cells["heading"].str.extract(r".*(20\d\d) prices", expand=False))
    return pd.DataFrame(
        {
            "iso3": cells["iso3"],
            "year": cells["year"].astype("Int64"),
            "series": cells["series"],
            "value": cells["cell"].astype(float) * in_billions.map({True: 1000, False: 1}),
            "currency": _currencies(cells, path),
            "price_base": base.where(cells["series"].str.contains("_constant_")).astype("Int64"),
            "estimate": cells["estimate"].astype(bool),
        }
    )


def _currencies(cells: pd.DataFrame, path: Path) -> pd.Series:
    national = cells["series"].str.startswith("defence_national")
    keys = zip(cells["currency"], cells["iso3"], cells["year"], strict=True)
    codes = pd.Series([currency_code(*key) for key in keys], index=cells.index, dtype="str")
    unknown = cells.loc[national & (codes == ""), ["iso3", "currency"]].drop_duplicates()
    raise_if_any([unknown_currency(path, *found) for found in unknown.to_numpy().tolist()])
    return codes.where(national, "")


def _no_series(path: Path, series: str) -> Fault:
    return Fault(
        str(path),
        f"series {series}",
        "the workbook must have a block for every series",
        "no block with this title, unit and name",
        SERIES[series],
        "check that this is the file SOURCE.yaml describes; if a newer edition words its titles "
        "in another way, adapt sources/nato_workbook.py",
    )
