"""Typed configuration: settings, samples and codings.

Every file is read strictly: a key that is not known, is written twice or has a value of
the wrong kind is a fault, told with what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from underbalance.errors import Fault, raise_if_any
from underbalance.nearest import did_you_mean
from underbalance.yaml_files import read_yaml

CONFIG_FILE = Path("config/config.yaml")
GROUPS_FILE = Path("config/groups.yaml")
CODINGS_FILE = Path("config/codings.yaml")
MODELS_FILE = Path("config/models.yaml")
CASES_FILE = Path("config/cases.yaml")

NAME = re.compile(r"[a-z][a-z0-9_]*")
# Windows makes no files of these names, with whatever ending
DEVICES = frozenset({"aux", "con", "nul", "prn"})
DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}

# strict: `yes` is not 1, and "1990" is text
Year = Annotated[int, Field(strict=True, ge=1945, le=2100)]


class Strict(BaseModel):
    """Settings that refuse unknown keys and cannot be changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


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


SomeStrict = TypeVar("SomeStrict", bound=Strict)


def read_config(path: Path = CONFIG_FILE) -> Config:
    """Read config/config.yaml."""
    return parse_config(read_yaml(path), str(path))


def parse_config(content: Mapping[str, Any], file: str = str(CONFIG_FILE)) -> Config:
    """Check settings that were read already, such as Snakemake's ``config``.

    Raises
    ------
    FaultsError : every unknown or missing key and every wrong value.
    """
    config, faults = _parse(content, Config, file, "")
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
    cases, faults = _parse(read_yaml(path), Cases, str(path), "")
    raise_if_any(faults)
    assert cases is not None  # no faults: parsed
    return cases


def parse_named(
    content: Mapping[str, Any], model: type[SomeStrict], file: str
) -> dict[str, SomeStrict]:
    """Check entries by name that were read already.

    Raises
    ------
    FaultsError : every wrong name and every fault of an entry.
    """
    parsed = {name: _parse(value, model, file, f"{name}.") for name, value in content.items()}
    named = [_name_fault(file, name) for name in parsed if not _is_name(name)]
    raise_if_any(named + [fault for _, faults in parsed.values() for fault in faults])
    return {name: value for name, (value, _) in parsed.items() if value is not None}


def years_in_order(settings: SomeStrict, first: int, last: int) -> SomeStrict:
    """Return the settings; raise ValueError if the first year is after the last."""
    if first > last:
        raise ValueError(f"the first year must not be after the last, found {first} and {last}")
    return settings


def wrong(rule: str, *, found: str, allowed: str, mend: str, key: str = "") -> PydanticCustomError:
    """Return the error of a validator that knows all that a user is told.

    Parameters
    ----------
    key : within what is validated; empty where it is that itself.
    """
    told = {"rule": rule, "found": found, "expected": allowed, "mend": mend, "key": key}
    return PydanticCustomError("told", "{rule}", told)


def _is_name(name: object) -> bool:
    return NAME.fullmatch(str(name)) is not None and name not in DEVICES


def _name_fault(file: str, name: object) -> Fault:
    return Fault(
        file,
        f"name {name}",
        "a name must be fit for files, columns and labels",
        repr(name),
        "lower-case letters, digits and _, beginning with a letter; not con, nul or the like, "
        "of which Windows makes no file",
        "choose such a name; the title or label can be any text",
    )


def _parse(
    content: Any, model: type[SomeStrict], file: str, prefix: str
) -> tuple[SomeStrict | None, list[Fault]]:
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        found = [dict(one) for one in error.errors()]
        return None, [_fault(one, model, file, prefix) for one in found if not _follows(one, found)]


def _follows(one: dict[str, Any], found: Sequence[dict[str, Any]]) -> bool:
    """Say whether a list is called too short only because its items are wrong."""
    place = one["loc"]
    inside = [other for other in found if other is not one and other["loc"][: len(place)] == place]
    return one["type"] == "too_short" and bool(inside)


def _fault(found: dict[str, Any], model: type[Strict], file: str, prefix: str) -> Fault:
    place = tuple(found["loc"])
    context = found.get("ctx", {})
    if found["type"] == "told" and context["key"]:
        place = (*place, context["key"])
    named = f"{prefix}{'.'.join(str(part) for part in place)}".rstrip(".")
    where = f"key {named}" if named else "the settings together"
    known = _known_keys(model, place[:-1])
    match found["type"]:
        case "extra_forbidden":
            mend = did_you_mean(place[-1], known, "remove the key")
            return Fault(file, where, "unknown key", repr(found["input"]), ", ".join(known), mend)
        case "missing":
            return Fault(
                file,
                where,
                "this key is required",
                "nothing",
                "see the shipped file",
                f"add `{place[-1]}: …`",
            )
        case "told":
            rule, told = context["rule"], context["found"]
            return Fault(file, where, rule, told, context["expected"], context["mend"])
    rule = str(found["msg"]).removeprefix("Value error, ").replace("Input should", "the value must")
    allowed = str(context.get("expected", rule.removeprefix("the value must be ")))
    if found["type"] == "tuple_type":
        mend = "write `[one, two]`, or a line `- one` for each"
        return Fault(file, where, "the value must be a list", repr(found["input"]), "a list", mend)
    if isinstance(found["input"], dict):
        # a rule on several keys says itself what was found
        rule, _, told = rule.partition(", found ")
        return Fault(file, where, rule, told or "see the rule", rule, "correct the value")
    choices = re.findall("'([^']*)'", allowed) if found["type"] == "literal_error" else []
    mend = did_you_mean(found["input"], choices, "correct the value")
    return Fault(file, where, rule, repr(found["input"]), allowed, mend)


def _known_keys(model: type[Strict], place: Sequence[Any]) -> list[str]:
    """Return the keys allowed at a place within a model."""
    for part in place:
        field = model.model_fields.get(str(part))
        inner = _inner_model(field.annotation) if field else None
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner_model(annotation: Any) -> type[Strict] | None:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return annotation
    # a tuple of models, or a model that may be left out
    inner = [_inner_model(one) for one in get_args(annotation)]
    return next((model for model in inner if model is not None), None)
