"""All numbers of a run, and the two files they are written to."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.verdict import ALPHA
from underbalance.places import in_run
from underbalance.present.numbers.cases import of_cases
from underbalance.present.numbers.checks import of_checks
from underbalance.present.numbers.hypotheses import of_tests
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.measurement import of_measurement
from underbalance.present.numbers.number import Number, Source, Value, Wanted
from underbalance.present.numbers.robustness import of_robustness
from underbalance.present.numbers.samples import of_other_sample, of_samples
from underbalance.present.numbers.texts import tex_of, text_of
from underbalance.present.numbers.verdicts import of_verdicts
from underbalance.present.scorecard_wording import unit_of
from underbalance.registry import read_allies
from underbalance.specifications import Specification
from underbalance.tables import written_whole

HEAD: Final = """\
% Numbers of this run, one macro each: \\input it in the preamble. Macros are good in prose and in
% mathematics. Where each comes from is in its comment, and in full in {numbers}.
"""


def all_numbers(
    results: Results,
    specs: Mapping[str, Specification],
    codebook: pd.DataFrame,
    *,
    seed: tuple[str, ...],
    quantile: float,
) -> list[Number]:
    """Return all numbers of a run, those of the data first.

    Parameters
    ----------
    specs : all specifications, of every role.
    codebook : gives the units of outcomes.
    seed : iso3 codes of the cases that the theory was made on.
    quantile : above which an obstacle is high in the typology.

    Raises
    ------
    ValueError : if two numbers have one name.
    """
    units = {name: unit_of(spec, codebook) for name, spec in specs.items()}
    wanted = [
        *of_samples(results),
        *of_other_sample(results),
        *of_verdicts(results, ALPHA),
        *of_tests(results, units, ALPHA),
        *of_robustness(results, ALPHA),
        *of_checks(results, specs),
        *of_cases(results, seed, quantile),
        *of_measurement(results),
    ]
    twice = [name for name, count in Counter(w.name for w in wanted).items() if count > 1]
    if twice:
        raise ValueError(f"several numbers of one name: {', '.join(twice)}")
    # those that only an extension lists, too
    allies = read_allies()
    names = dict(zip(allies["iso3"], allies["name"], strict=True))
    return found(wanted, results, names)


def found(wanted: Iterable[Wanted], results: Results, allies: Mapping[str, str]) -> list[Number]:
    """Look numbers up; ``allies`` has their names by iso3 code."""
    return [_number(one, results.value(one.source), allies) for one in wanted]


def write_json(numbers: Iterable[Number], path: Path) -> None:
    """Write a list of objects: name, value, text, unit, what, source."""
    rows = [
        {
            "name": number.name,
            "value": _plain(number.value),
            "text": number.text,
            "unit": number.unit,
            "what": number.what,
            "source": {
                "file": in_run(number.source.file),
                "row": dict(number.source.row),
                "column": number.source.column,
                "transform": number.source.transform,
            },
        }
        for number in numbers
    ]
    _write(json.dumps(rows, indent=1, ensure_ascii=False, allow_nan=False) + "\n", path)


def write_tex(numbers: Iterable[Number], path: Path) -> None:
    """Write one macro a line, what it is and its source in a comment above."""
    lines = [
        f"% {number.what} {_place(number.source)}\n"
        f"\\newcommand{{\\{number.name}}}{{{tex_of(number.text)}}}\n"
        for number in numbers
    ]
    _write(HEAD.format(numbers=in_run("results/numbers.json")) + "".join(lines), path)


def _number(wanted: Wanted, value: Value, allies: Mapping[str, str]) -> Number:
    text = text_of(value, wanted, allies)
    return Number(wanted.name, value, text, wanted.unit, wanted.what, wanted.source)


def _plain(value: Value) -> Any:
    """Return what JSON can hold: an open end of an interval is a text."""
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def _place(source: Source) -> str:
    row = ", ".join(f"{column} {_said(cell)}" for column, cell in source.row.items())
    how = "" if source.transform == "identity" else f", {source.transform}"
    return f"[{in_run(source.file)}: {row}{'; ' if row else ''}{source.column}{how}]"


def _said(cell: Any) -> str:
    if isinstance(cell, Mapping):
        return " ".join(f"{word} {text or 'empty'}" for word, text in cell.items())
    return " or ".join(cell) if isinstance(cell, list) else cell or "empty"


def _write(text: str, path: Path) -> None:
    with written_whole(path) as part:
        part.write_text(text, encoding="utf-8")
