"""Which numbers are kept, and reading them from the results of a run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from underbalance.places import in_run
from underbalance.tables import written_whole
from underbalance.verify.tolerance import TOLERANCES, Value

REFERENCE: Final = Path("tests/reference/headline.json")
DIGITS: Final = 12  # kept of a number: more than any tolerance asks for
ROWS: Final = "rows"
RUN: Final = ("underbalance", "commit", "python", "platform", "libraries", "config", "inputs")


@dataclass(frozen=True)
class Kept:
    """What is kept of a table, or of several of one form.

    Parameters
    ----------
    files : path or pattern below the project's folder, in the default run.
    key : columns that name a row; ``file`` is the name of the file.
    columns : how each number is compared, a key of :data:`.tolerance.TOLERANCES`.
    only : a column that is not empty in the rows that are kept.
    """

    files: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    only: str = ""


COUNTS: Final = {"n": "exact", "n_events": "exact", "n_clusters": "exact"}
ESTIMATE: Final = {"estimate": "computed", "std_error": "computed"}
ENDS: Final = {"ci_low": "wild end", "ci_high": "wild end"}
RESAMPLED: Final = {"ci_low": "resampled", "ci_high": "resampled"}
TEST: Final = ("spec_id", "hypothesis", "term")

KEPT: Final = (
    Kept(
        "results/scorecard.csv",
        ("hypothesis", "kind", "spec_id", "term"),
        {"verdict": "exact", "agrees": "exact", "role": "exact", **ESTIMATE, **ENDS,
         "p_value": "wild p", "p_holm": "Holm p", "p_crv3": "computed",
         "p_permutation": "permutation p", "effective_clusters": "computed", **COUNTS},
    ),
    Kept(
        "results/estimates/*.csv",
        ("spec_id", "term"),
        {**ESTIMATE, **ENDS, "p_value": "wild p", **COUNTS},
        only="hypothesis",
    ),
    Kept(
        "results/hypotheses/contrasts.csv",
        ("hypothesis",),
        {"effect": "computed", "std_error": "resampled", **RESAMPLED, "p_value": "resampled p"},
    ),
    Kept(
        "results/hypotheses/effects.csv",
        ("term", "group", "spec_id"),
        {"effect": "computed", "std_error": "resampled", **RESAMPLED, "p_value": "resampled p"},
    ),
    Kept(
        "results/hypotheses/weights.csv",
        ("region", "group", "spec_id", "obstacle"),
        {"share": "computed", "share_low": "resampled", "share_high": "resampled"},
    ),
    Kept(
        "results/hypotheses/nested.csv",
        ("spec_id", "comparison"),
        {"lr": "computed", "wald_f": "computed", "wald_p": "computed",
         "score_without": "computed", "score_with": "computed", "predicts_better": "exact"},
    ),
    Kept(
        "results/hypotheses/years.csv",
        TEST,
        {"mean": "computed", "difference": "computed", **RESAMPLED, "n_spells": "exact"},
    ),
    Kept(
        "results/sensitivity/leave_one_out.csv",
        (*TEST, "left_out"),
        {"estimate": "computed", "p_value": "computed"},
    ),
    Kept(
        "results/sensitivity/robustness_value.csv",
        TEST,
        {"rv": "computed", "rv_alpha": "computed", "e_value": "computed",
         "e_value_limit": "computed"},
    ),
    Kept(
        "results/sensitivity/power.csv",
        (*TEST, "effect"),
        {"power": "simulated", "detectable_effect": "simulated"},
    ),
    Kept(
        "results/sensitivity/placebo.csv",
        (*TEST, "model", "when"),
        {**ESTIMATE, "p_value": "wild p"},
    ),
    Kept(
        "results/sensitivity/specification_curve_summary.csv",
        ("hypothesis", "spec_id"),
        {"specifications": "exact", "n_counted": "exact", "share_predicted_sign": "computed",
         "share_predicted_and_significant": "simulated", "median_effect": "computed"},
    ),
    Kept(
        "results/outcomes/summary.csv",
        ("outcome",),
        {"rows": "exact", "ended": "exact", "allies": "exact", "first_year": "exact",
         "last_year": "exact", "mean": "computed", "median": "computed"},
    ),
    Kept(
        "results/cases/claims.csv",
        ("claim_id",),
        {"verdict": "exact", "coded_strength": "exact", "record_agrees": "exact"},
    ),
    Kept(
        "results/cases/reversals.csv",
        ("iso3", "camp"),
        {"forward": "exact", "back": "exact", "changes_per_year": "computed"},
    ),
    Kept(
        "results/reliability/alpha.csv",
        ("item", "stage"),
        {"alpha": "computed", "percent_agreement": "computed", **RESAMPLED},
    ),
    Kept(
        "results/measurement/consistency.csv",
        ("coding", "level"),
        {"alpha": "computed", "alpha_low": "resampled", "alpha_high": "resampled"},
    ),
    Kept("data/processed/*.csv", ("file",), {ROWS: "exact"}),
    Kept("data/processed/outcomes/*.csv", ("file",), {ROWS: "exact"}),
)  # fmt: skip

# cells of the key → column → value
Rows = dict[tuple[str, ...], dict[str, Value]]


def read_rows(kept: Kept, root: Path = Path()) -> Rows:
    """Return the kept numbers of a table, or of all tables that fit the pattern."""
    found: Rows = {}
    for path in sorted(root.glob(in_run(kept.files))):
        for key, values in _rows_of(path, kept):
            found[key] = values
    return found


def write_headline(path: Path, manifest: Mapping[str, Any], root: Path = Path()) -> int:
    """Write the numbers of a run, and what it rested on; return how many numbers.

    Each row of a table is a line of the file, so that a change is seen in its history.
    """
    run = {name: manifest[name] for name in RUN}
    tables, count = [], 0
    for kept in KEPT:
        rows = read_rows(kept, root)
        count += len(rows) * len(kept.columns)
        tables.append(_table_text(kept, rows))
    used = {how for kept in KEPT for how in kept.columns.values()}
    why = {name: one.why for name, one in TOLERANCES.items() if name in used}
    body = ",\n".join(tables)
    head = f'"run": {_json(run, 1)},\n"tolerances": {_json(why, 1)}'
    text = f'{{\n{head},\n"tables": [\n{body}\n]\n}}\n'
    with written_whole(path) as part:
        part.write_text(text, encoding="utf-8")
    return count


def read_headline(path: Path) -> tuple[dict[str, Any], dict[str, Rows]]:
    """Return what the kept run rested on, and its numbers by table."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    tables = {}
    for table in kept["tables"]:
        width = len(table["key"])
        tables[table["files"]] = {
            tuple(row[:width]): dict(
                zip(table["columns"], map(_from_json, row[width:]), strict=True)
            )
            for row in table["rows"]
        }
    return kept["run"], tables


def _rows_of(path: Path, kept: Kept) -> Iterator[tuple[tuple[str, ...], dict[str, Value]]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if ROWS in kept.columns and kept.key == ("file",):
        yield (path.name,), {ROWS: float(len(rows))}
        return
    for row in rows:
        if not kept.only or row[kept.only]:
            values = {name: _value(row[name]) for name in kept.columns}
            yield tuple(row[name] for name in kept.key), values


def _value(cell: str) -> Value:
    if cell == "":
        return None
    try:
        return float(cell)
    except ValueError:
        return cell


def _table_text(kept: Kept, rows: Rows) -> str:
    lines = ",\n".join(
        _json([*key, *(_to_json(value) for value in values.values())])
        for key, values in rows.items()
    )
    head = {"files": kept.files, "key": kept.key, "columns": kept.columns}
    return f'{_json(head)[:-1]}, "rows": [\n{lines}\n]}}'


def _to_json(value: Value) -> Any:
    if isinstance(value, float):
        short = float(f"{value:.{DIGITS}g}")
        if short in (float("inf"), float("-inf")):
            return str(short)
        return int(short) if short.is_integer() else short
    return value


def _from_json(value: Any) -> Value:
    if value in ("inf", "-inf") or isinstance(value, int):
        return float(value)
    found: Value = value
    return found


def _json(thing: Mapping[str, Any] | Sequence[Any], indent: int | None = None) -> str:
    return json.dumps(thing, indent=indent, ensure_ascii=False)
