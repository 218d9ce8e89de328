import pandas as pd
import pytest
from underbalance.schemas.columns import iso_date, table, text
from underbalance.schemas.facts.periods import no_gap, no_overlap
from underbalance.table_faults import rule_faults

SCHEMA = table(
    {"who": text(), "start": iso_date(), "end": iso_date()},
    ["who", "start"],
    no_overlap(["who"]),
    no_gap(["who"]),
)


def told(*periods: tuple[str, str], who: str = "a") -> list[tuple[str, str]]:
    """The kind of each fault with the start of the period that it is told at."""
    rows = pd.DataFrame([(who, *period) for period in periods], columns=["who", "start", "end"])
    faults = rule_faults(rows.astype("str"), SCHEMA, "periods")
    kinds = ("overlap", "gap", "exists")
    return [(next(k for k in kinds if k in f.rule), f.value) for f in faults]


def test_periods_that_meet_are_sound_in_any_order_of_rows():
    assert told(("2000-03-01", "2000-12-31"), ("1999-01-01", "2000-02-29")) == []


@pytest.mark.parametrize(
    ("start", "kind"),
    [("1999-12-31", "overlap"), ("2000-01-01", ""), ("2000-01-02", "gap")],
)
def test_one_day_decides_between_overlap_and_gap(start, kind):
    found = told(("1999-01-01", "1999-12-31"), (start, "2000-12-31"))
    assert found == ([(kind, start)] if kind else [])


def test_period_inside_a_longer_one_hides_no_overlap_after_it():
    assert told(
        ("1990-01-01", "2025-12-31"), ("2000-01-01", "2005-12-31"), ("2006-01-01", "2025-12-31")
    ) == [("overlap", "2000-01-01"), ("overlap", "2006-01-01")]


def test_periods_of_different_groups_do_not_meet():
    rows = pd.DataFrame(
        [("a", "1990-01-01", "1999-12-31"), ("b", "1995-01-01", "2004-12-31")],
        columns=["who", "start", "end"],
    )
    assert rule_faults(rows.astype("str"), SCHEMA, "periods") == []


def test_date_that_does_not_exist_is_told_as_such_and_as_nothing_else():
    assert told(("1999-01-01", "1999-02-30"), ("2000-01-01", "2000-12-31")) == [
        ("exists", "1999-02-30")
    ]
