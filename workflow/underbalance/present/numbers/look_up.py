"""Finding a number in the tables of a run.

Of one cell: ``identity``, ``exp``, ``size`` (without its sign), ``percent`` (times 100),
``percent change`` (100 (exp − 1), of a log ratio), ``size of percent change``, ``direction``
(a sign in the words of the row's scale), ``agreement`` (yes or no in words), ``significance at``
a level, ``before colon``, ``spaced`` (underscores as spaces).
Of all rows that match: ``rows`` (their number), ``half of rows`` (rounded up), ``distinct``
(different cells that are not empty), ``lowest``, ``highest``, ``at lowest`` and ``at highest``
of another column, ``percent that are`` a text, ``same`` (the text that all of them have).
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from underbalance.places import in_run
from underbalance.present.numbers.number import Row, Source, Value
from underbalance.present.scorecard_wording import DIRECTIONS
from underbalance.present.wording import ratio_of

Cells = Mapping[str, str]

NO_DIFFERENCE: Final = "no different"
AGREEMENT: Final = {"yes": "as predicted", "no": "against the prediction"}


class Results:
    """The tables of a run, each read once, cells as text.

    Parameters
    ----------
    root : the project's folder.
    settings : what results/manifest.json will say under ``config``, by key.
    """

    def __init__(self, root: Path = Path(), settings: Mapping[str, Any] | None = None) -> None:
        self._root = root
        self._settings = {"config": dict(settings or {})}
        self._read = cache(self._rows)

    def rows(self, file: str) -> list[dict[str, str]]:
        """Return the rows of a table; ``file`` as it is called in the default run."""
        return self._read(file)

    def value(self, source: Source) -> Value:
        """Return the number at a place, None where no row is there or the cell is empty.

        Raises
        ------
        LookupError : if several rows match where one is meant, or a column is not there.
        """
        if source.file.endswith(".json"):
            return self._setting(source.column)
        found = [row for row in self.rows(source.file) if _matches(row, source.row)]
        name, _, argument = source.transform.partition(": ")
        if name in OF_ROWS:
            return OF_ROWS[name](found, source.column, argument)
        if len(found) > 1:
            raise LookupError(f"{len(found)} rows of {source.file} match {dict(source.row)}")
        if not found or found[0][source.column] == "":
            return None
        return OF_CELL[name](found[0], source.column, argument)

    def _rows(self, file: str) -> list[dict[str, str]]:
        with (self._root / in_run(file)).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def _setting(self, column: str) -> Value:
        found: Any = self._settings
        for key in column.split("."):
            found = found[key]
        return json.loads(json.dumps(found)) if found is not None else None


def _matches(row: Cells, conditions: Row) -> bool:
    return all(_holds(row[column], wanted) for column, wanted in conditions.items())


def _holds(cell: str, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        if "not" in wanted:
            return cell != str(wanted["not"])
        return cell != "" and float(cell) < float(wanted["below"])
    return cell in wanted if isinstance(wanted, list) else bool(cell == wanted)


def _typed(cell: str) -> float | int | str:
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell


def _change(cell: str) -> float:
    return 100 * (ratio_of(float(cell)) - 1)


def _direction(row: Cells, column: str, _: str) -> str:
    number, words = float(row[column]), DIRECTIONS[row["scale"]]
    return words[1 if number > 0 else -1] if number else NO_DIFFERENCE


def _significance(row: Cells, column: str, level: str) -> str:
    return "significant" if float(row[column]) < float(level) else "not significant"


def _numbers(rows: list[dict[str, str]], column: str) -> list[float]:
    return [float(row[column]) for row in rows if row[column] != ""]


def _extreme(rows: list[dict[str, str]], column: str, pick: Callable[..., float]) -> Value:
    found = _numbers(rows, column)
    number = pick(found) if found else None
    return int(number) if number is not None and number.is_integer() else number


def _at(rows: list[dict[str, str]], column: str, by: str, pick: Callable[..., Any]) -> Value:
    known = [row for row in rows if row[by] != ""]
    cell = pick(known, key=lambda row: float(row[by]))[column] if known else ""
    return _typed(cell) if cell else None


def _same(rows: list[dict[str, str]], column: str, _: str) -> Value:
    found = sorted({row[column] for row in rows})
    if len(found) > 1:
        raise LookupError(f"not one {column} but several: {', '.join(found)}")
    return found[0] if found else None


def _percent_that_are(rows: list[dict[str, str]], column: str, text: str) -> Value:
    return 100 * sum(row[column] == text for row in rows) / len(rows) if rows else None


OF_CELL: Final[dict[str, Callable[[Cells, str, str], Value]]] = {
    "identity": lambda row, column, _: _typed(row[column]),
    "exp": lambda row, column, _: ratio_of(float(row[column])),
    "size": lambda row, column, _: abs(float(row[column])),
    "percent": lambda row, column, _: 100 * float(row[column]),
    "percent change": lambda row, column, _: _change(row[column]),
    "size of percent change": lambda row, column, _: abs(_change(row[column])),
    "direction": _direction,
    "agreement": lambda row, column, _: AGREEMENT[row[column]],
    "significance at": _significance,
    "spaced": lambda row, column, _: row[column].replace("_", " "),
    "before colon": lambda row, column, _: row[column].partition(":")[0],
}
OF_ROWS: Final[dict[str, Callable[[list[dict[str, str]], str, str], Value]]] = {
    "rows": lambda rows, _, __: len(rows),
    "half of rows": lambda rows, _, __: math.ceil(len(rows) / 2),
    "distinct": lambda rows, column, _: len({row[column] for row in rows} - {""}),
    "lowest": lambda rows, column, _: _extreme(rows, column, min),
    "highest": lambda rows, column, _: _extreme(rows, column, max),
    "at lowest": lambda rows, column, by: _at(rows, column, by, min),
    "at highest": lambda rows, column, by: _at(rows, column, by, max),
    "percent that are": _percent_that_are,
    "same": _same,
}
