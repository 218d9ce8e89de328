import pandas as pd
import pytest
from underbalance.claims.periods import first_day, last_day, overlaps, years_later, years_of


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        # of 1993 122 days, of 1998 all but seven
        ("1993-09-01", "1998-12-24", [1994, 1995, 1996, 1997, 1998]),
        # 183 of 365 days are half, 182 are not
        ("1999-07-02", "2000-12-31", [1999, 2000]),
        ("1999-07-03", "2000-12-31", [2000]),
        # 183 of 366 days are exactly half
        ("2000-07-02", "2000-12-31", [2000]),
        # neither year has half its days: the one with more, then the earlier
        ("1999-10-01", "2000-02-15", [1999]),
        ("1999-12-22", "2000-01-10", [1999]),
        ("1999-12-25", "2000-01-10", [2000]),
    ],
)
def test_years_with_half_their_days_count_else_the_fullest(start, end, years):
    assert years_of(start, end) == years


def test_partial_date_overlaps_a_period_that_it_may_lie_in():
    dates = pd.Series(
        ["1998", "1998-08", "1998-08-30", "1998-08-31", "1999", "1997"], [5, 4, 3, 2, 1, 0]
    )
    found = overlaps(dates, "1998-08-31", "1998-12-31")
    assert found.tolist() == [True, True, False, True, False, False]
    assert found.index.tolist() == [5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2004", "2004-01-01", "2004-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2004-02-10", "2004-02-10", "2004-02-10"),
    ],
)
def test_partial_date_has_a_first_and_a_last_day(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


def test_leap_day_five_years_later_is_the_day_before_march():
    assert years_later("2004-02-29", 5) == "2009-02-28"
    assert years_later("2004-02-29", 4) == "2008-02-29"
    assert years_later("1998-12-25", 5) == "2003-12-25"
