"""Accepting freshly parsed facts tables: all of them, or none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from underbalance.registry import RAW_FOLDER, SOURCES_FILE, sha256
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table, write_table, written_whole


def accept(
    staged: Sequence[Path], raw: Path = RAW_FOLDER, registry: Path = SOURCES_FILE
) -> dict[str, str]:
    """Move staged facts tables to ``raw``, write their SHA-256 to the registry, unstage them.

    All tables are read and held to their schemas first, so that a broken one leaves
    everything as it was.

    Returns
    -------
    The SHA-256 of each table by name.
    """
    for path in staged:
        read_table(path, FACTS[path.stem]())
    hashes = {path.stem: sha256(path) for path in staged}
    for path in staged:
        with written_whole(raw / path.name) as part:
            shutil.copyfile(path, part)
    sources = pd.read_csv(registry, dtype="str", keep_default_na=False)
    renewed = sources["table"].map(hashes).fillna(sources["sha256"])
    write_table(sources.assign(sha256=renewed), registry)
    for path in staged:
        path.unlink()
    return hashes
