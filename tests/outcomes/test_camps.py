"""The head of government and the camp on a day."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.outcomes.camps import camps_on, governments, names_of, years_of

YEARS = (1998, 2002)


def leaders(*rows: tuple[str, str, str], iso3: str = "KOR", until: str = "2001-06-30"):
    table = pd.DataFrame(rows, columns=["leader", "start", "end"])
    return table.assign(iso3=iso3, status="observed", covered_until=until)


def cabinets(*rows: tuple[str, str, str, float], iso3: str = "JPN") -> pd.DataFrame:
    columns = ["prime_minister", "start", "end", "left_right_pm"]
    return (
        pd.DataFrame(rows, columns=columns).astype({"left_right_pm": "float64"}).assign(iso3=iso3)
    )


def camps(rows: dict[int, str], iso3: str = "KOR") -> pd.DataFrame:
    years = pd.DataFrame({"year": list(rows), "hog_ideology": list(rows.values())})
    return years.assign(iso3=iso3, leader_ideology=years["hog_ideology"])


def told(table: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return start, head, camp and how it is known, by row."""
    return [
        (str(row["start"])[:10], row["head"], row["camp"], row["camp_from"])
        for row in table.to_dict("records")
    ]


def test_a_camp_holds_for_all_days_of_the_head_and_ends_with_what_is_known_of_leaders():
    spells = leaders(("Park", "1995-03-01", "2000-02-25"), ("Roh", "2000-02-25", ""))
    coded = camps({1998: "rightist", 1999: "rightist", 2000: "leftist"})
    assert told(governments(spells, cabinets(), coded, YEARS)) == [
        ("1998-01-01", "Park", "rightist", "coded"),
        ("2000-02-25", "Roh", "leftist", "coded"),
        ("2001-07-01", "", "not_known", ""),
    ]


def test_a_leader_has_the_camp_of_the_leader_and_not_of_the_head_of_government():
    spells = leaders(("Tsai", "1995-03-01", ""), iso3="TWN")
    coded = camps({1998: "rightist", 1999: "leftist"}, "TWN").assign(leader_ideology="leftist")
    table = governments(spells, cabinets(), coded, YEARS)
    assert told(table)[0] == ("1998-01-01", "Tsai", "leftist", "coded")


def test_a_leader_without_a_coded_year_end_has_no_known_camp():
    spells = leaders(("Park", "1995-03-01", "2000-02-25"), ("Roh", "2000-02-25", ""))
    table = governments(spells, cabinets(), camps({1998: "centrist"}), YEARS)
    assert told(table)[1] == ("2000-02-25", "Roh", "not_known", "")


def test_a_change_of_camp_within_a_head_follows_the_year_ends():
    spells = leaders(("Park", "1995-03-01", ""))
    table = governments(spells, cabinets(), camps({1998: "rightist", 1999: "leftist"}), YEARS)
    assert told(table)[:2] == [
        ("1998-01-01", "Park", "rightist", "coded"),
        ("1999-01-01", "Park", "leftist", "coded"),
    ]


def test_prime_ministers_of_parlgov_go_before_leaders_who_may_be_presidents():
    spells = leaders(("President", "1995-03-01", ""), iso3="JPN")
    ruled = cabinets(("Abe", "1998-02-01", "1999-12-31", 8.0), ("Kan", "2000-01-01", "", 3.0))
    table = governments(spells, ruled, camps({1999: "rightist", 2000: "leftist"}, "JPN"), YEARS)
    assert told(table)[:3] == [
        ("1998-01-01", "President", "not_known", ""),
        ("1998-02-01", "Abe", "rightist", "coded"),
        ("2000-01-01", "Kan", "leftist", "coded"),
    ]
    assert table["office"].tolist()[:2] == ["leader", "prime_minister"]


def test_a_head_who_never_saw_a_year_end_has_the_camp_of_the_party():
    spells = leaders(("Any", "1995-03-01", ""), iso3="JPN")
    ruled = cabinets(
        ("Abe", "1998-01-01", "1999-03-31", 8.0),
        ("Uno", "1999-04-01", "1999-06-30", 8.0),
        ("Kan", "1999-07-01", "", 3.0),
    )
    table = governments(spells, ruled, camps({1998: "rightist", 1999: "leftist"}, "JPN"), YEARS)
    assert told(table)[1] == ("1999-04-01", "Uno", "rightist", "party")


@pytest.mark.parametrize(
    ("position", "camp"), [(3.9, "leftist"), (4.1, "centrist"), (6.6, "rightist")]
)
def test_a_new_party_is_placed_between_the_medians_of_the_coded_camps(position, camp):
    spells = leaders(("Any", "1995-03-01", ""), iso3="JPN")
    ruled = cabinets(
        ("Left", "1998-01-01", "1998-12-31", 3.0),
        ("Centre", "1999-01-01", "1999-12-31", 5.0),
        ("Right", "2000-01-01", "2000-12-31", 8.0),
        ("New", "2001-01-01", "", position),
    )
    coded = camps({1998: "leftist", 1999: "centrist", 2000: "rightist"}, "JPN")
    table = governments(spells, ruled, coded, YEARS)  # cuts: 4 and 6.5
    assert told(table)[3] == ("2001-01-01", "New", camp, "position")


def test_periods_leave_no_day_out():
    spells = leaders(("Park", "1998-03-01", "2000-02-25"), ("Roh", "2000-02-26", ""))
    table = governments(spells, cabinets(), camps({1998: "rightist", 2000: "leftist"}), YEARS)
    assert years_of(table).sum() == pytest.approx(1767 / 365.25)  # 1 March 1998 to 2002
    gaps = table["start"].iloc[1:].reset_index(drop=True) - table["end"].iloc[:-1]
    assert gaps.dt.days.tolist() == [1, 1]


def test_the_camp_of_a_day_is_that_of_the_period_it_lies_in():
    spells = leaders(("Park", "1998-03-01", "2000-02-25"), ("Roh", "2000-02-25", ""))
    table = governments(spells, cabinets(), camps({1998: "rightist", 2000: "leftist"}), YEARS)
    dates = ["2000-02-25", "1998-01-01", "2000-02-24", "2002-12-31"]
    days = pd.DataFrame({"iso3": "KOR", "day": pd.to_datetime(dates).astype("datetime64[us]")})
    found = camps_on(days, table)
    assert found["camp"].tolist() == ["leftist", "not_known", "rightist", "not_known"]
    assert found["head"].tolist() == ["Roh", "", "Park", ""]


def test_names_are_listed_once_in_their_order():
    assert names_of(["Abe", "", "Aso", "Abe"]) == "Abe; Aso"
