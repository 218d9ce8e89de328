import pandas as pd
import pytest
from underbalance.outcomes.product_limit import median_duration, survival


def cases(*rows: tuple[int, int, int]) -> pd.DataFrame:
    """Rows of (entry, duration, ended)."""
    frame = pd.DataFrame(rows, columns=["entry", "duration", "ended"])
    return frame.astype({"ended": "bool"})


def test_censored_cases_count_as_at_risk_until_they_leave():
    # freireich's 6-MP arm (Kaplan-Meier's textbook data): S(6) = 18/21, S(7) = 16/21 * 18/18 ...
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = survival(cases(*[(0, t, 1) for t in ended], *[(0, t, 0) for t in censored]))
    # Klein and Moeschberger 2003, table 4.1B
    expected = [0.857, 0.807, 0.753, 0.690, 0.628, 0.538, 0.448]
    assert curve.index.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.tolist() == pytest.approx(expected, abs=0.0006)
    assert median_duration(cases(*[(0, t, 1) for t in ended], *[(0, t, 0) for t in censored])) == 23


def test_late_entry_counts_from_the_year_of_entry_on():
    # at risk: at 2 two cases (the third enters at 3), at 3 two, at 5 one
    curve = survival(cases((0, 2, 1), (0, 5, 1), (3, 3, 1)))
    assert curve.to_dict() == pytest.approx({2: 1 / 2, 3: 1 / 4, 5: 0})


def test_case_that_enters_after_an_end_was_not_at_risk_of_it():
    without, late = cases((0, 2, 1), (0, 4, 0)), cases((0, 2, 1), (0, 4, 0), (3, 9, 0))
    assert survival(late)[2] == survival(without)[2] == 0.5


def test_share_that_fell_to_zero_stays_there_when_others_enter_later():
    curve = survival(cases((0, 1, 1), (4, 6, 1), (4, 8, 0)))
    assert curve.to_dict() == {1: 0, 6: 0}


def test_median_is_the_first_duration_at_which_half_have_ended():
    assert median_duration(cases((0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1))) == 2


def test_median_is_not_reached_when_more_than_half_stay_open():
    assert pd.isna(median_duration(cases((0, 1, 1), (0, 5, 0), (0, 5, 0))))
    assert pd.isna(median_duration(cases((0, 5, 0))))


def test_half_that_comes_of_many_shares_is_half():
    # 1/2 as 9/10 * 8/9 * 7/8 * 6/7 * 5/6 is a little more in floating point
    rows = [(0, t, 1) for t in range(1, 6)] + [(0, 9, 0)] * 5
    assert median_duration(cases(*rows)) == 5
