"""Frictionless tabular data packages (Data Package v1) of the tables.

https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from underbalance import __version__
from underbalance.document.citation import address, citation, works
from underbalance.document.described import Described
from underbalance.document.rules import field
from underbalance.errors import Fault, raise_if_any
from underbalance.places import in_run
from underbalance.registry import sha256

CREATIVE_COMMONS = re.compile(r"CC (BY(?:-[A-Z]{2})*|0) ?(\d\.\d)?")
# a bracket at the end of a line is never within a text: JSON texts hold no line break
SHORT_LIST = re.compile(r"\[\n[^\[\]{}]*\n *\]")


def facts_package(
    facts: Mapping[str, Described], sources: pd.DataFrame, contributors: list[dict[str, str]]
) -> str:
    """Return the data package of the facts tables in data/raw, as JSON.

    Parameters
    ----------
    facts : the facts tables (:func:`underbalance.document.described.facts_tables`).
    sources : the registry.
    contributors : authors of the project (:func:`underbalance.document.software.contributors`).

    Raises
    ------
    FaultsError : for a facts table whose file is not there.
    """
    cited = {work["citation_key"]: citation(work) for work in works(sources)}
    resources = []
    for name, described in facts.items():
        rows = sources[sources["table"] == name].to_dict("records")
        resources.append(
            _resource(described, Path(described.file).name)
            | {
                "sources": [_source(row, cited) for row in rows],
                "licenses": _unique(_licence(row) for row in rows),
            }
        )
    title = "Underbalance: facts on US allies, their domestic obstacles and their cooperation"
    return _package("underbalance-facts", title, contributors, resources)


def processed_package(tables: Iterable[Described], contributors: list[dict[str, str]]) -> str:
    """Return the data package of tables in data/processed, as JSON."""
    folder = f"{in_run('data/processed')}/"
    resources = [_resource(table, table.file.removeprefix(folder)) for table in tables]
    title = "Underbalance: processed tables on US allies, their obstacles and their cooperation"
    return _package("underbalance-processed", title, contributors, resources)


def _package(
    name: str, title: str, contributors: list[dict[str, str]], resources: list[dict[str, Any]]
) -> str:
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "version": __version__,
        "contributors": contributors,
        "resources": resources,
    }
    text = json.dumps(package, indent=2, ensure_ascii=False)
    # a list of codes is read, and changed, as one line
    return SHORT_LIST.sub(lambda found: _one_line(found.group()), text) + "\n"


def _resource(table: Described, path: str) -> dict[str, Any]:
    file = Path(table.file)
    raise_if_any([] if file.is_file() else [_absent(table.file)])
    fields = [
        _field(row, field(row["name"], table.schema.columns[row["name"]]))
        for row in table.variables.to_dict("records")
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.removeprefix("raw."),
        "path": path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
        "schema": {"fields": fields, **_key(table.key, fields), "missingValues": [""]},
    }


def _field(row: Mapping[Any, Any], rules: dict[str, Any]) -> dict[str, Any]:
    words = {"title": row["label"], "description": row["formula"], "unit": row["unit"]}
    described = {name: text for name, text in words.items() if text}
    return {"name": rules["name"], "type": rules["type"], **described, **rules}


def _key(key: list[str], fields: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the key: as primary key, which may have no empty cell, or else as unique key."""
    required = {f["name"] for f in fields if f["constraints"]["required"]}
    if not key:
        return {}
    return {"primaryKey": key} if required.issuperset(key) else {"uniqueKeys": [key]}


def _source(row: Mapping[Any, Any], cited: Mapping[str, str]) -> dict[str, str]:
    found = address(row["upstream"])
    return {
        "title": row["title"],
        **({"path": found} if found else {}),
        "version": row["version"],
        "citation": cited[row["citation_key"]],
    }


def _licence(row: Mapping[Any, Any]) -> dict[str, str]:
    """Return the terms in words; the name is that of a Creative Commons licence, or ``other``."""
    found = CREATIVE_COMMONS.match(row["licence"])
    name = "-".join(part for part in ("CC", *found.groups()) if part) if found else "other"
    return {"name": name, "title": row["licence"]}


def _unique(items: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for item in items:
        found += [] if item in found else [item]
    return found


def _one_line(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False)


def _absent(file: str) -> Fault:
    return Fault(
        file,
        "file",
        "a table that is described must be there",
        "no such file",
        "the file",
        "make it with `make ingest SOURCES=folder`, or restore it with `git checkout`",
    )
