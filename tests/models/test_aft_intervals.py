from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError
from underbalance.models.aft_intervals import CONVENTIONS, intervals_of_years

CASES = pd.DataFrame({"years": [0, 1, 3, 3], "ended": [1, 1, 1, 0], "first": [0, 0, 3, 2]})


@pytest.mark.parametrize(
    ("convention", "lower", "upper", "entry"),
    [
        ("any_day", [0, 0, 2, 3], [1, 2, 4, np.inf], [0, 0, 2, 1]),
        ("midyear", [0, 0.5, 2.5, 3.5], [0.5, 1.5, 3.5, np.inf], [0, 0, 2.5, 1.5]),
        ("new_year", [0, 1, 3, 4], [1, 2, 4, np.inf], [0, 0, 3, 2]),
    ],
)
def test_intervals_hold_what_calendar_years_allow(
    convention: str, lower: list[float], upper: list[float], entry: list[float]
) -> None:
    made = intervals_of_years(CASES, "years", "ended", entry="first", convention=convention)
    assert made["lower"].tolist() == lower
    assert made["upper"].tolist() == upper
    assert made["entry_low"].tolist() == entry


def test_any_day_holds_every_duration_between_days_of_the_two_years() -> None:
    rng = np.random.default_rng(1)
    start, end = rng.uniform(0, 1, 500), rng.uniform(3, 4, 500)
    cases = pd.DataFrame({"years": np.full(500, 3), "ended": 1})
    made = intervals_of_years(cases, "years", "ended", convention="any_day")
    assert (made["lower"] < end - start).all()
    assert (end - start <= made["upper"]).all()


def test_missing_years_stay_missing() -> None:
    made = intervals_of_years(CASES.assign(years=np.nan), "years", "ended")
    assert made[["lower", "upper"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("columns", "convention", "said"),
    [
        ({"years": [-1, 1, 3, 3]}, "any_day", "'years' must be whole years, 0 or more"),
        ({"years": [0.5, 1, 3, 3]}, "any_day", "'years' must be whole years"),
        ({"first": [1, 0, 3, 2]}, "any_day", "'first' is after 'years' in 1 rows"),
        ({}, "noon", f"'noon' is none of {', '.join(CONVENTIONS)}"),
    ],
)
def test_years_that_cannot_be_are_refused(
    columns: dict[str, list[float]], convention: str, said: str
) -> None:
    cases = CASES.assign(**columns)
    with pytest.raises(EstimationError, match=said):
        intervals_of_years(cases, "years", "ended", entry="first", convention=convention)
