"""What to cite for the results of the last run, or for some of its tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from underbalance.document.bibtex import source_entries
from underbalance.document.described import OUTCOME, RAW, processed_file
from underbalance.document.software import software_entries
from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.extensions import extension_of
from underbalance.places import in_run, make
from underbalance.registry import RAW_FOLDER, read_sources

MANIFEST = "results/manifest.json"
# a bare name is looked for in these, in this order
FOLDERS = (
    "results/tables",
    "results/figures",
    "data/processed",
    "data/processed/outcomes",
    RAW_FOLDER.as_posix(),
    "results",
)


def bibliography(names: Sequence[str] = ()) -> str:
    """Return BibTeX entries of the software, the article it tests and the sources used.

    Parameters
    ----------
    names : tables or figures of the last run; default: everything it read. A name is a path,
        a name of the codebook (``raw.milex``, ``outcome.effort``), or a bare name, which is
        looked for among the results, the processed tables, the outcomes and the facts.

    Raises
    ------
    FaultsError : when there is no manifest of a complete run, or a name is not known to it.
    """
    manifest = _read_manifest()
    files = _files(names, manifest) if names else []
    used = _facts_behind(files, manifest) if names else _facts(manifest)
    sources = read_sources()
    # an extension has sources of its own for its rows of a table
    keys = {(PurePosixPath(path).stem, extension_of(Path(path))) for path in used}
    rows = zip(sources["table"], sources["extension"], strict=True)
    sources = sources[[key in keys for key in rows]]
    what = ", ".join(files) if names else "everything the last run read"
    head = f"% {what}\n% rests on: {', '.join(used)}\n"
    return "\n".join([head, *software_entries(), *source_entries(sources)])


def _read_manifest() -> dict[str, Any]:
    path = Path(in_run(MANIFEST))
    if not path.is_file():
        raise FaultsError([_manifest_fault("no such file")])
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if not {"inputs", "steps", "outputs"} <= set(manifest):
        raise FaultsError([_manifest_fault("a manifest of an older version")])
    return manifest


def _facts(manifest: Mapping[str, Any]) -> list[str]:
    return [path for path in manifest["inputs"] if _is_facts(path)]


def _is_facts(path: str) -> bool:
    return PurePosixPath(path).is_relative_to(RAW_FOLDER.as_posix())


def _facts_behind(files: Iterable[str], manifest: Mapping[str, Any]) -> list[str]:
    """Follow files back to the facts tables they were made from."""
    makers = manifest["steps"] | manifest["outputs"]
    seen: set[str] = set()
    waiting = list(files)
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += makers[path]["inputs"] if path in makers else []
    return sorted(filter(_is_facts, seen))


def _files(names: Sequence[str], manifest: Mapping[str, Any]) -> list[str]:
    known = [*manifest["outputs"], *_facts(manifest)]
    found = {name: _files_of(name, known) for name in names}
    raise_if_any([_unknown(name, known) for name, files in found.items() if not files])
    return list(dict.fromkeys(file for files in found.values() for file in files))


def _files_of(name: str, known: Sequence[str]) -> list[str]:
    path = name
    if name.startswith(RAW):
        path = f"{RAW_FOLDER.as_posix()}/{name.removeprefix(RAW)}.csv"
    elif name.startswith(OUTCOME):
        path = processed_file(name)
    if path in known:
        return [path]
    for folder in map(in_run, FOLDERS):
        if found := [p for p in known if PurePosixPath(p).stem == name and _is_in(p, folder)]:
            return found
    return []


def _is_in(path: str, folder: str) -> bool:
    # results/ has its files in folders of their own
    results = in_run("results")
    parents = [parent.as_posix() for parent in PurePosixPath(path).parents]
    return folder == parents[0] or (folder == results and folder in parents)


def _unknown(name: str, known: Sequence[str]) -> Fault:
    names = {PurePosixPath(path).stem for path in known} | set(known)
    names |= {RAW + PurePosixPath(path).stem for path in known if _is_facts(path)}
    names |= {OUTCOME + PurePosixPath(path).stem for path in known if "/outcomes/" in path}
    close = get_close_matches(name, sorted(names), n=3)
    return Fault(
        in_run(MANIFEST),
        f"table {name}",
        "the last run must have made or read it",
        name,
        ", ".join(sorted({PurePosixPath(path).stem for path in known}))
        + f"; with {RAW} or {OUTCOME} before a name that several have; or a path",
        f"did you mean {' or '.join(f'`{c}`' for c in close)}?" if close else "correct the name",
    )


def _manifest_fault(found: str) -> Fault:
    return Fault(
        in_run(MANIFEST),
        "file",
        "it says which tables the results rest on, and only a complete run writes it",
        found,
        "the manifest of a complete run of this version",
        f"run `{make()}`",
    )
