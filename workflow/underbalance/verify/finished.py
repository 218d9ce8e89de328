"""Whether there is a finished run, and whether its files are still those that it wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from underbalance.places import in_run, make
from underbalance.registry import sha256

MANIFEST: Final = "results/manifest.json"


class NoRunError(Exception):
    """There is no finished run of the present inputs, said with what to do."""


@dataclass(frozen=True)
class Run:
    """A finished run.

    Parameters
    ----------
    manifest : what results/manifest.json says.
    edited : results that are not as the run wrote them.
    """

    manifest: dict[str, Any]
    edited: tuple[str, ...]


def finished_run(root: Path = Path()) -> Run:
    """Return the finished run in a folder.

    Raises
    ------
    NoRunError : without a manifest, when a result is missing, or when a facts table or setting
        was changed since.
    """
    name, again = in_run(MANIFEST), f"run `{make()}`, then `{make('verify')}`"
    path = root / name
    if not path.is_file():
        raise NoRunError(
            f"there is no finished run: no {name}. It is written when every result is made: "
            f"{again}."
        )
    manifest = json.loads(path.read_text(encoding="utf-8"))
    missing = [name for name in manifest["outputs"] if not (root / name).is_file()]
    if missing:
        raise NoRunError(f"results are missing: {_some(missing)}. R{again[1:]}.")
    changed = [name for name, sha in manifest["inputs"].items() if _sha(root / name) != sha]
    if changed:
        raise NoRunError(
            f"changed since the run: {_some(changed)}. {name} and the results are older: {again}."
        )
    made = manifest["steps"] | manifest["outputs"]
    edited = [
        name
        for name, one in made.items()
        if (root / name).is_file() and _sha(root / name) != one["sha256"]
    ]
    return Run(manifest, tuple(edited))


def _sha(path: Path) -> str:
    return sha256(path) if path.is_file() else ""


def _some(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
