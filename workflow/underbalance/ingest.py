"""Accepting freshly parsed facts tables: all of them, or none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from underbalance.check_facts import facts_faults
from underbalance.errors import raise_if_any
from underbalance.registry import RAW_FOLDER, SOURCES_FILE, read_shipped_sources, sha256
from underbalance.tables import remove_parts, write_table, written_whole


def accept(
    staged: Sequence[Path],
    raw: Path = RAW_FOLDER,
    registry: Path = SOURCES_FILE,
    registered: pd.DataFrame | None = None,
) -> dict[str, str]:
    """Move staged facts tables to ``raw``, write their SHA-256 to the registry, unstage them.

    All tables are held to their schemas and the registry's coverage first, so that a
    broken one leaves everything as it was. If this is killed, every table is whole, either the
    old or the new one, and the same call finishes it.

    Parameters
    ----------
    staged : the tables, named as in the registry.
    registered : the registry to hold them to and to write; default: as it stands.

    Returns
    -------
    The SHA-256 of each table by name.
    """
    registered = read_shipped_sources(registry) if registered is None else registered
    raise_if_any([f for path in staged for f in facts_faults(path.stem, path, registered)])
    hashes = {path.stem: sha256(path) for path in staged}
    renewed = registered["table"].map(hashes).fillna(registered["sha256"])
    remove_parts(raw)
    with ExitStack() as copies:
        for path in staged:
            shutil.copyfile(path, copies.enter_context(written_whole(raw / path.name)))
        # Every copy is whole before the first takes its place. The registry is the first: should
        # this be killed, `underbalance check` names the tables that it has not yet
        write_table(registered.assign(sha256=renewed), registry)
    for path in staged:
        path.unlink()
    return hashes
