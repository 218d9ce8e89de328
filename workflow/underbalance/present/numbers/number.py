"""What a number is: its name, where it stands in the results, and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Value = float | int | str | None
# column → what its cell must be: a text, one of several texts, {"not": text}, {"below": number}
Row = Mapping[str, Any]

NOT_ESTIMATED: Final = "not estimated"
NOT_GIVEN: Final = "not given"  # there is an estimate, but not this number of it


@dataclass(frozen=True)
class Source:
    """Where a number stands.

    Parameters
    ----------
    file : path below the project's folder, in the default run.
    row : conditions on the row, or on all rows that are counted or summarised.
    column : column of the file; of results/manifest.json keys joined by points.
    transform : what is done with the cell or cells (:mod:`.look_up`).
    """

    file: str
    row: Row
    column: str
    transform: str = "identity"


@dataclass(frozen=True)
class Wanted:
    """A number before it is looked up.

    Parameters
    ----------
    name : of its macro, letters only.
    kind : how it is rounded and worded, a key of :data:`.texts.KINDS`.
    unit : in words.
    what : what it is, as a sentence.
    missing : what is printed where there is no number.
    """

    name: str
    kind: str
    unit: str
    what: str
    source: Source
    missing: str = NOT_ESTIMATED


@dataclass(frozen=True)
class Number:
    """A number that was looked up: in full precision, and as it is printed."""

    name: str
    value: Value
    text: str
    unit: str
    what: str
    source: Source = field(repr=False)
