"""The tables of a project, read lazily: facts tables, results, and the user's own.

The tables were checked before the results were made; here they are only read, each once and
without its schema, so that an answer takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.explain.raw_rows import with_extensions
from underbalance.explain.reading import demand, read_plain
from underbalance.explain.rows import Index, Row
from underbalance.own.definitions import Own, read_own
from underbalance.places import in_run
from underbalance.registry import RAW_FOLDER

PROCESSED_FOLDER = "data/processed"
ALLY_YEAR = "ally_year"


@dataclass(frozen=True)
class Tables:
    """The tables of a project, each read when it is first asked for.

    Parameters
    ----------
    root : the project's folder.
    """

    root: Path = Path()
    _frames: dict[Path, Any] = field(default_factory=dict, repr=False, compare=False)
    _indices: dict[tuple[str, str], Index] = field(default_factory=dict, repr=False, compare=False)

    def raw(self, table: str) -> Index:
        """Return the rows of a facts table: a whole number with missing cells is a float."""
        own = table in self.own.tables
        return self._index(self.own.file(table).parent if own else RAW_FOLDER, table)

    def made(self, name: str) -> Index:
        """Return the rows of a table of data/processed, such as ``leader_spells``."""
        return self._index(Path(in_run(PROCESSED_FOLDER)), name)

    def of(self, table: str, iso3: str) -> list[Row]:
        """Return the rows of an ally in a facts table."""
        return self.raw(table).of(iso3)

    def of_year(self, table: str, iso3: str, year: int) -> list[Row]:
        """Return the rows of an ally-year in a facts table."""
        return self.raw(table).of_year(iso3, year)

    def processed(self, name: str) -> pd.DataFrame:
        """Return a table of data/processed as a frame, such as ``outcomes/effort``."""
        return self._read(Path(in_run(f"{PROCESSED_FOLDER}/{name}.csv")))

    def first_and_last_year(self) -> tuple[int, int]:
        """Return the years that ally_year begins and ends with."""
        return int(self.ally_year["year"].min()), int(self.ally_year["year"].max())

    @cached_property
    def ally_year(self) -> pd.DataFrame:
        """The coded table, a row per ally and year."""
        path = self.root / in_run(f"{PROCESSED_FOLDER}/{ALLY_YEAR}.parquet")
        demand(path, "it is a result, and results are made by `make`")
        return pd.read_parquet(path)

    def has_processed(self, name: str) -> bool:
        """Say whether a table of data/processed was made."""
        return (self.root / in_run(f"{PROCESSED_FOLDER}/{name}.csv")).is_file()

    @cached_property
    def own(self) -> Own:
        """The user's own variables and outcomes."""
        return read_own(self.root)

    def _index(self, folder: Path, name: str) -> Index:
        # the name tells folders apart as well, and is found faster than a path
        if (folder.name, name) not in self._indices:
            rows = self._read(folder / f"{name}.csv")
            if folder == RAW_FOLDER:
                rows = with_extensions(rows, name, self.root)
            self._indices[folder.name, name] = Index(rows)
        return self._indices[folder.name, name]

    def _read(self, path: Path) -> pd.DataFrame:
        if path not in self._frames:
            demand(self.root / path, "data/raw comes with the project, the rest is made by `make`")
            self._frames[path] = read_plain(self.root / path)
        frame: pd.DataFrame = self._frames[path]
        return frame
