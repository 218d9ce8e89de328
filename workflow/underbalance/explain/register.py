"""What the registry of sources states: whom to cite for a facts table, and what it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from underbalance.explain.reading import short_names
from underbalance.registry import is_covered, last_year_of


@dataclass(frozen=True)
class Register:
    """The registry, asked again and again.

    Parameters
    ----------
    sources : config/sources.csv (:func:`underbalance.registry.read_sources`).
    keys : iso3 and year of the ally-years that will be asked for, of which coverage is found
        together.
    """

    sources: pd.DataFrame
    keys: pd.DataFrame
    _covered: dict[Any, dict[tuple[str, int], bool]] = field(default_factory=dict, repr=False)
    _last_years: dict[str, int] = field(default_factory=dict, repr=False)

    def source(self, table: str, name: str = "") -> str:
        """Return author, year and version behind a facts table, or behind one source of it."""
        return self.cited[table, name]

    def last_year(self, table: str) -> int:
        """Return the last year that is stated for a facts table."""
        if table not in self._last_years:
            self._last_years[table] = last_year_of(self.sources, table)
        return self._last_years[table]

    def covers(self, table: str, iso3: str, year: int, source: str | None = None) -> bool:
        """Say whether a facts table (or one source of it) covers an ally in a year."""
        known = self._covered.setdefault((table, source), {})
        if (iso3, year) not in known:
            asked = pd.DataFrame({"iso3": [iso3], "year": [year]})
            keys = asked if known else pd.concat([asked, self.keys], ignore_index=True)
            covered = is_covered(self.sources, table, keys["iso3"], keys["year"], source)
            known.update(zip(zip(keys["iso3"], keys["year"], strict=True), covered, strict=True))
        return bool(known[iso3, year])

    @cached_property
    def cited(self) -> dict[tuple[str, str], str]:
        """Author, year and version by table and source, and by table alone for all its sources."""
        cited: dict[tuple[str, str], str] = {}
        for row in self._of("").to_dict("records"):
            text = f"{short_names(row['authors'])} {row['published']}, {row['version']}"
            cited[row["table"], row["source"]] = text
            before = cited.get((row["table"], ""))
            cited[row["table"], ""] = f"{before}; {text}" if before else text
        return cited

    def source_of_extension(self, table: str, name: str, iso3: str) -> str:
        """Return author, year and version of what an extension has for a facts table.

        Parameters
        ----------
        name : one of its sources, for a table that says whose its rows are.
        """
        rows = self._of(iso3)
        rows = rows[rows["table"] == table]
        named = rows[rows["source"] == name]
        return "; ".join(
            f"{short_names(row['authors'])} {row['published']}, {row['version']}"
            for row in (rows if named.empty else named).to_dict("records")
        )

    def _of(self, extension: str) -> pd.DataFrame:
        if "extension" not in self.sources:
            return self.sources
        return self.sources[self.sources["extension"] == extension]
