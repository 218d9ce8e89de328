"""ally_year for other programs: Parquet and Stata."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd

from underbalance.config import Coding
from underbalance.schemas.processed import ally_year
from underbalance.tables import check_frame, write_table, written_whole

# Stata writes the time of saving into the file; a fixed one keeps the bytes the same
FIXED_TIME = datetime(2000, 1, 1)
LONGEST_LABEL = 80


def write_ally_year(
    table: pd.DataFrame,
    csv: Path,
    parquet: Path,
    stata: Path,
    codings: Mapping[str, Coding],
    codebook: pd.DataFrame,
) -> None:
    """Write ally_year in its three formats, checked against its schema."""
    checked = check_frame(table, ally_year(codings), str(csv))
    write_table(checked, csv)
    write_parquet(checked, parquet)
    labels = variable_labels(codebook, "ally_year")
    write_stata(checked, stata, labels, "Underbalance: obstacles and cooperation by ally and year")


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet."""
    with written_whole(path) as part:
        table.to_parquet(part, index=False, compression="zstd")


def write_stata(table: pd.DataFrame, path: Path, labels: dict[str, str], title: str) -> None:
    """Write a table as Stata 14+ file with variable labels (units in parentheses).

    Logical columns become 0/1, whole numbers with missing values become doubles.
    """
    logical = table.select_dtypes(["bool", "boolean"]).columns
    whole = table.select_dtypes("Int64").columns
    plain = table.astype(dict.fromkeys([*logical, *whole], "float64"))
    complete = [c for c in [*logical, *whole] if plain[c].notna().all()]
    plain = plain.astype(dict.fromkeys(complete, "int32"))
    with written_whole(path) as part:
        plain.to_stata(
            part,
            write_index=False,
            version=118,
            time_stamp=FIXED_TIME,
            data_label=title[:LONGEST_LABEL],
            variable_labels={c: labels[c][:LONGEST_LABEL] for c in plain.columns},
        )


def variable_labels(codebook: pd.DataFrame, table: str) -> dict[str, str]:
    """Return label and unit of every column of a table, from the codebook."""
    rows = codebook[codebook["table"] == table]
    return {
        row["name"]: f"{row['label']} ({row['unit']})" if row["unit"] else row["label"]
        for row in rows.to_dict("records")
    }
