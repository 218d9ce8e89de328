"""How one coding turns variables into an index: transformations, weights and aggregation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from underbalance.coding.cuts import are_above
from underbalance.coding.order import in_order
from underbalance.config import CODINGS_FILE, Coding, Component
from underbalance.errors import Fault, raise_if_any


@dataclass(frozen=True)
class Scale:
    """The transformation of one component, with its numbers.

    Parameters
    ----------
    variable, sign : of the component; the sign turns a variable of which less is more of an
        obstacle.
    transform : ``z`` = sign · (x − mean) / sd; ``rescale`` = (x − low) / (high − low), or one
        minus that for a negative sign; ``above`` = 1 if sign · x > cut, else 0; ``none`` =
        sign · x.
    mean, sd : of the reference rows, sd with n − 1 (``z``).
    low, high : the possible range (``rescale``).
    cut : quantile of sign · x in the reference rows, interpolated linearly (``above``).
    weight : with which the component enters a sum of all (first principal component), else 1.
    """

    variable: str
    sign: int
    transform: Literal["z", "rescale", "above", "none"]
    mean: float | None = None
    sd: float | None = None
    low: float | None = None
    high: float | None = None
    cut: float | None = None
    weight: float = 1.0

    def apply(self, values: pd.Series) -> pd.Series:
        """Return the transformed values; missing stays missing."""
        numbers = values.astype("float64")
        match self.transform:
            case "z":
                assert self.mean is not None
                assert self.sd is not None
                return self.sign * (numbers - self.mean) / self.sd
            case "rescale":
                assert self.low is not None
                assert self.high is not None
                share = (numbers - self.low) / (self.high - self.low)
                return share if self.sign == 1 else 1 - share
            case "above":
                assert self.cut is not None
                above = are_above(self.sign * numbers, self.cut).astype("float64")
                return above.where(numbers.notna())
            case _:
                return self.sign * numbers


@dataclass(frozen=True)
class Recipe:
    """A coding with the numbers that its reference rows give.

    Parameters
    ----------
    name, coding : the index and its definition.
    scales : one for each component, in their order.
    """

    name: str
    coding: Coding
    scales: tuple[Scale, ...]

    def scores(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the transformed components, one column each, named by their variables."""
        return pd.DataFrame(
            {scale.variable: scale.apply(table[scale.variable]) for scale in self.scales}
        )

    def index(self, scores: pd.DataFrame) -> pd.Series:
        """Return the index of scores; missing where too few components are observed."""
        enough = scores.notna().sum(axis=1) >= self.coding.min_components
        if self.coding.aggregate == "mean":
            return scores.mean(axis=1).where(enough)
        return (scores * [scale.weight for scale in self.scales]).sum(axis=1).where(enough)


def recipes(
    table: pd.DataFrame, codings: Mapping[str, Coding], references: Mapping[str, pd.Series]
) -> dict[str, Recipe]:
    """Return the recipe of every coding on a table that holds the codings already.

    Parameters
    ----------
    table : ally-years with all variables, ``in_reference``, and every coding that is a
        component of another.
    references : reference rows of codings that have their own (:func:`reference_of`).
    """
    return {
        name: recipe(table, name, coding, reference_of(table, name, references))
        for name, coding in in_order(codings).items()
    }


def recipe(table: pd.DataFrame, name: str, coding: Coding, in_reference: pd.Series) -> Recipe:
    """Return the recipe of a coding: the numbers of its transformations.

    Parameters
    ----------
    table : ally-years with the component variables.
    in_reference : the rows on which means, deviations, thresholds and weights are taken.

    Raises
    ------
    FaultsError : for an unknown variable, one that does not vary in the reference rows, and
        a reference without rows.
    """
    reference = table[in_reference.astype(bool)]
    raise_if_any(_faults(table, reference, name, coding))
    scales = tuple(_scale(part, coding, reference[part.variable]) for part in coding.components)
    made = Recipe(name, coding, scales)
    if coding.aggregate != "first_component":
        return made
    weights = first_component(made.scores(reference).dropna())
    weighed = zip(scales, weights, strict=True)
    return replace(made, scales=tuple(replace(s, weight=float(w)) for s, w in weighed))


def reference_of(table: pd.DataFrame, name: str, references: Mapping[str, pd.Series]) -> pd.Series:
    """Return the reference rows of a coding: its own, else those of config/config.yaml."""
    return references.get(name, table["in_reference"])


def first_component(scores: pd.DataFrame) -> np.ndarray:
    """Return the weights of the first principal component of complete z-scores.

    The eigenvector of unit length of the correlation matrix with the largest eigenvalue
    (Jolliffe 2002, chapter 2), turned so that its weights add up to more than zero: more is
    more of an obstacle.
    """
    vectors = np.linalg.eigh(np.corrcoef(scores.to_numpy(), rowvar=False))[1]
    weights: np.ndarray = vectors[:, -1]
    return weights if weights.sum() > 0 else -weights


def _scale(part: Component, coding: Coding, values: pd.Series) -> Scale:
    numbers = values.astype("float64")
    plain = Scale(part.variable, part.sign, coding.transform)
    match coding.transform:
        case "z":
            return replace(plain, mean=float(numbers.mean()), sd=float(numbers.std()))
        case "rescale":
            assert part.range is not None  # the configuration demands it
            return replace(plain, low=part.range[0], high=part.range[1])
        case "above":
            assert coding.quantile is not None  # the configuration demands it
            return replace(plain, cut=float((part.sign * numbers).quantile(coding.quantile)))
    return plain


def _faults(table: pd.DataFrame, reference: pd.DataFrame, name: str, coding: Coding) -> list[Fault]:
    numeric = list(table.select_dtypes(["number", "boolean"]).columns)
    variables = [part.variable for part in coding.components]
    unknown = [variable for variable in variables if variable not in numeric]
    faults = [
        _fault(name, "unknown component", v, f"a numeric column of ally_year: {', '.join(numeric)}")
        for v in unknown
    ]
    if reference.empty:
        rule = "the reference sample must have rows"
        return [*faults, _fault(name, rule, "no ally-year", "one ally-year or more")]
    standardised = [v for v in variables if v in numeric and coding.transform in ("z", "above")]
    constant = [v for v in standardised if reference[v].nunique(dropna=True) < 2]
    rule = "a component must vary in the reference sample"
    told = {v: "one value" if reference[v].notna().any() else "no known value" for v in constant}
    place = f"`reference` of {name}" if coding.reference else "`reference` in config/config.yaml"
    mend = f"take another variable, or widen {place}"
    return faults + [
        _fault(name, rule, f"{v}: {found}", "two values or more", mend) for v, found in told.items()
    ]


def _fault(
    name: str,
    rule: str,
    value: str,
    allowed: str,
    mend: str = "correct the variable, or the reference sample in config/config.yaml",
) -> Fault:
    return Fault(
        CODINGS_FILE.as_posix(),
        f"coding {name}",
        rule,
        value,
        allowed,
        mend,
    )
