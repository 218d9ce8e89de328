"""Settings read strictly.

A key that is not known, is written twice or has a value of the wrong kind is a fault, told
with what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from underbalance.errors import Fault, raise_if_any
from underbalance.nearest import did_you_mean

NAME = re.compile(r"[a-z][a-z0-9_]*")
# Windows makes no files of these names, with whatever ending
DEVICES = frozenset({"aux", "con", "nul", "prn"})
DEVICES |= {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}


class Strict(BaseModel):
    """Settings that refuse unknown keys and cannot be changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


SomeStrict = TypeVar("SomeStrict", bound=Strict)


def parse(
    content: Any, model: type[SomeStrict], file: str, prefix: str = ""
) -> tuple[SomeStrict | None, list[Fault]]:
    """Return the settings, or None and every fault of them.

    Parameters
    ----------
    prefix : of the names of keys, such as ``treaty.``; empty at the top of a file.
    """
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        found = [dict(one) for one in error.errors()]
        return None, [_fault(one, model, file, prefix) for one in found if not _follows(one, found)]


def parse_named(
    content: Mapping[str, Any], model: type[SomeStrict], file: str
) -> dict[str, SomeStrict]:
    """Check entries by name that were read already.

    Raises
    ------
    FaultsError : every wrong name and every fault of an entry.
    """
    parsed = {name: parse(value, model, file, f"{name}.") for name, value in content.items()}
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
