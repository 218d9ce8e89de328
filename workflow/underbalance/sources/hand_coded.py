"""The project's own hand-coded tables (folder ``coding``) → facts tables.

Rules, items and codes are in the CODEBOOK.md of that folder. Basis, source, confidence
and note of every row are carried over, so that each code can be traced and disputed.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.schemas.facts import coded
from underbalance.sources.originals import FOUND, find_original, read_original
from underbalance.table_faults import typed

NOT_ESTABLISHED = "NA"
YES_NO = {"yes": "1", "no": "0"}


def parse_legal_constraints(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the legal constraints of both coders, stacked.

    A value that a coder could not establish is missing. Rows of states that are not
    listed are kept, so that a misspelt code is told and not lost.
    """
    _demand_folder(folder)
    parts = [
        _read(
            find_original(folder, f"legal_constraints_{coder}.csv"),
            coded.legal_constraints(),
            coder=coder,
        )
        for coder in coded.CODERS
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(["iso3", "item", "coder", "start"], ignore_index=True)


def parse_missile_defence_events(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the events of missile-defence cooperation of all regions, stacked."""
    _demand_folder(folder)
    pattern = "missile_defence_events_*.csv"
    paths = sorted(folder.glob(pattern)) or [find_original(folder, pattern)]
    FOUND.update(paths)
    parts = [_read(path, coded.missile_defence_events()) for path in paths]
    rows = pd.concat(parts, ignore_index=True)
    return rows.sort_values(["iso3", "date", "programme", "stage"], ignore_index=True)


def parse_seed_claims(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of Yoo (2012) about Japan and South Korea."""
    _demand_folder(folder)
    rows = _read(find_original(folder, "seed_claims.csv"), coded.seed_claims())
    return rows.sort_values("claim_id", ignore_index=True)


def _demand_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    fault = Fault(
        str(folder),
        "folder",
        "the hand-coded tables must be in a folder coding, inside the sources folder or beside it",
        "no such folder",
        "a folder with legal_constraints_a.csv and the others",
        "put it there; without one, edit the tables of data/raw themselves",
    )
    raise FaultsError([fault])


def _read(path: Path, schema: pa.DataFrameSchema, **constant: str) -> pd.DataFrame:
    """Return the columns of the schema, in its types; ``constant`` ones are filled in."""
    columns = [name for name in schema.columns if name not in constant]
    cells = read_original(path, columns, text=True).assign(**constant)
    cells = cells.replace(NOT_ESTABLISHED, "")
    if "in_seed" in cells:
        cells = cells.assign(in_seed=cells["in_seed"].replace(YES_NO))
    rows, unreadable = typed(cells[list(schema.columns)], schema, str(path))
    raise_if_any(list(unreadable.values()))
    return rows
