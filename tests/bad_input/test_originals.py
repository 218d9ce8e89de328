"""Mistakes in original releases: an ingest tells them, and leaves data/raw as it is."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from bad_input.case import raise_faults, snapshot
from bad_input.originals_cases import ALWAYS, EXCERPT, SHIPPED, Release
from underbalance.check_facts import facts_faults
from underbalance.errors import FaultsError
from underbalance.registry import read_allies, read_sources
from underbalance.schemas.facts import FACTS
from underbalance.sources.facts import parse_facts
from underbalance.tables import write_table

SOURCES = Path(__file__).parents[3] / "shared" / "sources"


def ingest(table: str, sources: Path, folder: Path) -> pd.DataFrame:
    """Do what `snakemake ingest` does with a table before any is accepted."""
    facts = parse_facts(table, sources, read_allies())
    staged = folder / f"{table}.csv"
    write_table(facts, staged, FACTS[table]())
    raise_faults(facts_faults(table, staged, read_sources()))
    return facts


def told(release: Release, sources: Path, folder: Path) -> list[str]:
    with pytest.raises(FaultsError) as error:
        ingest(release.table, sources, folder)
    return [f"{fault.file}\n{fault}" for fault in error.value.faults]


@pytest.mark.parametrize("release", ALWAYS, ids=[release.id for release in ALWAYS])
def test_mistake_in_an_excerpt_is_told_or_changes_nothing(release, tmp_path, project):
    path = tmp_path / "sources" / release.file
    path.parent.mkdir(parents=True)
    path.write_bytes(EXCERPT)
    sound = ingest(release.table, tmp_path / "sources", tmp_path)
    path.write_bytes(release.damage(EXCERPT))
    shipped = snapshot(project / "data")
    if release.told:
        found = told(release, tmp_path / "sources", tmp_path)
        assert any(all(part in text for part in release.told) for text in found), found[:4]
    else:
        again = ingest(release.table, tmp_path / "sources", tmp_path)
        pd.testing.assert_frame_equal(again, sound)
    assert snapshot(project / "data") == shipped


@pytest.mark.skipif(not SOURCES.is_dir(), reason="no original releases beside the project")
@pytest.mark.parametrize("release", SHIPPED, ids=[release.id for release in SHIPPED])
def test_mistake_in_a_release_is_told(release, tmp_path):
    folder, name = release.file.split("/")
    home = SOURCES.parent if folder == "coding" else SOURCES
    shutil.copytree(home / folder, tmp_path / folder, copy_function=shutil.copyfile)
    path = tmp_path / folder / name
    sound = path.read_bytes()
    ingest(release.table, tmp_path, tmp_path)
    path.write_bytes(release.damage(sound))
    found = told(release, tmp_path, tmp_path)
    assert any(all(part in text for part in release.told) for text in found), found[:4]
