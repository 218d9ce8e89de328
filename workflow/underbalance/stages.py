"""Reading and writing the tables of a stage by name, each held to its schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.coding.obstacles import code_ally_years
from underbalance.config import Coding, Group, Typology
from underbalance.extensions import extension_of
from underbalance.ledger import join_ledgers
from underbalance.samples import ReferenceRows
from underbalance.schemas.listed import all_facts, all_processed
from underbalance.schemas.processed import ally_year
from underbalance.tables import check_frame, read_table, write_table

# commitments as shipped, and the ties of extensions
ALLIANCE, TIES = "alliance", "ties"


def read_facts(paths: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Read facts tables; keys are their names.

    Several files of one name, the shipped table and those of extensions, are one table: the
    shipped rows first, and of rows that are the same the first. Only ``alliance`` stays as it
    is shipped, and the rows of extensions are the table ``ties``: formal commitments are known
    from it.
    """
    parts: dict[str, list[pd.DataFrame]] = {}
    schemas = all_facts()
    for path in map(Path, paths):
        rows = read_table(path, schemas[path.stem](), comments=bool(extension_of(path)))
        parts.setdefault(path.stem, []).append(rows)
    if len(commitments := parts.get(ALLIANCE, [])) > 1:
        parts |= {ALLIANCE: commitments[:1], TIES: commitments[1:]}
    return {name: _as_one(files) for name, files in parts.items()}


def read_shipped(paths: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Read facts tables without what extensions have for them; keys are their names."""
    return read_facts(path for path in paths if not extension_of(Path(path)))


def read_processed(path: str, name: str | None = None) -> pd.DataFrame:
    """Read a processed table; its name is that of the file unless given."""
    return read_table(Path(path), all_processed()[name or Path(path).stem]())


def read_tables(paths: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Read processed tables; keys are their names."""
    return {Path(p).stem: read_processed(p) for p in paths}


def read_outcomes(paths: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Read outcome tables; keys are their names."""
    return {Path(p).stem: read_processed(p, f"outcome.{Path(p).stem}") for p in paths}


def read_ledgers(paths: Iterable[str]) -> pd.DataFrame:
    """Read the ledgers of several steps as one."""
    return join_ledgers(read_processed(path, "ledger") for path in paths)


def write_processed(frame: pd.DataFrame, path: str, name: str | None = None) -> None:
    """Write a processed table; its name is that of the file unless given."""
    write_table(frame, Path(path), all_processed()[name or Path(path).stem]())


def coded_ally_years(job: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ally_year with the codings that a job uses, and the ledger of the coding.

    Parameters
    ----------
    job : with the inputs ``country_years`` and ``spells`` and the parameter ``coded``
        (``coded_with`` in workflow/rules/common.smk).
    """
    codings = codings_of(job.params.coded["codings"])
    references = references_of(job.params.coded["references"])
    years = read_processed(job.input.country_years)
    table, ledger = code_ally_years(years, read_processed(job.input.spells), codings, references)
    return check_frame(table, ally_year(codings), "ally_year"), ledger


def _as_one(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    first, *others = parts
    if not others:
        return first
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def codings_of(params: Mapping[str, Any]) -> dict[str, Coding]:
    """Make codings of the parameters of a rule."""
    return {name: Coding.model_validate(value) for name, value in params.items()}


def references_of(params: Mapping[str, Any]) -> dict[str, ReferenceRows]:
    """Make reference samples of the parameters of a rule."""
    return {
        name: ReferenceRows(group_of(rows["group"]), frozenset(rows["members"]), *rows["years"])
        for name, rows in params.items()
    }


def group_of(params: Mapping[str, Any]) -> Group:
    """Make a sample of the parameters of a rule."""
    return Group.model_validate(params)


def typology_of(params: Mapping[str, Any]) -> Typology:
    """Make the settings of the typology of the parameters of a rule."""
    return Typology.model_validate(params)
