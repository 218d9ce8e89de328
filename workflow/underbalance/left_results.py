"""Results that rest on an extension that is not there any more, or has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from underbalance.extensions import folder, has_rows
from underbalance.places import RESULTS, in_run, make, run_in
from underbalance.registry import sha256

MANIFEST: Final = "manifest.json"
MOST: Final = 5  # files that are named


def left_results(root: Path = Path()) -> list[str]:
    """Return a note on each finished run whose extensions are not there as it read them.

    Parameters
    ----------
    root : the project's folder.
    """
    runs = sorted(path.parent for path in (root / RESULTS).glob(f"*/{MANIFEST}"))
    folders = ["", *(run.relative_to(root).as_posix() for run in runs)]
    return [note for run in folders for note in _notes(run, root)]


def left_results_of_run(root: Path = Path()) -> list[str]:
    """Return the same notes on the present run alone."""
    results = in_run(RESULTS)
    return list(_notes("" if results == RESULTS else results, root))


def _notes(run: str, root: Path) -> Iterator[str]:
    """Give the notes on a run; ``run`` is its folder, empty for the default run."""
    results = run or RESULTS
    for iso3, extension in _extensions(root / results / MANIFEST).items():
        place, ally = folder(iso3).as_posix(), f"{extension['name']} ({iso3})"
        rest = f"the results in {results} rest on the extension of {ally}"
        with run_in(run):
            again = make()
        if not (root / place).is_dir():
            way_out = f"put {place} back" + (f", or remove {results}" if run else "")
            yield f"{rest}, which is not there any more: {way_out}"
        elif changed := _changed(iso3, extension["files"], root):
            yield f"{rest}, which has changed since ({_some(changed)}): run `{again}` again"


def _extensions(manifest: Path) -> Mapping[str, Any]:
    """Return what a manifest says of extensions; nothing where there is none that can be read."""
    with suppress(OSError, ValueError):
        found = json.loads(manifest.read_bytes())
        extensions = found.get("extensions") if isinstance(found, dict) else None
        return extensions if isinstance(extensions, dict) else {}
    return {}


def _changed(iso3: str, files: Mapping[str, str], root: Path) -> list[str]:
    """Return the names of an extension's files that are others than a run read."""
    paths = sorted(folder(iso3, root).glob("*.csv"))
    now = {path.relative_to(root).as_posix(): sha256(path) for path in paths if has_rows(path)}
    names = sorted({*now, *files})
    return [Path(name).name for name in names if now.get(name) != files.get(name)]


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
