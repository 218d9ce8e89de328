"""WhoGov, REIGN and Archigos → facts table ``leaders``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources import archigos, reign, whogov


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return the spells of all three sources stacked; cleaning merges them into one line.

    Parameters
    ----------
    folder : holds the folders ``whogov``, ``reign`` and ``archigos``.
    allies : the listed allies (:func:`underbalance.registry.read_allies`).
    """
    parts = [
        archigos.parse(folder / "archigos", allies),
        reign.parse(folder / "reign", allies),
        whogov.parse(folder / "whogov", allies),
    ]
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.sort_values(["iso3", "source", "start", "leader", "end"], ignore_index=True)
