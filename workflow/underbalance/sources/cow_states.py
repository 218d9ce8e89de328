"""Numbers of states of the Correlates of War project → iso3 of listed allies and rivals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.registry import RIVALS_FILE

USA = 2
GERMANY, WEST_GERMANY = 255, 260
UNIFICATION = 1990
UNLISTED = "every state that faces a listed ally or the USA must be listed"


def iso3_by_cow_code(*lists: pd.DataFrame) -> dict[int, str]:
    """Return the iso3 code of every Correlates of War number in lists of states.

    The Federal Republic has the number 260 to 1990 and 255, that of the German Empire,
    since: both are Germany. Predecessors that are not listed (Czechoslovakia 315,
    Yugoslavia 345, the German Democratic Republic 265) have no entry.
    """
    states = pd.concat(lists, ignore_index=True)
    codes = dict(zip(states["cow_code"].astype(int), states["iso3"], strict=True))
    return codes | ({WEST_GERMANY: codes[GERMANY]} if GERMANY in codes else {})


def without_second_germany(rows: pd.DataFrame, code: str, key: list[str]) -> pd.DataFrame:
    """Keep one row per key where a source has both numbers of Germany in a year.

    From 1990 on it is the united Germany of 31 December, before it the Federal Republic.
    Other rows of one key stay: a release that has such is told by the schema of the table.
    """
    united = rows["year"] >= UNIFICATION
    other = (united & (rows[code] == WEST_GERMANY)) | (~united & (rows[code] == GERMANY))
    return rows[~(other & rows.duplicated(key, keep=False))]


def demand_listed(rows: pd.DataFrame, files: Mapping[str, Path], codes: Mapping[int, str]) -> None:
    """Raise a fault for every state that faces an ally or the USA but is in no list of states.

    Parameters
    ----------
    rows : ``ccode2``, the state that faces it, and ``list``, what it was read from.
    files : the file of each ``list``.

    Raises
    ------
    FaultsError : one for each Correlates of War number without an iso3 code.
    """
    unlisted = rows.loc[~rows["ccode2"].isin(list(codes)), ["list", "ccode2"]]
    unlisted = unlisted.drop_duplicates().sort_values(["list", "ccode2"]).astype({"ccode2": int})
    raise_if_any(
        [
            Fault(
                str(files[name]),
                f"state {number}",
                UNLISTED,
                f"Correlates of War number {number}",
                f"a cow_code of {RIVALS_FILE.as_posix()} or of the list of allies",
                f"add a line with its iso3 code, name and number to {RIVALS_FILE.as_posix()}",
            )
            for name, number in unlisted.itertuples(index=False)
        ]
    )
