"""Codings that are made of other codings: in which order, and that there is no circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from underbalance.config import CODINGS_FILE, Coding
from underbalance.errors import Fault, raise_if_any


def in_order(codings: Mapping[str, Coding]) -> dict[str, Coding]:
    """Return the codings with every one after those it is made of, else in their own order.

    Raises
    ------
    FaultsError : for each circle.
    """
    raise_if_any(circle_faults(codings))
    return used_by(codings, codings)


def used_by(codings: Mapping[str, Coding], names: Iterable[str]) -> dict[str, Coding]:
    """Return the codings among ``names`` and all they are made of, in order.

    Names that are no coding (other variables) are passed over. Circles must be ruled out
    before (:func:`circle_faults`).
    """
    found: dict[str, Coding] = {}
    for name in names:
        if name in codings and name not in found:
            parts = [part.variable for part in codings[name].components]
            found |= used_by(codings, [part for part in parts if part not in found])
            found[name] = codings[name]
    return found


def circle_faults(codings: Mapping[str, Coding]) -> list[Fault]:
    """Return one fault for each circle of codings made of one another."""
    circles: dict[frozenset[str], tuple[str, ...]] = {}
    for name in codings:
        if circle := _circle(name, codings, ()):
            circles.setdefault(frozenset(circle), circle)
    return [
        Fault(
            CODINGS_FILE.as_posix(),
            f"coding {circle[0]}",
            "a coding must not be made of itself",
            " → ".join(circle),
            "components that are columns of ally_year, or codings made of such",
            "take one of the components out",
        )
        for circle in circles.values()
    ]


def _circle(name: str, codings: Mapping[str, Coding], within: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first circle that leads back to where it began, or nothing."""
    if name in within:
        return (*within, name) if name == within[0] else ()
    if name not in codings:
        return ()
    for part in codings[name].components:
        if found := _circle(part.variable, codings, (*within, name)):
            return found
    return ()
