from underbalance.claims.years import listed_years, reversed_spans, spanned


def test_spans_and_single_years_are_listed():
    assert listed_years("1993-1994;1998;2007-2009") == [1993, 1994, 1998, 2007, 2008, 2009]


def test_reversed_spans_are_named():
    assert reversed_spans("1994-1993;1998;2001-2002") == ["1994-1993"]


def test_years_that_follow_one_another_are_shown_as_a_span():
    assert spanned([1998, 1993, 1994, 1995, 2007, 2008]) == "1993–1995, 1998, 2007–2008"
    assert spanned([]) == ""
