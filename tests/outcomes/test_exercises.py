import numpy as np
import pandas as pd
import pytest
from underbalance.outcomes.exercises import exercises
from underbalance.schemas.outcomes import exercises as schema
from underbalance.tables import check_frame

SOURCES = pd.DataFrame(
    {
        "table": ["exercises"],
        "source": ["mme"],
        "first_year": [1996],
        "last_year": [2000],
        "allies_outside": ["TWN"],
        "years_by_ally": [""],
        "years_outside": [""],
    }
)


def made(*held: tuple[str, str, bool], years: range = range(1996, 2001), iso3: str = "KOR"):
    facts = pd.DataFrame(
        [(number, iso3, start, joint) for number, start, joint in held],
        columns=["exercise_id", "iso3", "start", "with_usa"],
    ).astype({"start": "str"})
    allied = pd.DataFrame({"iso3": iso3, "year": years, "is_ally": True})
    table, ledger = exercises(facts, allied, SOURCES)
    assert ledger.empty
    return table


def test_exercises_with_the_usa_count_in_the_year_of_their_first_day():
    table = made(
        ("a", "1997-03-01", True),
        ("b", "1997-12", True),
        ("c", "1998-01-02", True),
        ("d", "1998-05-05", False),
    )
    check_frame(table, schema(), "outcome.exercises")
    assert table.set_index("year")["exercises"].to_dict() == {1997: 2, 1998: 1, 1999: 0, 2000: 0}


def test_growth_is_the_difference_in_logs_and_change_its_size():
    table = made(("a", "1996-03-01", True), ("b", "1997-03-01", True), ("c", "1997-04-01", True))
    growth = [np.log(3 / 2), -np.log(3), 0, 0]
    assert table["exercises_growth"].tolist() == pytest.approx(growth)
    assert table["exercises_change"].tolist() == pytest.approx(np.abs(growth))


def test_the_first_covered_year_has_no_year_before_and_later_ones_no_coverage():
    assert made(years=range(1990, 2010))["year"].tolist() == [1997, 1998, 1999, 2000]


def test_state_has_no_zero_from_before_its_independence():
    assert made(years=range(1998, 2001))["year"].tolist() == [1999, 2000]


def test_ally_outside_the_source_has_no_rows():
    assert made(("a", "1997-03-01", True), iso3="TWN").empty
