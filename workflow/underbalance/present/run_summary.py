"""The lines with which `make` ends: what the hypotheses came to, and where to look."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from underbalance.places import FOLDERS, PROCESSED, RESULTS, in_run, make
from underbalance.present.extension_use import extension_uses
from underbalance.present.numbers.names import macro

SCORECARD: Final = "results/scorecard.csv"
NUMBERS: Final = "results/numbers.json"
# notes of the project, and what Snakemake keeps of a run
NOT_RESULTS: Final = ("logs", "benchmarks")
NOT_ESTIMATED: Final = "not estimated: "
MOST: Final = 6  # models that are named
WHERE: Final = (
    ("report", "results/report/index.html"),
    ("tables", "results/tables"),
    ("figures", "results/figures"),
    ("numbers", "results/numbers.tex"),
    ("paper", "results/paper/paper.pdf"),
)

Row = Mapping[str, str]


def run_summary(sample: str, seconds: int | None = None, root: Path = Path()) -> list[str]:
    """Return at most ten lines: verdicts with their counts, files, time, and where to look.

    Of each extension in force there is one more: which of its rows the models use.

    Parameters
    ----------
    sample : label of the sample that the present run is of.
    seconds : how long the run took, if that is known.
    """
    scorecard, quoted = root / in_run(SCORECARD), root / in_run(NUMBERS)
    if not scorecard.is_file() or not quoted.is_file():
        return [f"No results yet: run `{make()}`."]
    with scorecard.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    listed = json.loads(quoted.read_text(encoding="utf-8"))
    numbers = {number["name"]: number for number in listed}
    places = [(what, in_run(path)) for what, path in WHERE]
    where = [f"{path} ({what})" for what, path in places if (root / path).exists()]
    return [
        _done(sample, seconds, root),
        *(_hypothesis(row, numbers) for row in _first_of_each(rows, "H")),
        _rivals(_first_of_each(rows, "R")),
        *_not_estimated(rows),
        *(f"  {use.head} {use.lacking}".rstrip() for use in extension_uses(root).values()),
        f"Look at {', '.join(where)}.",
        f"Does the run replicate? {make('verify')}",
    ]


def _done(sample: str, seconds: int | None, root: Path) -> str:
    time = "" if seconds is None else f" in {_duration(seconds)}"
    results, processed = in_run(RESULTS), in_run(PROCESSED)
    folders = [results] if processed.startswith(results) else [results, processed]
    return f"Done{time}: {_count(root):,} files in {' and '.join(folders)}. Sample: {sample}."


def _count(root: Path) -> int:
    """Count the files of the run: in results/ there are also folders of other samples."""
    results = root / in_run(RESULTS)
    folders = [results / name for name in FOLDERS if name not in (*NOT_RESULTS, "data")]
    folders.append(root / in_run(PROCESSED))
    own = [path for path in results.glob("*.*") if path.name != "README.md"]
    made = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return len(made) + len(own)


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
    statement = row["statement"].partition(" (")[0]
    if counting["text"] == "0":
        return f"  {row['hypothesis']}  {statement}: {row['verdict']}; no test counts"
    alpha = agreeing["source"]["row"]["p_holm"]["below"]
    rests = (
        f"{agreeing['text']} of {counting['text']} tests as predicted (Holm p < {alpha:g}), "
        f"{needed['text']} needed"
    )
    return f"  {row['hypothesis']}  {statement}: {row['verdict']}; {rests}"


def _rivals(rows: Sequence[Row]) -> str:
    said = "; ".join(f"{row['hypothesis']} {row['verdict']}" for row in rows)
    return f"  Rival explanations: {said}"


def _not_estimated(rows: Sequence[Row]) -> Iterator[str]:
    silent = [row["spec_id"] for row in rows if row["role"].startswith(NOT_ESTIMATED)]
    names = list(dict.fromkeys(silent))
    if names:
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        told, where = ", ".join(names[:MOST]), in_run("results/scorecard.html")
        yield f"  Not estimated: {told}{more} (why: {where})"
