import pandas as pd
from underbalance.sources import democratic_electoral_systems, ppeg
from underbalance.sources.elections import parse


def test_both_sources_are_stacked_and_no_election_is_chosen_yet(tmp_path, allies, monkeypatch):
    def one_row(source):
        def parse_source(folder, listed):
            assert folder == tmp_path / source
            assert listed is allies
            return pd.DataFrame({"iso3": ["JPN"], "date": ["1990-02-18"], "source": [source]})

        return parse_source

    for module in (ppeg, democratic_electoral_systems):
        monkeypatch.setattr(module, "parse", one_row(module.__name__.rpartition(".")[2]))
    stacked = parse(tmp_path, allies)
    assert stacked["source"].tolist() == ["democratic_electoral_systems", "ppeg"]
