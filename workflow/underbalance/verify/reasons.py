"""Why results can differ: what the run rested on, against what the kept one rested on."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from underbalance.places import make
from underbalance.registry import SOURCES_FILE

CODE: Final = ("workflow", "Snakefile")
MOST: Final = 8  # files of the code that are named
DIRTY: Final = "-dirty"


def reasons(old: Mapping[str, Any], new: Mapping[str, Any], root: Path = Path()) -> list[str]:
    """Return what differs between two runs, a sentence each; at least one.

    Parameters
    ----------
    old, new : manifests, or the part of one that is kept.
    """
    settings = list(_settings(_flat(old["config"]), _flat(new["config"])))
    inputs = list(_inputs(old["inputs"], new["inputs"], bool(settings), root))
    found = [*inputs, *settings, *_versions(old, new)]
    code = list(_code(old["commit"], new["commit"], root))
    if not found and not code:
        return [
            "No facts table, setting or library differs, so that the code must have changed, or "
            f"a file in between was edited: `{make('clean')}`, then `{make()}`, rules that out."
        ]
    return found + code


def _inputs(
    old: Mapping[str, str], new: Mapping[str, str], settings: bool, root: Path
) -> Iterator[str]:
    for name in sorted({*old, *new}):
        if old.get(name) == new.get(name) or (settings and name == "config/config.yaml"):
            continue
        if name not in new:
            yield f"{name} was read then and is not now."
        elif name not in old:
            yield f"{name} is read now and was not then."
        elif name.startswith("data/raw/"):
            table = Path(name).stem
            yield f"Raw table {table}{_source(table, root)}: {name} has changed."
        else:
            yield f"{name} has changed."


def _source(table: str, root: Path) -> str:
    """Return in brackets where a facts table is from, as far as the registry says."""
    path = root / SOURCES_FILE
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["table"] == table]
    return f" ({', '.join(row['source'] for row in rows)})" if rows else ""


def _settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted({*old, *new}):
        was, now = old.get(key, "not set"), new.get(key, "not set")
        if was != now:
            yield f"Setting {key} of config/config.yaml: {was} → {now}."


def _flat(config: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in config.items():
        name = f"{before}{key}"
        found |= _flat(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return found


def _versions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*old["libraries"], *new["libraries"]}):
        was = old["libraries"].get(name, "not recorded")
        now = new["libraries"].get(name, "not recorded")
        if was != now:
            yield f"Library {name}: {was} → {now} (the versions of requirements.lock are tested)."
    for name, label in (("python", "Python"), ("platform", "System")):
        if old[name] != new[name]:
            yield f"{label}: {old[name]} → {new[name]}."


def _code(old: str, new: str, root: Path) -> Iterator[str]:
    was, now = old.removesuffix(DIRTY), new.removesuffix(DIRTY)
    if was != now:
        between = _git(["diff", "--name-only", was, now], root)
        if between is None:
            said = f"{was[:10]} → {now[:10]}"
            yield f"Code: commit {said}; git does not know what is between them here."
        elif between:
            yield f"Code: commit {was[:10]} → {now[:10]}: {_some(between)}."
    if new.endswith(DIRTY):
        # of data and settings that are not committed their hashes tell
        changed = _git(["diff", "--name-only", "HEAD"], root)
        if changed:
            yield f"Code: changes that are not committed: {_some(changed)}."


def _git(command: list[str], root: Path) -> list[str] | None:
    """Return the files of the code that a comparison by git names, None where it cannot say."""
    try:
        done = subprocess.run(
            ["git", *command, "--", *CODE], cwd=root, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.split()


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
