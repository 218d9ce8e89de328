import pandas as pd
from underbalance.sources import imf_weo, wb_fiscal_space
from underbalance.sources.economy import parse


def test_both_sources_are_stacked_and_no_value_is_chosen_yet(tmp_path, allies, monkeypatch):
    def one_row(source):
        def parse_source(folder, listed):
            assert folder == tmp_path / source
            assert listed is allies
            return pd.DataFrame(
                {"iso3": ["KOR"], "year": [1990], "series": ["debt"], "source": [source]}
            )

        return parse_source

    for module, source in ((imf_weo, "imf_weo"), (wb_fiscal_space, "wb_fiscal_space")):
        monkeypatch.setattr(module, "parse", one_row(source))
    assert parse(tmp_path, allies)["source"].tolist() == ["imf_weo", "wb_fiscal_space"]
