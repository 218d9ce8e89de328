import numpy as np
import pandas as pd
from underbalance.coding.cuts import are_above, is_above, is_tied

THIRD = 0.1 + 0.2  # 0.30000000000000004


def test_value_that_differs_from_the_cut_by_rounding_is_equal_and_not_above():
    assert not is_above(THIRD, 0.3)
    assert is_tied(THIRD, 0.3)
    assert are_above(pd.Series([THIRD, 0.3001, 0.3]), 0.3).tolist() == [False, True, False]


def test_missing_value_is_not_above_and_every_value_can_have_its_own_cut():
    values = pd.Series([1.0, np.nan, 1.0])
    assert are_above(values, pd.Series([0.5, 0.5, 2.0])).tolist() == [True, False, False]
    assert not is_above(float("nan"), 0.0)
