"""The data packages, held to the standard by frictionless."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import pytest
from underbalance.document.datapackage import facts_package, processed_package
from underbalance.document.described import facts_tables
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER, read_codebook, read_sources, sha256
from underbalance.schemas.facts import FACTS

ROOT = Path(__file__).parents[2]
AUTHORS = [{"title": "The Underbalance developers", "role": "author"}]


def committed() -> dict:
    return json.loads((ROOT / RAW_FOLDER / "datapackage.json").read_text(encoding="utf-8"))


def report(folder: Path) -> frictionless.Report:
    return frictionless.Package(str(folder / "datapackage.json")).validate()


def test_committed_package_and_every_row_of_its_tables_are_valid():
    found = report(ROOT / RAW_FOLDER)
    assert found.valid, found.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:10]
    assert sorted(task.name for task in found.tasks) == sorted(FACTS)
    assert all(task.stats["rows"] > 0 for task in found.tasks)


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("milex", "JPN,1998,0.00", "JPN,1998,9.00", "constraint-error"),
        ("milex", "JPN,1998,", "JPN,1997,", "primary-key"),
        ("milex", "JPN,1998,", "JPN,ninety,", "type-error"),
        ("milex", "JPN,1998,", "JPX,1998,", "constraint-error"),
        (
            "alliance",
            "JPN,bilateral_defence_treaty,1951-09-08",
            "JPN,bilateral_defence_treaty,1951-02-30",
            "type-error",
        ),
        ("milex", "share_gdp,", "share,", "incorrect-label"),
    ],
)
def test_package_finds_wrong_cells(tmp_path, table, old, new, error):
    package = committed()
    package["resources"] = [one for one in package["resources"] if one["name"] == table]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    path = tmp_path / f"{table}.csv"
    text = (ROOT / RAW_FOLDER / path.name).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert error in {e[0] for e in report(tmp_path).flatten(["type"])}


def test_bytes_and_hash_are_those_of_the_files():
    for resource in committed()["resources"]:
        path = ROOT / RAW_FOLDER / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == f"sha256:{sha256(path)}"


def test_fields_have_the_words_of_the_codebook():
    resources = {resource["name"]: resource for resource in committed()["resources"]}
    fields = {f["name"]: f for f in resources["milex"]["schema"]["fields"]}
    assert fields["share_gdp"]["title"] == "Military expenditure, share of GDP"
    assert fields["share_gdp"]["unit"] == "fraction"


def test_key_with_a_cell_that_may_be_empty_is_unique_but_not_primary():
    resources = {resource["name"]: resource["schema"] for resource in committed()["resources"]}
    assert resources["milex"]["primaryKey"] == ["iso3", "year"]
    assert "primaryKey" not in resources["leaders"]
    assert resources["leaders"]["uniqueKeys"] == [["iso3", "source", "leader", "start", "end"]]


def test_licence_of_creative_commons_is_named_and_others_told_in_words():
    resources = {resource["name"]: resource["licenses"] for resource in committed()["resources"]}
    assert resources["institutions"] == [{"name": "CC-BY-SA-4.0", "title": "CC BY-SA 4.0"}]
    assert [licence["name"] for licence in resources["milex"]] == ["other"]


def test_table_that_is_not_there_is_told(project_copy):
    facts = facts_tables(read_codebook())
    (RAW_FOLDER / "milex.csv").unlink()
    with pytest.raises(FaultsError, match=r"data/raw/milex\.csv[\s\S]*make ingest"):
        facts_package(facts, read_sources(), AUTHORS)


def test_brackets_in_words_do_not_break_the_lists(project_copy):
    codebook = read_codebook()
    codebook["formula"] = 'x[t] - x[t-1], "quoted" [\n]'
    text = facts_package(facts_tables(codebook), read_sources(), AUTHORS)
    field = json.loads(text)["resources"][0]["schema"]["fields"][0]
    assert field["description"] == 'x[t] - x[t-1], "quoted" [\n]'


def test_processed_package_has_paths_from_its_own_folder(project_copy):
    table = facts_tables(read_codebook())["milex"]
    package = json.loads(processed_package([table], AUTHORS))
    assert package["name"] == "underbalance-processed"
    assert package["contributors"] == AUTHORS
