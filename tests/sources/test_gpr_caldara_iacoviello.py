from pathlib import Path

import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.threat import geopolitical_risk
from underbalance.sources import gpr_caldara_iacoviello
from underbalance.sources.gpr_caldara_iacoviello import parse
from underbalance.tables import check_frame, read_table

SERIES = {"GPRC_JPN": 0.2, "GPRHC_JPN": 9.0, "GPRC_CHN": 1.0, "GPR": 100.0}


@pytest.fixture
def parsed(tmp_path, allies, monkeypatch):
    """Parse a made-up sheet: the library writes no .xls, only the opening is replaced."""
    (tmp_path / "data_gpr_export.xls").touch()

    def parse_months(first: str, periods: int, **series):
        months = pd.date_range(first, periods=periods, freq="MS")
        sheet = pd.DataFrame({"month": months} | series)
        monkeypatch.setattr(gpr_caldara_iacoviello, "read_first_sheet", lambda *_, **__: sheet)
        return parse(tmp_path, allies)

    return parse_months


def test_year_is_the_mean_of_its_months_in_percent_of_articles(parsed):
    values = [0.1] * 6 + [0.3] * 6
    table = parsed("1998-01-01", 12, GPRC_JPN=values)
    (row,) = table.to_dict("records")
    assert row == {"iso3": "JPN", "year": 1998, "gpr": pytest.approx(0.2), "months": 12}
    check_frame(table, geopolitical_risk(), "geopolitical_risk")


def test_only_the_recent_series_of_listed_allies_is_taken(parsed):
    table = parsed("1998-01-01", 12, **SERIES)
    assert table["iso3"].tolist() == ["JPN"]
    assert table["gpr"].tolist() == pytest.approx([0.2])


def test_months_without_a_value_are_no_zeros_and_show_in_the_count(parsed):
    table = parsed("1998-01-01", 12, GPRC_JPN=[None] * 4 + [0.4] * 8)
    assert table[["gpr", "months"]].to_numpy().tolist() == [[pytest.approx(0.4), 8]]


def test_years_before_1985_and_after_2025_are_left_out(parsed):
    table = parsed("1984-12-01", 12 * 41 + 5, GPRC_JPN=0.2)
    assert (table["year"].min(), table["year"].max()) == (1985, 2025)


def test_release_without_country_series_is_a_fault(parsed):
    with pytest.raises(FaultsError, match="must have the country series"):
        parsed("1998-01-01", 12, GPR=100.0)


def shipped() -> pd.DataFrame:
    return read_table(Path(RAW_FOLDER, "geopolitical_risk.csv"), geopolitical_risk())


def test_news_on_britain_peak_in_the_year_of_the_war_in_iraq():
    # Caldara and Iacoviello (2022, section II): the index spikes at the Iraq war of 2003
    britain = shipped().query("iso3 == 'GBR'").set_index("year")["gpr"]
    assert britain.idxmax() == 2003


def test_allies_without_a_series_have_no_rows_and_the_others_all_years():
    table = shipped()
    assert not {"CZE", "GRC", "NZL", "ROU"} & set(table["iso3"])
    assert (table.groupby("iso3")["year"].agg(["min", "max"]) == [1985, 2025]).all(None)
    assert (table["months"] == 12).all()
