"""What is tried for sensitivity: the obstacle of each primary model, and how to vary it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from underbalance.models.terms import lag_name
from underbalance.specifications import Specification, product_name

HYPOTHESES: Final = ("H2", "H3", "H4")
LABELS: Final = ["spec_id", "hypothesis", "term"]


@dataclass(frozen=True)
class PrimaryTest:
    """A term of a primary model that a hypothesis on obstacles speaks to.

    Parameters
    ----------
    variables : the obstacle, or the two whose product it is.
    term : as in the tidy result.
    primary_term : that of the primary model, whatever was varied.
    sign : predicted sign of the coefficient.
    """

    spec_id: str
    spec: Specification
    hypothesis: str
    variables: tuple[str, ...]
    term: str
    primary_term: str
    sign: int

    @property
    def labels(self) -> dict[str, str]:
        """Return what names the test in every table of this folder."""
        return {"spec_id": self.spec_id, "hypothesis": self.hypothesis, "term": self.primary_term}

    def varied(self, **changes: object) -> PrimaryTest:
        """Return the test in a specification with other fields.

        Raises
        ------
        pydantic.ValidationError : when they do not fit together.
        """
        return self._in(Specification.model_validate(self.spec.model_dump() | changes), {})

    def with_coding(self, variable: str, coding: str) -> PrimaryTest:
        """Return the test with another coding in the place of one of its variables."""
        names = {variable: coding}
        pairs = [tuple(names.get(name, name) for name in pair) for pair in self.spec.products]
        content = self.spec.model_dump() | {
            "obstacles": tuple(names.get(name, name) for name in self.spec.obstacles),
            "products": tuple(pairs),
            # their terms have other names now, and it is known here what is tested
            "tests": (),
        }
        return self._in(Specification.model_validate(content), names)

    def with_part(self, variable: str, parts: Sequence[str], part: str) -> PrimaryTest:
        """Return the test of one part of a variable, with all its parts in its place."""
        content = self.spec.model_dump() | {
            "obstacles": tuple(
                one
                for name in self.spec.obstacles
                for one in (parts if name == variable else [name])
            ),
            "tests": (),
        }
        return self._in(Specification.model_validate(content), {variable: part})

    def _in(self, spec: Specification, names: Mapping[str, str]) -> PrimaryTest:
        variables = tuple(names.get(name, name) for name in self.variables)
        term = lag_name(_name(variables))
        return replace(self, spec=spec, variables=variables, term=term)


def primary_tests(specs: Mapping[str, Specification]) -> list[PrimaryTest]:
    """Return the tests of H2, H3 and H4 in primary models, in the order of the models.

    Models of H1 hold the same obstacles as one indicator and are not tried again.
    """
    return [
        PrimaryTest(
            spec_id,
            spec,
            test.hypothesis,
            _variables(spec, test.term),
            lag_name(test.term),
            lag_name(test.term),
            1 if test.sign == "+" else -1,
        )
        for spec_id, spec in specs.items()
        if spec.role == "primary"
        for test in spec.tests
        if test.hypothesis in HYPOTHESES
    ]


def _variables(spec: Specification, name: str) -> tuple[str, ...]:
    products = {product_name(*pair): pair for pair in spec.products}
    return products.get(name, (name,))


def _name(variables: tuple[str, ...]) -> str:
    return variables[0] if len(variables) == 1 else product_name(variables[0], variables[1])
