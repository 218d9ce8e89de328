"""Typed configuration: settings, samples and codings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from underbalance.errors import raise_if_any
from underbalance.strict import Strict, parse, parse_named, years_in_order
from underbalance.yaml_files import read_yaml

CONFIG_FILE = Path("config/config.yaml")
GROUPS_FILE = Path("config/groups.yaml")
CODINGS_FILE = Path("config/codings.yaml")
MODELS_FILE = Path("config/models.yaml")
CASES_FILE = Path("config/cases.yaml")

# strict: `yes` is not 1, and "1990" is text
Year = Annotated[int, Field(strict=True, ge=1945, le=2100)]


class Reference(Strict):
    """The rows on which variables are standardised."""

    sample: str
    first_year: Year
    last_year: Year

    @model_validator(mode="after")
    def _in_order(self) -> Reference:
        return years_in_order(self, self.first_year, self.last_year)


class Typology(Strict):
    """Which codings make the types of allies, and where they are cut."""

    political: str
    social: str
    # of the reference sample; the first is the primary one
    quantiles: tuple[Annotated[float, Field(strict=True, gt=0, lt=1)], ...] = Field(min_length=1)
    period_years: Annotated[int, Field(strict=True, ge=1, le=100)]

    @model_validator(mode="after")
    def _told_apart(self) -> Typology:
        if self.political == self.social:
            raise ValueError("political and social must name two different codings")
        if len(set(self.quantiles)) < len(self.quantiles):
            raise ValueError("every quantile must be there once")
        return self


class Config(Strict):
    """config/config.yaml."""

    sample: str
    first_year: Year
    last_year: Year
    reference: Reference
    typology: Typology
    election_valid_years: Annotated[int, Field(strict=True, ge=1, le=10)]
    min_clusters: Annotated[int, Field(strict=True, ge=2)]
    confidence_level: Annotated[float, Field(strict=True, gt=0.5, lt=1)]
    seed: Annotated[int, Field(strict=True, ge=0)]
    bootstrap_replications: Annotated[int, Field(strict=True, ge=100, le=100_000)]
    bootstrap_draws: Annotated[int, Field(strict=True, ge=99, le=999_999)]
    permutations: Annotated[int, Field(strict=True, ge=99, le=99_999)]
    power_simulations: Annotated[int, Field(strict=True, ge=100, le=100_000)] = 1000
    # how tables look: a name in config/styles.yaml
    style: str = "default"
    sources: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Config:
        years_in_order(self, self.first_year, self.last_year)
        first, last = self.reference.first_year, self.reference.last_year
        if self.first_year > first or self.last_year < last:
            raise ValueError(
                "first_year to last_year must hold the years of the reference sample, "
                f"{first} to {last}; limit a model by its own years in config/models.yaml"
            )
        return self


class Group(Strict):
    """A sample of config/groups.yaml."""

    label: str
    members: tuple[str, ...] = Field(min_length=1)
    except_: tuple[str, ...] = Field(default=(), alias="except")
    years: Literal["committed", "all"]


Concept = Literal["political", "economic", "legal", "social", "threat", "dependence"]
# explanations that compete with the obstacles
RIVALS = ("threat", "dependence")


class Component(Strict):
    """A part of an index: a variable or another index, and the direction that is an obstacle."""

    variable: str
    sign: Literal[1, -1]
    # the lowest and the highest possible value, for the transformation `rescale`
    range: tuple[float, float] | None = None

    @field_validator("sign", mode="before")
    @classmethod
    def _is_a_number(cls, sign: Any) -> Any:
        """Refuse ``yes``, which Python takes for 1."""
        if isinstance(sign, bool):
            raise ValueError("the value must be 1 or -1")
        return sign

    @model_validator(mode="after")
    def _in_order(self) -> Component:
        if self.range is not None and self.range[0] >= self.range[1]:
            raise ValueError("range must be [lowest, highest] with the first below the second")
        return self


class Coding(Strict):
    """A definition of an obstacle or a rival explanation in config/codings.yaml."""

    label: str
    concept: Concept
    components: tuple[Component, ...] = Field(min_length=1)
    transform: Literal["z", "rescale", "above", "none"]
    # share of the reference rows below the threshold of `above`
    quantile: Annotated[float, Field(strict=True, gt=0, lt=1)] | None = None
    aggregate: Literal["mean", "sum", "first_component"]
    min_components: Annotated[int, Field(strict=True, ge=1)]
    # rows on which the components are standardised, if not those of config/config.yaml
    reference: Reference | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Coding:
        count = len(self.components)
        if self.min_components > count:
            raise ValueError(
                f"min_components must be at most the number of components: {count}, "
                f"found {self.min_components}"
            )
        if self.aggregate != "mean" and self.min_components < count:
            raise ValueError(
                f"aggregate {self.aggregate} needs all components: min_components must be {count}, "
                f"found {self.min_components}"
            )
        if self.aggregate == "first_component" and (count < 2 or self.transform != "z"):
            raise ValueError("first_component needs two components or more, and transform z")
        if (self.transform == "above") != (self.quantile is not None):
            raise ValueError("quantile belongs to the transformation above, and to no other")
        ranges = [part.range is not None for part in self.components]
        if not all(ranges) if self.transform == "rescale" else any(ranges):
            raise ValueError("range belongs to every component of a rescale, and to no other")
        names = [part.variable for part in self.components]
        if len(set(names)) < count:
            raise ValueError("a component must not be named twice")
        return self


def is_primary(name: str, coding: Coding) -> bool:
    """Say whether a coding is the primary definition of its concept: it bears its name."""
    return name == coding.concept


def has_z_columns(name: str, coding: Coding) -> bool:
    """Say whether the z-scores of a coding's components are columns: only of the primary one.

    Alternatives are often made of the same variables with the same z-scores.
    """
    return is_primary(name, coding) and coding.transform == "z" and coding.reference is None


class Line(Strict):
    """A line of missile-defence programmes of one ally."""

    iso3: str
    line: str
    programmes: tuple[str, ...] = ()


class Cases(Strict):
    """Which allies are cases, and which of their programmes belong together."""

    min_events: Annotated[int, Field(strict=True, ge=1)]
    systems: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    policy: tuple[Line, ...] = ()


def read_config(path: Path = CONFIG_FILE) -> Config:
    """Read config/config.yaml."""
    return parse_config(read_yaml(path), str(path))


def parse_config(content: Mapping[str, Any], file: str = str(CONFIG_FILE)) -> Config:
    """Check settings that were read already, such as Snakemake's ``config``.

    Raises
    ------
    FaultsError : every unknown or missing key and every wrong value.
    """
    config, faults = parse(content, Config, file)
    raise_if_any(faults)
    assert config is not None  # no faults: parsed
    return config


def read_groups(path: Path = GROUPS_FILE) -> dict[str, Group]:
    """Read config/groups.yaml: samples by name."""
    return parse_named(read_yaml(path), Group, str(path))


def read_codings(path: Path = CODINGS_FILE) -> dict[str, Coding]:
    """Read config/codings.yaml: indices by name."""
    return parse_named(read_yaml(path), Coding, str(path))


def read_cases(path: Path = CASES_FILE) -> Cases:
    """Read config/cases.yaml: which allies are cases, and their lines of programmes."""
    cases, faults = parse(read_yaml(path), Cases, str(path))
    raise_if_any(faults)
    assert cases is not None  # no faults: parsed
    return cases
