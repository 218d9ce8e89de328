"""Correlations against scipy's, overall, within and between allies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from underbalance.description.correlations import LEVELS, correlate
from underbalance.schemas import description as schemas
from underbalance.tables import check_frame


@pytest.fixture
def rows() -> pd.DataFrame:
    draw = np.random.default_rng(5)
    frame = pd.DataFrame({"iso3": np.repeat(["DEU", "JPN", "KOR", "NOR"], 12)})
    frame = frame.assign(a=draw.normal(size=48), fixed=np.repeat([1.1, 0.3, 2.7, 0.9], 12))
    frame["b"] = frame["a"] ** 3 + frame["fixed"] + draw.normal(size=48)
    return frame.assign(b=frame["b"].where(frame.index % 7 != 0))


def pair(rows: pd.DataFrame, level: str, first: str, second: str) -> pd.Series:
    found = correlate(rows, ["a", "b", "fixed"])
    check_frame(found, schemas.correlations(), "correlations")
    own = (found["level"] == level) & (found["first"] == first) & (found["second"] == second)
    return found[own].iloc[0]


def test_overall_is_of_rows_in_which_both_are_known(rows):
    found, both = pair(rows, "overall", "a", "b"), rows.dropna()
    assert found["n"] == len(both)
    assert found["allies"] == 4
    assert found["pearson"] == pytest.approx(stats.pearsonr(both["a"], both["b"]).statistic)
    assert found["spearman"] == pytest.approx(stats.spearmanr(both["a"], both["b"]).statistic)


def test_within_takes_each_allys_mean_off(rows):
    less = rows.assign(**{n: rows[n] - rows.groupby("iso3")[n].transform("mean") for n in "ab"})
    both = less.dropna()
    expected = stats.pearsonr(both["a"], both["b"]).statistic
    assert pair(rows, "within", "a", "b")["pearson"] == pytest.approx(expected)


def test_what_never_changes_has_no_correlation_within(rows):
    assert pd.isna(pair(rows, "within", "a", "fixed")["pearson"])
    assert pd.notna(pair(rows, "between", "a", "fixed")["pearson"])


def test_between_is_of_allies_means(rows):
    means = rows.groupby("iso3")[["a", "fixed"]].mean()
    found = pair(rows, "between", "a", "fixed")
    assert found["n"] == 4
    assert found["pearson"] == pytest.approx(stats.pearsonr(means["a"], means["fixed"]).statistic)


def test_each_pair_once_at_each_level(rows):
    found = correlate(rows, ["a", "b", "fixed"])
    assert len(found) == 3 * len(LEVELS)
    assert not found.duplicated(["level", "first", "second"]).any()
