"""Typed model specifications (config/models.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from underbalance.config import MODELS_FILE, Year
from underbalance.errors import Fault, raise_if_any
from underbalance.nearest import did_you_mean, nearest
from underbalance.strict import Strict, parse_named, wrong
from underbalance.yaml_files import read_yaml

Hypothesis = Literal["H1", "H2", "H3", "H4", "R1", "R2", "R3"]
Estimator = Literal[
    "panel", "within_between", "first_difference", "driscoll_kraay", "counts", "variance",
    "variance_pooled", "grouped", "linear_probability", "cox", "cox_breslow", "aft_weibull",
    "aft_loglogistic", "aft_exponential", "cause_specific", "fine_gray",
]  # fmt: skip

LOW_LOW = "low_low"
# what a specification does not take over from the one that it is like
OWN = ("title", "role")
# which rival explanation a variable stands for
RIVALS: dict[str, Hypothesis] = {"threat": "R1", "us_troops_per_1000": "R2", "gdp_share": "R3"}
# rivals predict more and faster cooperation: they are tested where that is the outcome
TESTED_WITH: tuple[Hypothesis, ...] = ("H2", "H3")


def _two_years(years: object) -> object:
    if isinstance(years, list | tuple) and len(years) == 2:
        return years
    raise wrong(
        "years are the first and the last",
        found=repr(years),
        allowed="[first, last]",
        mend="write both, in brackets: [1991, 2021]",
    )


def _in_order(years: tuple[int, int]) -> tuple[int, int]:
    first, last = years
    if first <= last:
        return years
    raise wrong(
        "the first year must not be after the last",
        found=f"[{first}, {last}]",
        allowed="[first, last]",
        mend=f"write [{last}, {first}]",
    )


Years = Annotated[tuple[Year, Year], BeforeValidator(_two_years), AfterValidator(_in_order)]


class Prediction(Strict):
    """The sign that a hypothesis predicts for a coefficient."""

    hypothesis: Hypothesis
    term: str
    sign: Literal["+", "-"]


class Specification(Strict):
    """A model of config/models.yaml."""

    title: str
    role: Literal["primary", "beside", "robustness"]
    outcome: str
    measure: str | None = None
    estimator: Estimator
    sample: str | None = None
    years: Years
    every: Annotated[int, Field(strict=True, ge=1, le=20)] = 1
    obstacles: tuple[str, ...] = Field(min_length=1)
    low_low: bool = False
    products: tuple[tuple[str, str], ...] = ()
    rivals: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    only: dict[str, bool | int | str] = Field(default_factory=dict)
    only_lagged: dict[str, bool | int | str] = Field(default_factory=dict)
    without: tuple[str, ...] = ()
    tests: tuple[Prediction, ...] = ()
    note: str = ""

    @property
    def lagged(self) -> tuple[str, ...]:
        """Variables of ally_year that enter as of the year before."""
        return (*self.obstacles, *self.rivals)

    @property
    def of_ally_year(self) -> tuple[str, ...]:
        """Variables of ally_year that the model rests on, those of conditions included."""
        conditions = (name.removesuffix("_components") for name in self.only_lagged)
        return (*self.lagged, *conditions)

    @property
    def tested(self) -> tuple[str, ...]:
        """What can be tested: the obstacles, or that all are low, and their products."""
        first = (LOW_LOW,) if self.low_low else self.obstacles
        return (*first, *(product_name(*pair) for pair in self.products))

    @model_validator(mode="after")
    def _fits_together(self) -> Specification:
        self._check_terms()
        self._check_tests()
        return self

    def _check_terms(self) -> None:
        lagged = [*self.lagged, *(product_name(*pair) for pair in self.products)]
        for names in (lagged, [*self.controls, *self.categories]):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise wrong(
                    "a variable enters a model once",
                    found=", ".join(twice),
                    allowed="each variable once",
                    mend="take it out of one of the lists",
                )
        if self.low_low and self.products:
            raise wrong(
                "low_low takes the place of the obstacles: there are no products",
                key="products",
                found=", ".join(product_name(*pair) for pair in self.products),
                allowed="no products",
                mend="write `products: []`, or leave out low_low",
            )

    def _check_tests(self) -> None:
        """Refuse tests that cannot be; whether their terms are there is checked with others."""
        keys = [(test.hypothesis, test.term) for test in self.tests]
        for test in self.tests:
            if test.hypothesis in RIVALS.values():
                raise _wrong_tests(
                    "R1, R2 and R3 are tested by themselves",
                    test.hypothesis,
                    "H1, H2, H3, H4",
                    "leave this test out",
                )
            if keys.count((test.hypothesis, test.term)) > 1:
                raise _wrong_tests(
                    "a term is tested once for a hypothesis",
                    f"{test.hypothesis} of {test.term}",
                    "each once",
                    "take out one of the two",
                )
        if len({test.sign for test in self.tests}) > 1:
            raise _wrong_tests(
                "all tests of a model have the same sign",
                ", ".join(f"{test.term} {test.sign}" for test in self.tests),
                'all "+" or all "-"',
                "put the other tests into an entry of their own",
            )


def read_models(path: Path = MODELS_FILE) -> dict[str, Specification]:
    """Read config/models.yaml: specifications by id, each whole, whatever it is like.

    Raises
    ------
    FaultsError : every fault of every entry.
    """
    return parse_models(read_yaml(path), str(path))


def parse_models(content: Mapping[str, Any], file: str) -> dict[str, Specification]:
    """Complete entries by what they are like, and check them."""
    raise_if_any(_like_faults(content, file))
    whole = {name: _whole(name, content) for name in content}
    return parse_named(whole, Specification, file)


def predictions(spec: Specification) -> tuple[Prediction, ...]:
    """Return the tests of a specification and those of its rivals.

    Rivals are tested in the models of H2 and H3, with the sign opposite to the obstacles'.
    """
    opposite = {
        "-" if test.sign == "+" else "+" for test in spec.tests if test.hypothesis in TESTED_WITH
    }
    of_rivals = [
        Prediction(hypothesis=RIVALS[name], term=name, sign=sign)
        for sign in opposite
        for name in spec.rivals
        if name in RIVALS
    ]
    return (*spec.tests, *of_rivals)


def product_name(first: str, second: str) -> str:
    """Return the name of the product of two variables."""
    return f"{first}_x_{second}"


def _wrong_tests(rule: str, found: str, allowed: str, mend: str) -> Exception:
    return wrong(rule, key="tests", found=found, allowed=allowed, mend=mend)


def _whole(name: str, content: Mapping[str, Any]) -> Any:
    own = content[name]
    if not isinstance(own, Mapping) or "like" not in own:
        return own
    model = _whole(own["like"], content)
    taken = {key: value for key, value in model.items() if key not in OWN}
    return taken | {key: value for key, value in own.items() if key != "like"}


def _like_faults(content: Mapping[str, Any], file: str) -> list[Fault]:
    faults = []
    for name in content:
        chain = [name]
        while (next_one := _like(content, chain[-1])) and next_one not in chain:
            chain.append(next_one)
        if next_one:
            path = " → ".join(str(one) for one in [*chain, next_one])
            rule = "a specification must not be like itself"
            mend = "name an entry that is whole by itself"
            faults.append(_like_fault(file, name, rule, path, "no circle", mend))
        elif len(chain) == 2 and not isinstance(content.get(chain[-1]), Mapping):
            faults.append(_unlike(file, name, chain[-1], content))
    return faults


def _like(content: Mapping[str, Any], name: Any) -> Any:
    entry = content.get(name)
    return entry.get("like") if isinstance(entry, Mapping) else None


def _unlike(file: str, name: str, unknown: object, content: Mapping[str, Any]) -> Fault:
    known = [one for one in content if one not in (name, unknown)]
    rule, mend = "like must name another entry", did_you_mean(unknown, known, "correct the name")
    return _like_fault(file, name, rule, str(unknown), nearest(unknown, known), mend)


def _like_fault(file: str, name: str, rule: str, value: str, allowed: str, mend: str) -> Fault:
    return Fault(file, f"key {name}.like", rule, value, allowed, mend)
