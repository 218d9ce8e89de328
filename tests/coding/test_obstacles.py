import pandas as pd
from underbalance.coding.obstacles import code_ally_years
from underbalance.config import Coding


def test_turnover_joins_the_ally_years_and_enters_the_index():
    """Three changes in 2000, none after 2002: the window of three years empties."""
    starts = ["1980-01-01", "2000-01-10", "2000-05-10", "2000-09-10"]
    spells = pd.DataFrame(
        {
            "iso3": "JPN",
            "spell": range(1, 5),
            "leader": ["A", "B", "C", "D"],
            "start": starts,
            "interim": False,
            "covered_from": "1980-01-01",
            "covered_until": "2004-12-31",
        }
    )
    years = pd.DataFrame({"iso3": "JPN", "year": [2002, 2003, 2005], "in_reference": True})
    coding = Coding(
        label="label",
        concept="political",
        transform="z",
        aggregate="mean",
        components=[{"variable": "turnover_3y", "sign": 1}],
        min_components=1,
    )
    table, ledger = code_ally_years(years, spells, {"political": coding})
    assert table["turnover_3y"].tolist() == [3, 0, pd.NA]
    # mean 1.5 and standard deviation 3/√2 of the two observed reference years
    assert table["political"].round(12).tolist()[:2] == [round(0.5**0.5, 12), -round(0.5**0.5, 12)]
    # the variable itself is missing: no index of several parts lacks one
    assert table["political"].isna().tolist() == [False, False, True]
    assert ledger.empty
