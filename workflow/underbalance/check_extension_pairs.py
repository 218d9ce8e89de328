"""Facts tables of extensions that are in force together: what both have they must have alike."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from underbalance.contradictions import contradiction_faults, contradictions
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import file_of, has_table, with_in_force
from underbalance.schemas.facts import FACTS
from underbalance.schemas.of_ally import of_one_ally
from underbalance.tables import read_table

MEND = "correct the one that is wrong, or take the rows out of one of them"


def pair_faults(codes: Iterable[str]) -> list[Fault]:
    """Return the rows of two extensions that have the same key, but differ.

    Capabilities of a rival that two allies share may be in both: the same row is read once,
    another row would be a second one of the same state and year.

    Parameters
    ----------
    codes : of extensions that are sound, each for itself.
    """
    pairs = list(combinations(sorted(codes), 2))
    return [fault for one, other in pairs for fault in _between(one, other)]


def _between(one: str, other: str) -> list[Fault]:
    faults: list[Fault] = []
    with with_in_force([one, other]):
        for table in of_one_ally():
            if not (has_table(one, table) and has_table(other, table)):
                continue
            schema, paths = FACTS[table](), (file_of(one, table), file_of(other, table))
            try:
                rows, others = (read_table(path, schema, comments=True) for path in paths)
            except FaultsError:
                continue  # told with the extension whose table it is
            found = contradictions(others, rows, list(schema.unique or []))
            first, second = (path.as_posix() for path in paths)
            faults += contradiction_faults(found, second, first, MEND)
    return faults
