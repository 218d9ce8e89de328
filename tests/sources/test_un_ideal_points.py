import numpy as np
import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.facts.ties import ideal_points
from underbalance.sources.un_ideal_points import parse
from underbalance.tables import check_frame

USA = (2, "USA", 1990, 2.5, 2.4)


@pytest.fixture
def parsed(tmp_path, allies):
    def parse_rows(*rows: tuple, drop: str = "nvotesall"):
        columns = ["ccode", "iso3c", "year", "idealpointfp", "idealpointall"]
        release = pd.DataFrame(rows, columns=columns).astype(
            {"ccode": "int16", "year": "float32", "idealpointfp": "f4", "idealpointall": "f4"}
        )
        release = release.assign(idealpointlegacy=np.float32(0.5), nvotesall=70.0)
        path = tmp_path / "IdealpointsJuly2025.dta"
        release.drop(columns=drop).to_stata(path, write_index=False)
        return parse(tmp_path, allies)

    return parse_rows


def test_point_of_the_ally_stands_beside_that_of_the_usa_in_the_year(parsed):
    table = parsed(USA, (2, "USA", 1991, 2.6, 2.7), (740, "JPN", 1991, 0.9, 0.8))
    assert table.to_dict("records") == [
        {
            "iso3": "JPN",
            "year": 1991,
            "ideal_point": 0.9,
            "ideal_point_usa": 2.6,
            "ideal_point_all_votes": 0.8,
            "ideal_point_all_votes_usa": 2.7,
        }
    ]
    check_frame(table, ideal_points(), "ideal_points")


def test_single_precision_is_read_as_its_shortest_decimal(parsed):
    table = parsed(USA, (740, "JPN", 1990, 0.1, 0.2))
    assert table["ideal_point"].tolist() == [0.1]  # not 0.10000000149011612


def test_row_without_iso_code_is_matched_by_its_correlates_of_war_code(parsed):
    assert parsed(USA, (740, "", 1990, 0.9, 0.8))["iso3"].tolist() == ["JPN"]


def test_row_with_the_legacy_value_only_is_left_out(parsed):
    assert parsed(USA, (740, "", 1990, np.nan, np.nan)).empty


def test_one_of_two_points_missing_keeps_the_row(parsed):
    table = parsed((2, "USA", 2024, 2.5, np.nan), (740, "JPN", 2024, np.nan, 0.75))
    row = table.drop(columns=["iso3", "year"]).iloc[0]
    assert row["ideal_point_all_votes"] == 0.75
    assert row["ideal_point_usa"] == 2.5
    assert row[row.isna()].index.tolist() == ["ideal_point", "ideal_point_all_votes_usa"]


def test_west_germany_and_germany_are_one_ally(parsed):
    table = parsed(
        USA, (260, "DEU", 1989, 1.0, 1.0), (255, "DEU", 1990, 1.1, 1.1), (265, "", 1989, -2, -2)
    )
    assert table[["iso3", "ideal_point"]].to_dict("split")["data"] == [["DEU", 1.0], ["DEU", 1.1]]
    assert table["ideal_point_usa"].isna().tolist() == [True, False]


def test_years_before_1985_and_states_that_are_no_allies_are_left_out(parsed):
    table = parsed(
        USA, (740, "JPN", 1984, 1, 1), (740, "JPN", 1985, 1, 1), (710, "CHN", 1990, 1, 1)
    )
    assert table["year"].tolist() == [1985]


def test_missing_column_is_named(parsed):
    with pytest.raises(FaultsError, match="column idealpointfp"):
        parsed(USA, drop="idealpointfp")
