"""What `underbalance cite` prints, from a made-up manifest and the shipped registry."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from underbalance.cli import main
from underbalance.document.cite import MANIFEST

ROOT = Path(__file__).parents[2]
OWN = ["underbalance", "yoo_2012"]
PARTS = "data/processed/parts/country_years.csv"


def made_from(*inputs: str) -> dict[str, object]:
    return {"rule": "r", "script": "s", "inputs": list(inputs), "sha256": "0"}


@pytest.fixture
def run(project_copy) -> Path:
    """A project with the manifest of a run that made one effort table from two facts tables."""
    shutil.copy(ROOT / "CITATION.cff", project_copy)
    facts = [f"data/raw/{name}.csv" for name in ("milex", "deals", "leaders")]
    manifest = {
        "inputs": dict.fromkeys(["config/allies.csv", *facts], "0"),
        "steps": {PARTS: made_from("data/raw/milex.csv", "config/allies.csv")},
        "outputs": {
            "data/processed/ally_year.csv": made_from(PARTS, "data/raw/leaders.csv"),
            "data/processed/deals.csv": made_from("data/raw/deals.csv", PARTS),
            "data/processed/outcomes/effort.csv": made_from(PARTS),
            "results/estimates/effort.csv": made_from("data/processed/ally_year.csv"),
            "results/tables/effort.tex": made_from("results/estimates/effort.csv"),
        },
    }
    write(manifest)
    return project_copy


def write(manifest: dict[str, object]) -> None:
    Path(MANIFEST).parent.mkdir(exist_ok=True)
    Path(MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def cite(*tables: str) -> Result:
    return CliRunner().invoke(main, ["cite", *(a for t in tables for a in ("--table", t))])


def keys(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return re.findall(r"^@\w+\{(.+),$", result.output, re.MULTILINE)


LEADERS = ["bell_2021", "goemans_2009", "nyrup_bramwell_2020"]
MILEX = ["sipri_milex_2025"]
DEALS = ["sipri_arms_transfers_2026"]


def test_software_article_and_every_source_that_was_read_are_cited(run):
    assert keys(cite()) == [*OWN, *LEADERS, *DEALS, *MILEX]


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        ("effort", LEADERS + MILEX),  # a result first
        ("results/tables/effort.tex", LEADERS + MILEX),
        ("outcome.effort", MILEX),
        ("deals", DEALS + MILEX),  # then a processed table
        ("raw.deals", DEALS),
        ("data/raw/deals.csv", DEALS),
        ("milex", MILEX),  # then a facts table
    ],
)
def test_table_is_followed_back_to_the_sources_it_rests_on(run, name, sources):
    assert keys(cite(name)) == [*OWN, *sources]


def test_several_tables_are_cited_together(run):
    assert keys(cite("raw.deals", "raw.milex")) == [*OWN, *DEALS, *MILEX]


def test_what_is_cited_for_what_is_said_first(run):
    assert cite("outcome.effort").output.splitlines()[:2] == [
        "% data/processed/outcomes/effort.csv",
        "% rests on: data/raw/milex.csv",
    ]


def test_unknown_table_is_told_with_a_near_match(run):
    result = cite("efort")
    assert result.exit_code == 1
    assert "table efort" in result.output
    assert "did you mean `effort`?" in result.output
    assert "Traceback" not in result.output


def test_every_unknown_table_is_told_at_once(run):
    result = cite("efort", "raw.milx", "effort")
    assert "2 faults" in result.output
    assert "`raw.milex`" in result.output


def test_without_a_complete_run_the_way_to_one_is_told(project_copy):
    result = cite()
    assert result.exit_code == 1
    assert "results/manifest.json" in result.output
    assert "run `make`" in result.output


def test_manifest_of_an_older_version_is_told(run):
    write({"inputs": {}, "outputs": {}})
    result = cite()
    assert result.exit_code == 1
    assert "older version" in result.output
