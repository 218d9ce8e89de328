import pytest
from underbalance.registry import read_sources
from underbalance.schemas.facts import FACTS
from underbalance.sources import facts
from underbalance.sources.facts import PARSERS, originals_folder, parse_facts


def test_every_facts_table_has_a_parser_and_no_parser_is_without_schema():
    assert sorted(PARSERS) == sorted(FACTS)


@pytest.mark.parametrize("table", sorted(PARSERS))
def test_parser_reads_from_the_folder_of_its_registered_source(table):
    sources = read_sources()
    registered = sources.loc[sources["table"] == table, "source"].tolist()
    folder = PARSERS[table][0]
    assert [folder] == registered or (folder == "." and len(registered) > 1)


def test_parser_gets_its_folder_and_the_allies(tmp_path, allies, monkeypatch):
    given = []
    monkeypatch.setitem(facts.PARSERS, "milex", ("sipri_milex", lambda *a: given.append(a)))
    parse_facts("milex", tmp_path, allies)
    ((folder, listed),) = given
    assert folder == tmp_path / "sipri_milex"
    assert listed is allies


@pytest.mark.parametrize("place", ["sources/coding", "coding"], ids=["inside", "beside"])
def test_hand_coded_tables_are_found_inside_the_sources_folder_or_beside_it(tmp_path, place):
    sources = tmp_path / "sources"
    sources.mkdir()
    (tmp_path / place).mkdir()
    found = originals_folder("seed_claims", sources)
    assert found.resolve() == tmp_path / place


def test_hand_coded_tables_inside_the_sources_folder_come_first(tmp_path):
    for place in ("sources/coding", "coding"):
        (tmp_path / place).mkdir(parents=True)
    sources = tmp_path / "sources"
    assert originals_folder("seed_claims", sources) == sources / "coding"


def test_downloaded_sources_are_looked_for_inside_the_sources_folder_only(tmp_path):
    (tmp_path / "sipri_milex").mkdir()
    sources = tmp_path / "sources"
    assert originals_folder("milex", sources) == sources / "sipri_milex"
