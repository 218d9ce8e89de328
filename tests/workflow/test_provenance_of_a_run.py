"""A finished run says what its tables hold, what they rest on, and what to cite."""

from __future__ import annotations

import json
import re
from pathlib import Path

import frictionless
import pytest
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.registry import read_sources
from underbalance.schemas.facts import FACTS

pytestmark = pytest.mark.end_to_end


def manifest(folder: Path) -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = json.loads(
        (folder / "results/manifest.json").read_text(encoding="utf-8")
    )
    return found


def test_every_result_can_be_followed_back_to_facts_and_settings(finished: Path) -> None:
    found = manifest(finished)
    makers = found["steps"] | found["outputs"]
    used = {name for maker in makers.values() for name in maker["inputs"]}  # type: ignore[attr-defined]
    unmade = used - set(makers)
    assert {name for name in unmade if name.startswith("data/")} == {
        f"data/raw/{table}.csv" for table in FACTS
    }
    known = {"CITATION.cff", "config", "data", "docs"}
    assert {Path(name).parts[0] for name in unmade} <= known


def test_steps_on_the_way_are_no_results(finished: Path) -> None:
    found = manifest(finished)
    assert found["steps"]["data/processed/parts/country_years.csv"]["rule"] == "clean_country_years"
    assert not set(found["steps"]) & set(found["outputs"])


def test_the_package_of_the_processed_tables_is_valid(finished: Path) -> None:
    folder = finished / "data/processed"
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:10]
    described = {folder / task.place for task in report.tasks}
    assert described == {*folder.glob("*.csv"), *(folder / "outcomes").glob("*.csv")}


@pytest.mark.parametrize("arguments", [[], ["--table", "models_H2"], ["--table", "coverage"]])
def test_what_to_cite_is_told(
    finished: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(finished)
    result = CliRunner().invoke(main, ["cite", *arguments])
    assert result.exit_code == 0, result.output
    keys = set(re.findall(r"^@\w+\{(.+),$", result.output, re.MULTILINE))
    assert {"underbalance", "yoo_2012", "sipri_milex_2025"} <= keys
    assert keys - {"underbalance", "yoo_2012"} <= set(read_sources()["citation_key"])
