"""What made what: hashes of code and data, and the manifest of a run."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance import __version__
from underbalance.extensions import extension_of, files_in_force, in_force
from underbalance.registry import read_allies, read_commented, read_sources, sha256
from underbalance.tables import written_whole

PACKAGE = Path(__file__).parent
LIBRARIES = (
    "krippendorff",
    "lifelines",
    "linearmodels",
    "matplotlib",
    "numpy",
    "pandas",
    "pandera",
    "pyarrow",
    "scipy",
    "snakemake",
    "statsmodels",
)


def folder_state(folder: str) -> str:
    """Return a hash of names, sizes and times of all files in a folder of originals.

    The ingest carries it as a parameter, so that a newer release is parsed anew.
    """
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(states).encode()).hexdigest()[:16]


def manifest_of(
    makers: Mapping[str, Mapping[str, object]],
    steps: Mapping[str, Mapping[str, object]],
    config: Mapping[str, object],
    facts: Sequence[str],
    extensions: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Return which rule made each result from which inputs, with hashes and versions.

    Parameters
    ----------
    makers : for each output its ``rule``, ``script`` and ``inputs``.
    steps : the same for what is made on the way to the outputs.
    config : the settings of the run.
    facts : paths of the facts tables and lists the run read.
    extensions : those in force, by the code of the ally (:func:`extensions_of_run`).
    """
    return {
        "underbalance": __version__,
        "commit": _commit(),
        "python": platform.python_version(),
        "platform": platform.system(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "config": dict(config),
        **({"extensions": dict(extensions)} if extensions else {}),
        "inputs": {name: sha256(Path(name)) for name in sorted(facts)},
        "steps": _with_hashes(steps),
        "outputs": _with_hashes(makers),
    }


def extensions_of_run() -> dict[str, object]:
    """Return the extensions in force: ally, ties, tables, sources and hashes, by its code."""
    allies, sources = read_allies(), read_sources()
    names = dict(zip(allies["iso3"], allies["name"], strict=True))
    found: dict[str, object] = {}
    for iso3 in in_force():
        files = [path for path in files_in_force() if extension_of(path) == iso3]
        ties = pd.concat([read_commented(path) for path in files if path.stem == "alliance"])
        own = sources[sources["extension"] == iso3]
        told = ["table", "source", "citation_key", "authors", "published", "title", "version"]
        found[iso3] = {
            "name": names[iso3],
            "ties": ties[["commitment", "start", "end"]].to_dict("records"),
            "sources": own[told].to_dict("records"),
            "files": {path.as_posix(): sha256(path) for path in files},
        }
    return found


def write_manifest(manifest: Mapping[str, Any], path: Path) -> None:
    """Write :func:`manifest_of` as JSON."""
    with written_whole(path) as part:
        part.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _with_hashes(makers: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    return {name: {**maker, "sha256": sha256(Path(name))} for name, maker in sorted(makers.items())}


def _commit() -> str:
    """Return the commit of the checkout, with a mark when files were changed since."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=PACKAGE,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "not a git checkout"
    return done.stdout.strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
