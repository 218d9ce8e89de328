"""The committed documents are what the generator makes of the lists today."""

from __future__ import annotations

import json
import re
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.document.documents import documents, write_documents
from underbalance.document.markdown import anchor
from underbalance.errors import FaultsError
from underbalance.registry import (
    RAW_FOLDER,
    SOURCES_FILE,
    read_codebook,
    read_shipped_sources,
    read_sources,
)
from underbalance.schemas.columns import known_allies, listed_codes
from underbalance.tables import write_table

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "data/raw/README.md",
    "data/raw/datapackage.json",
    "docs/codebook.md",
    "docs/data_availability.md",
    "docs/references.bib",
)


@pytest.fixture
def copy(project_copy):
    """A copy of the project with its documents as working directory."""
    shutil.copytree(ROOT / "docs", project_copy / "docs")
    return project_copy


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def texts():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        listed_codes.cache_clear()
        return {path.as_posix(): text for path, text in documents().items()}


def test_the_documents_are_these(texts):
    assert tuple(sorted(texts)) == DOCUMENTS


@pytest.mark.parametrize("path", DOCUMENTS)
def test_committed_document_is_what_the_lists_make_of_it(texts, path):
    committed = (ROOT / path).read_bytes()
    assert committed == texts[path].encode(), f"{path} is stale: run `underbalance document`"


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.endswith(".md")])
def test_every_link_of_a_page_leads_somewhere(texts, path):
    for target in re.findall(r"\]\(([^)]+)\)", texts[path]):
        file, _, place = target.partition("#")
        page = (ROOT / path).parent / file if file else ROOT / path
        assert page.is_file(), target
        if place:
            headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in {anchor(heading) for heading in headings}, target


def test_every_variable_of_the_codebook_is_on_its_page(texts):
    parts = [part.partition("\n") for part in texts["docs/codebook.md"].split("\n## ")]
    sections = {heading: text for heading, _, text in parts}
    for row in read_codebook(ROOT / "config/codebook.csv").to_dict("records"):
        folder, _, name = row["table"].rpartition(".")
        place = {"raw": "data/raw/", "outcome": "data/processed/outcomes/", "": "data/processed/"}
        assert f"\n| `{row['name']}` | " in sections[f"{place[folder]}{name}.csv"]


def test_every_source_has_its_citation_terms_and_way_to_get_it(texts):
    page = texts["docs/data_availability.md"]
    parts = ["Rights", "Licence of the data", "Summary of availability"]
    parts += ["Details of each source", "List of data sets"]
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == parts
    for row in read_sources(ROOT / SOURCES_FILE).to_dict("records"):
        assert f"(`{row['citation_key']}` in [references.bib]" in page
        assert f"folder: `{row['source']}`" in page
        assert f"`data/raw/{row['table']}.csv`" in page


def test_source_that_is_not_passed_on_is_said_to_be_absent(copy):
    replace_in(copy / SOURCES_FILE, ",derived,", ",none,")
    page = documents()[Path("docs/data_availability.md")]
    assert "Not in the project, and to be got upstream: " in page
    assert "no account is needed" not in page


def test_table_without_a_row_in_the_registry_is_told(copy):
    lines = SOURCES_FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("milex,")]
    SOURCES_FILE.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(FaultsError, match="table milex"):
        documents()


def test_source_that_covers_few_allies_is_described_by_them(copy):
    others = ";".join(sorted(known_allies())[2:])
    write_table(read_shipped_sources().assign(allies_outside=others), SOURCES_FILE)
    assert " | all but ALB, AUS | " in documents()[RAW_FOLDER / "README.md"]


def test_only_what_changed_is_written(copy):
    assert write_documents() == []
    replace_in(copy / SOURCES_FILE, "SIPRI fair use", "SIPRI unfair use")
    assert [path.as_posix() for path in write_documents()] == [
        "data/raw/README.md",
        "data/raw/datapackage.json",
        "docs/data_availability.md",
    ]
    assert write_documents() == []


def test_command_says_what_it_wrote(copy):
    (copy / "docs/references.bib").unlink()
    first, second = (CliRunner().invoke(main, ["document"]) for _ in range(2))
    assert (first.exit_code, first.output) == (0, "written: docs/references.bib\n")
    assert second.output.startswith("nothing to write")


def test_command_tells_faults_and_changes_nothing(copy):
    replace_in(copy / SOURCES_FILE, ",derived,", ",deriven,")
    before = {path: Path(path).read_bytes() for path in DOCUMENTS}
    run = CliRunner().invoke(main, ["document"])
    assert run.exit_code == 1
    assert "deriven" in run.output
    assert {path: Path(path).read_bytes() for path in DOCUMENTS} == before


def test_ingest_renews_the_documents(copy):
    staged = copy / "data/staged/elections.csv"
    staged.parent.mkdir()
    text = (RAW_FOLDER / "elections.csv").read_text(encoding="utf-8")
    staged.write_text(text.replace("JPN,1990-02-18,ppeg,2.", "JPN,1990-02-18,ppeg,3."))
    log = str(copy / "ingest.log")
    job = SimpleNamespace(input=SimpleNamespace(staged=[str(staged)]), log=[log])
    runpy.run_path(str(ROOT / "workflow/scripts/ingest.py"), init_globals={"snakemake": job})
    sources = read_sources()
    sha = sources.loc[sources["table"] == "elections", "sha256"].iloc[0]
    assert f"SHA-256: `{sha}`" in (RAW_FOLDER / "README.md").read_text(encoding="utf-8")
    package = json.loads((RAW_FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    hashes = {resource["name"]: resource["hash"] for resource in package["resources"]}
    assert hashes["elections"] == f"sha256:{sha}"


def test_variables_and_outcomes_of_a_user_change_no_shipped_document(project, own_project):
    shutil.copytree(project / "docs", own_project / "docs")
    before = {path: path.read_bytes() for path in (own_project / "docs").rglob("*.*")}
    found = documents()
    assert found[Path("docs/codebook.md")].encode() == before[own_project / "docs/codebook.md"]
    assert set(before.values()) >= {
        found[path].encode() for path in found if path.parts[0] == "docs"
    }
