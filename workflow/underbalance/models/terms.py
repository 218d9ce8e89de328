"""How the terms of a model are called."""

from __future__ import annotations

from dataclasses import dataclass

from underbalance.specifications import (
    LOW_LOW,
    Specification,
    predictions,
    product_name,
)

LAG = "_lag1"


@dataclass(frozen=True)
class Predicted:
    """A term of an estimated model and what a hypothesis predicts of it.

    Parameters
    ----------
    hypothesis : H1 to H4, or R1 to R3.
    term : as in the tidy result.
    sign : 1 or -1, of the coefficient.
    """

    hypothesis: str
    term: str
    sign: int


def tested_terms(spec: Specification) -> tuple[Predicted, ...]:
    """Return what is tested in a specification, rivals included, by the names of its terms."""
    return tuple(
        Predicted(one.hypothesis, lag_name(one.term), 1 if one.sign == "+" else -1)
        for one in predictions(spec)
    )


def obstacle_terms(spec: Specification) -> list[str]:
    """Return the terms of the obstacles: each, or that all are low; then their products."""
    return [lag_name(name) for name in spec.tested]


def rival_terms(spec: Specification) -> list[str]:
    """Return the terms of the rivals."""
    return [lag_name(name) for name in spec.rivals]


def regressors(spec: Specification) -> list[str]:
    """Return the numeric columns of a design in model order."""
    first = [LOW_LOW] if spec.low_low else list(spec.obstacles)
    products = [product_name(*pair) for pair in spec.products]
    lagged = [lag_name(name) for name in (*first, *products, *spec.rivals)]
    return [*lagged, *spec.controls]


def lag_name(variable: str) -> str:
    """Return the name of a variable as of the year before."""
    return f"{variable}{LAG}"
