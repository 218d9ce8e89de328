import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import armed_forces
from underbalance.sources.wdi_military import PERSONNEL, parse
from underbalance.tables import check_frame, read_table

HEADER = f'Country Name,Country Code,Year,"{PERSONNEL}"'


@pytest.fixture
def parsed(original, allies):
    def parse_lines(*lines: str):
        table = parse(original("wdi_2021_military_subset.csv", HEADER, *lines), allies)
        check_frame(table, armed_forces(), "armed_forces")
        return table

    return parse_lines


def test_year_without_a_figure_has_no_row(parsed):
    table = parsed("Japan,JPN,1985,243000.0", "Japan,JPN,2019,")
    assert table.to_dict("split")["data"] == [["JPN", 1985, 243_000]]


def test_coast_guard_of_iceland_is_no_armed_force(parsed):
    assert parsed("Iceland,ISL,2010,130.0").empty


def test_shipped_strength_of_japan_is_that_of_the_military_balance_with_the_coast_guard():
    # IISS, The Military Balance 2019: 247,150 active and 14,000 paramilitary (coast guard)
    table = read_table(RAW_FOLDER / "armed_forces.csv", armed_forces())
    japan = table[table["iso3"] == "JPN"].set_index("year")["personnel"]
    assert japan[2018] == 247_150 + 14_000
