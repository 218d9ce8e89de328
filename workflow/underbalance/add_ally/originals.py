"""What the original releases have on an ally, by the parsers that made the shipped tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from underbalance.add_ally.rivals import RIVALRIES, Rivals, to_be_listed
from underbalance.add_ally.schema import schema_of
from underbalance.errors import Fault, FaultsError
from underbalance.schemas.of_ally import FOLLOWS, OF_RIVALS_TOO, ally_column, of_one_ally
from underbalance.sources.cow_states import UNLISTED
from underbalance.sources.facts import parse_facts, source_folder
from underbalance.tables import check_frame

SHOWN = 5


def parse_originals(
    folder: Path, allies: pd.DataFrame, rivals: Rivals, sources: pd.DataFrame
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Return the rows of an ally in every table that could be made, and why others could not.

    Parameters
    ----------
    folder : one folder per source, named as in config/sources.csv.
    allies : the listed allies and this one: some parsers need the others to know a file.
    rivals : the states beside the ally; those that the originals name as its rivals, and the
        numbers of those that no list has, are noted in it.
    sources : config/sources.csv.

    Returns
    -------
    The tables by name, without those that are of no single ally, and with no row where the
    source has none; and the reason by name of table.
    """
    made: dict[str, pd.DataFrame] = {}
    not_made: dict[str, str] = {}
    iso3 = rivals.iso3
    # first what says whose capabilities and which distances are wanted
    for table in sorted(of_one_ally(), key=lambda name: name != RIVALRIES):
        needed = sources.loc[sources["table"] == table, "source"]
        if absent := _absent(needed, folder):
            not_made[table] = f"no folder {', '.join(absent)}"
            continue
        try:
            parsed = parse_facts(table, folder, allies, rivals.for_parsers)
            rows = _of_ally(table, parsed, rivals, made)
            made[table] = check_frame(rows, schema_of(table, iso3, rivals), f"{table} of {iso3}")
        except FaultsError as error:
            not_made[table] = _in_words(error.faults)
            if unlisted := _unlisted(error.faults):
                rivals.unlisted |= unlisted
                not_made[table] += f"; {to_be_listed(iso3, unlisted)}"
        if table == RIVALRIES and table in made:
            rivals.named |= {*made[table]["rival"]}
    return made, not_made


def _absent(sources: Iterable[str], folder: Path) -> list[str]:
    return [source for source in sources if not source_folder(source, folder).is_dir()]


def _in_words(faults: Sequence[Fault]) -> str:
    """Return what must hold, and for what it does not, in one line."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.rule, []).append(fault.value)
    return "; ".join(
        f"{rule} ({', '.join(list(dict.fromkeys(values))[:SHOWN])})"
        for rule, values in found.items()
    )


def _unlisted(faults: Sequence[Fault]) -> set[int]:
    """Return the Correlates of War numbers of the states that no list has."""
    return {int(f.value.rpartition(" ")[2]) for f in faults if f.rule == UNLISTED}


def _of_ally(
    table: str, rows: pd.DataFrame, rivals: Rivals, made: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    if table in FOLLOWS:
        leader, number = FOLLOWS[table]
        own = made[leader][number] if leader in made else pd.Series(dtype="Int64")
        return rows[rows[number].isin(own)].reset_index(drop=True)
    wanted = [rivals.iso3, *(rivals.named if table in OF_RIVALS_TOO else ())]
    return rows[rows[ally_column(table)].isin(wanted)].reset_index(drop=True)
