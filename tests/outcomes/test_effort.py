import pandas as pd
from underbalance.outcomes.effort import effort


def grown(*growth: float | None) -> pd.DataFrame:
    span = range(2000, 2000 + len(growth))
    return pd.DataFrame({"iso3": "JPN", "year": span, "is_ally": True, "effort_growth": growth})


def test_reversal_needs_growth_of_opposite_sign_in_the_year_before():
    table, _ = effort(grown(2.0, -1.0, -3.0, 4.0))
    assert table["reversal"].tolist()[1:] == [True, False, True]
    assert pd.isna(table["reversal"][0])


def test_reversal_is_unknown_after_a_gap_or_zero_growth():
    table, _ = effort(grown(2.0, None, -3.0, 0.0, 1.0))
    assert table["year"].tolist() == [2000, 2002, 2003, 2004]
    assert table["reversal"].isna().all()
