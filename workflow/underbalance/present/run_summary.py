"""The lines with which `make` ends: what the hypotheses came to, and where to look."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from underbalance.present.numbers.names import macro

SCORECARD: Final = Path("results/scorecard.csv")
NUMBERS: Final = Path("results/numbers.json")
MADE: Final = ("results", "data/processed")
# notes of the project, and what Snakemake keeps of a run
NOT_RESULTS: Final = ("logs", "benchmarks", "README.md")
NOT_ESTIMATED: Final = "not estimated: "
WHERE: Final = (
    ("report", "results/report/index.html"),
    ("tables", "results/tables"),
    ("figures", "results/figures"),
    ("numbers", "results/numbers.tex"),
    ("paper", "results/paper/paper.pdf"),
)

Row = Mapping[str, str]


def run_summary(seconds: int | None = None, root: Path = Path()) -> list[str]:
    """Return at most ten lines: verdicts with their counts, files, time, and where to look.

    Parameters
    ----------
    seconds : how long the run took, if that is known.
    """
    if not (root / SCORECARD).is_file() or not (root / NUMBERS).is_file():
        return ["No results yet: run `make`."]
    with (root / SCORECARD).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    listed = json.loads((root / NUMBERS).read_text(encoding="utf-8"))
    numbers = {number["name"]: number for number in listed}
    where = [f"{path} ({what})" for what, path in WHERE if (root / path).exists()]
    return [
        _done(seconds, root),
        *(_hypothesis(row, numbers) for row in _first_of_each(rows, "H")),
        _rivals(_first_of_each(rows, "R")),
        *_not_estimated(rows),
        f"Look at {', '.join(where)}.",
        "Does the run replicate? make verify",
    ]


def _done(seconds: int | None, root: Path) -> str:
    time = "" if seconds is None else f" in {_duration(seconds)}"
    made = [path for folder in MADE for path in (root / folder).rglob("*") if path.is_file()]
    files = sum(not set(path.relative_to(root).parts) & {*NOT_RESULTS} for path in made)
    return f"Done{time}: {files:,} files in {' and '.join(MADE)}."


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _first_of_each(rows: Sequence[Row], family: str) -> list[Row]:
    found = {row["hypothesis"]: row for row in reversed(rows) if row["hypothesis"][0] == family}
    return [found[name] for name in sorted(found)]


def _hypothesis(row: Row, numbers: Mapping[str, Mapping[str, Any]]) -> str:
    name = macro(row["hypothesis"])
    if f"{name}Counting" not in numbers:
        # without tests of its own: where it is looked at
        return f"  {row['hypothesis']}  {row['statement']}: {row['role']}"
    agreeing, counting, needed = (
        numbers[f"{name}{what}"] for what in ("Agreeing", "Counting", "Needed")
    )
    alpha = agreeing["source"]["row"]["p_holm"]["below"]
    rests = (
        f"{agreeing['text']} of {counting['text']} tests as predicted (Holm p < {alpha:g}), "
        f"{needed['text']} needed"
    )
    statement = row["statement"].partition(" (")[0]
    return f"  {row['hypothesis']}  {statement}: {row['verdict']}; {rests}"


def _rivals(rows: Sequence[Row]) -> str:
    said = "; ".join(f"{row['hypothesis']} {row['verdict']}" for row in rows)
    return f"  Rival explanations: {said}"


def _not_estimated(rows: Sequence[Row]) -> Iterator[str]:
    silent = {row["spec_id"]: None for row in rows if row["role"].startswith(NOT_ESTIMATED)}
    if silent:
        yield f"  Not estimated: {', '.join(silent)} (why: results/scorecard.html)"
