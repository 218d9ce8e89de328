"""The committed facts tables are what today's parsers make of the original releases."""

from pathlib import Path

import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.sources.facts import parse_facts
from underbalance.tables import write_table

SOURCES = Path(__file__).parents[2] / "shared" / "sources"


@pytest.mark.skipif(not SOURCES.is_dir(), reason=f"no original releases in {SOURCES}")
@pytest.mark.parametrize("table", sorted(FACTS))
def test_original_releases_give_the_committed_bytes(table, allies, tmp_path):
    path = tmp_path / f"{table}.csv"
    write_table(parse_facts(table, SOURCES, allies), path, FACTS[table]())
    made, committed = path.read_bytes(), (RAW_FOLDER / f"{table}.csv").read_bytes()
    differing = set(made.splitlines()) ^ set(committed.splitlines())
    assert made == committed, f"run `snakemake ingest`; {len(differing)} lines differ"
