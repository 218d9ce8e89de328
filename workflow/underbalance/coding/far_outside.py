"""Values of an added ally that lie far outside what the reference sample has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from underbalance.coding.order import used_by
from underbalance.config import Coding

# ASSUME: a value that is this many standard deviations beyond the extremes of the reference
# sample is one for which a model can only extrapolate
BEYOND: Final = 1.0


@dataclass(frozen=True)
class Far:
    """A variable of which an ally has values far outside the reference sample.

    Parameters
    ----------
    variable : column of ally_year.
    years, known : ally-years that lie so, and those with a value.
    value : the one that lies farthest out.
    deviations : of that value from the mean of the reference rows, in their standard deviations.
    low, high : the extremes of the reference rows.
    """

    variable: str
    years: int
    known: int
    value: float
    deviations: float
    low: float
    high: float

    def in_words(self) -> str:
        """Return a sentence without its full stop."""
        return (
            f"{self.variable} lies far outside the reference sample in {self.years} of "
            f"{self.known} years: {self.value:.3g} is {abs(self.deviations):.1f} standard "
            f"deviations from its mean; the reference sample has {self.low:.3g} to {self.high:.3g}"
        )


def far_outside(years: pd.DataFrame, iso3: str, variables: Iterable[str]) -> list[Far]:
    """Return the variables of which an ally has values far outside the reference sample.

    Parameters
    ----------
    years : the table ally_year: iso3, is_ally, in_reference and the variables.
    iso3 : the ally; its years that count are looked at.
    variables : columns of numbers.
    """
    own = years[(years["iso3"] == iso3) & years["is_ally"].astype(bool)]
    reference = years[years["in_reference"].astype(bool)]
    found = (_far(name, own[name], reference[name]) for name in variables)
    return [one for one in found if one is not None]


def of_main_codings(codings: Mapping[str, Coding]) -> list[str]:
    """Return the codings that bear the name of their concept, and what they are made of."""
    main = [name for name, coding in codings.items() if name == coding.concept]
    used = used_by(codings, main)
    parts = [part.variable for coding in used.values() for part in coding.components]
    return list(dict.fromkeys([*main, *parts]))


def _far(name: str, own: pd.Series, reference: pd.Series) -> Far | None:
    values, known = (cells.dropna().astype("float64") for cells in (own, reference))
    deviation = known.std()
    if values.empty or not deviation > 0:
        return None
    low, high = known.min(), known.max()
    beyond = pd.concat([low - values, values - high], axis=1).max(axis=1) / deviation
    out = beyond > BEYOND
    if not out.any():
        return None
    value = float(values.to_numpy()[beyond.to_numpy().argmax()])
    return Far(
        name,
        int(out.sum()),
        len(values),
        value,
        (value - float(known.mean())) / float(deviation),
        float(low),
        float(high),
    )
