import pandas as pd
import pytest
from underbalance.coding.turnover import turnover_3y


def spells(*rows: tuple[str, str, bool], iso3="JPN", since="1980-01-01", until="2010-12-31"):
    """Rows of leader_spells from (leader, start, interim)."""
    return pd.DataFrame(
        [
            {
                "iso3": iso3,
                "spell": number,
                "leader": leader,
                "start": start,
                "interim": interim,
                "covered_from": since,
                "covered_until": until,
            }
            for number, (leader, start, interim) in enumerate(rows, start=1)
        ]
    )


def turnover(table: pd.DataFrame, year: int, iso3: str = "JPN") -> object:
    counted = turnover_3y(table, pd.DataFrame({"iso3": [iso3], "year": [year]}))
    value = counted["turnover_3y"].iloc[0]
    return None if pd.isna(value) else int(value)


@pytest.mark.parametrize(
    ("start", "counted"),
    [("1997-12-31", 0), ("1998-01-01", 1), ("2000-12-31", 1), ("2001-01-01", 0)],
)
def test_window_is_the_year_and_the_two_before(start, counted):
    table = spells(("A", "1990-01-01", False), ("B", start, False))
    assert turnover(table, 2000) == counted


def test_each_change_in_the_window_counts_also_a_return():
    table = spells(
        ("A", "1990-01-01", False), ("B", "1999-01-01", False), ("A", "2000-01-01", False)
    )
    assert turnover(table, 2000) == 2


def test_return_after_an_acting_week_is_no_change():
    table = spells(
        ("A", "1990-01-01", False), ("Acting", "2000-05-01", True), ("A", "2000-05-08", False)
    )
    assert turnover(table, 2000) == 0


def test_acting_week_between_two_leaders_leaves_one_change_dated_at_the_new_leader():
    table = spells(
        ("A", "1990-01-01", False), ("Acting", "1997-12-29", True), ("B", "1998-01-02", False)
    )
    assert turnover(table, 2000) == 1
    assert turnover(table, 1997) == 0


def test_unobserved_holder_is_another_holder():
    table = spells(
        ("A", "1990-01-01", False), ("", "1999-01-01", False), ("A", "1999-06-01", False)
    )
    assert turnover(table, 2000) == 2


def test_term_renewed_without_another_holder_is_no_change():
    table = spells(("A", "1990-01-01", False), ("A", "1999-01-10", False))
    assert turnover(table, 2000) == 0


def test_first_holder_is_no_change():
    table = spells(("A", "1993-01-01", False), since="1993-01-01")
    assert turnover(table, 1995) == 0


def test_missing_unless_the_whole_window_lies_after_the_first_covered_day():
    table = spells(("A", "1991-08-20", False), since="1991-08-20")
    assert turnover(table, 1993) is None
    assert turnover(table, 1994) == 0


def test_missing_unless_the_line_is_known_through_december():
    table = spells(("A", "1990-01-01", False), until="2023-07-01")
    assert turnover(table, 2022) == 0
    assert turnover(table, 2023) is None
    assert turnover(spells(("A", "1990-01-01", False), until="2023-12-31"), 2023) == 0


def test_missing_for_an_ally_without_a_line():
    assert turnover(spells(("A", "1990-01-01", False)), 2000, iso3="XXX") is None


def test_allies_do_not_mix_and_rows_keep_their_order_and_index():
    table = pd.concat(
        [
            spells(("A", "1990-01-01", False), ("B", "1999-01-01", False)),
            spells(("first in its line", "2000-05-01", False), iso3="KOR"),
        ]
    )
    ally_years = pd.DataFrame(
        {"iso3": ["KOR", "JPN", "JPN"], "year": [2000, 2000, 2003]}, index=[7, 3, 5]
    )
    counted = turnover_3y(table, ally_years)
    assert counted.to_dict("index") == {
        7: {"iso3": "KOR", "year": 2000, "turnover_3y": 0},
        3: {"iso3": "JPN", "year": 2000, "turnover_3y": 1},
        5: {"iso3": "JPN", "year": 2003, "turnover_3y": 0},
    }
    assert counted["turnover_3y"].dtype == "Int64"
