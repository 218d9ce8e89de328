import pytest
from underbalance.registry import read_sources
from underbalance.schemas.facts import FACTS
from underbalance.sources import facts
from underbalance.sources.facts import PARSERS, parse_facts


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
