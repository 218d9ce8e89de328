"""The manifest of a run as it is read: what made what from what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from underbalance.places import in_run
from underbalance.present.extended import extension_note
from underbalance.present.site.frame import Site

LETTERS: Final = 12  # of a hash
REPORT: Final = "results/report"


def write_provenance(manifest: Mapping[str, Any], site: Site) -> None:
    """Write the page.

    Parameters
    ----------
    manifest : :func:`underbalance.provenance.manifest_of`.
    """
    made, pages = {**manifest["steps"], **manifest["outputs"]}, f"{in_run(REPORT)}/"
    rows = [
        {
            "file": name,
            "rule": maker["rule"],
            "script": maker["script"],
            "inputs": sorted(set(maker["inputs"])),
            "sha": maker["sha256"][:LETTERS],
        }
        for name, maker in sorted(made.items())
        if not name.startswith(pages)
    ]
    site.write(
        "provenance.html",
        "provenance.html",
        title="Provenance",
        manifest=manifest,
        settings=[(name, _words(value)) for name, value in manifest["config"].items()],
        inputs=[(name, sha[:LETTERS]) for name, sha in manifest["inputs"].items()],
        extensions=[
            (iso3, extension_note(iso3, own["name"], own["ties"]), own["sources"])
            for iso3, own in manifest.get("extensions", {}).items()
        ],
        rows=rows,
        own=sum(name.startswith(pages) for name in made),
    )


def _words(value: object) -> str:
    """Return a setting on one line."""
    match value:
        case dict():
            return "; ".join(f"{name}: {_words(own)}" for name, own in value.items())
        case list() | tuple():
            return ", ".join(map(_words, value))
    return str(value)
