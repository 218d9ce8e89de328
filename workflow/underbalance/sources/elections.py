"""PPEG and Democratic Electoral Systems → facts table ``elections``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources import democratic_electoral_systems, ppeg


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return both sources stacked; which of the two is used is decided in cleaning.

    ``folder`` is the folder that holds the folders of the sources.
    """
    parts = [
        democratic_electoral_systems.parse(folder / "democratic_electoral_systems", allies),
        ppeg.parse(folder / "ppeg", allies),
    ]
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.sort_values(["iso3", "date", "source"], ignore_index=True)
