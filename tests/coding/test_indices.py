import numpy as np
import pandas as pd
import pytest
from underbalance.coding.indices import code_indices, standardise
from underbalance.config import Coding
from underbalance.errors import FaultsError


def coding(*variables: str, least: int = 1, sign: int = 1) -> Coding:
    components = [{"variable": variable, "sign": sign} for variable in variables]
    return Coding(label="label", components=components, min_components=least)


@pytest.fixture
def table() -> pd.DataFrame:
    """Reference rows have means 2 and 20 and standard deviations 1 and 10 (n − 1)."""
    return pd.DataFrame(
        {
            "iso3": ["A", "A", "A", "B"],
            "year": [2000, 2001, 2002, 2000],
            "in_reference": [True, True, True, False],
            "debt": [1.0, 2.0, 3.0, 6.0],
            "enpp": [10.0, 20.0, 30.0, np.nan],
            "region": "europe",
        }
    )


def test_z_scores_use_mean_and_deviation_of_the_reference_rows_only():
    values = pd.Series([1.0, 2.0, 3.0, 100.0, np.nan])
    z = standardise(values, pd.Series([True, True, True, False, False]))
    assert z.tolist()[:4] == [-1.0, 0.0, 1.0, 98.0]
    assert np.isnan(z.iloc[4])


def test_adding_an_ally_outside_the_reference_changes_nobody_elses_codes(table):
    more = pd.concat([table, table.assign(iso3="C", debt=999.0, in_reference=False)])
    before, _ = code_indices(table, {"economic": coding("debt")})
    after, _ = code_indices(more.reset_index(drop=True), {"economic": coding("debt")})
    assert after["economic"].tolist()[:4] == before["economic"].tolist()


def test_index_is_the_mean_of_the_observed_z_scores(table):
    coded, ledger = code_indices(table, {"both": coding("debt", "enpp")})
    assert coded["z_debt"].tolist() == [-1.0, 0.0, 1.0, 4.0]
    assert coded["both"].tolist() == [-1.0, 0.0, 1.0, 4.0]
    assert coded["both_components"].tolist() == [2, 2, 2, 1]
    assert ledger.empty


def test_negative_sign_turns_the_z_score_so_that_more_is_more_of_an_obstacle(table):
    coded, _ = code_indices(table, {"economic": coding("debt", sign=-1)})
    assert coded["z_debt"].tolist() == coded["economic"].tolist() == [1.0, 0.0, -1.0, -4.0]


def test_too_few_components_leave_the_index_empty_and_the_ledger_names_the_missing(table):
    coded, ledger = code_indices(table, {"both": coding("debt", "enpp", least=2)})
    assert coded["both"].isna().tolist() == [False, False, False, True]
    assert coded["both_components"].tolist()[3] == 1
    (entry,) = ledger.to_dict("records")
    assert (entry["key"], entry["rule"]) == ("B 2000 both", "too_few_components")
    assert entry["reason"].endswith("missing: enpp")


def test_rows_and_other_columns_stay_as_they_were(table):
    coded, _ = code_indices(table, {"economic": coding("debt")})
    pd.testing.assert_frame_equal(coded[table.columns], table)


def test_unknown_textual_and_constant_components_are_told_at_once(table):
    table["flat"] = [5.0, 5.0, 5.0, 9.0]
    codings = {"one": coding("dept", "region"), "two": coding("flat")}
    with pytest.raises(FaultsError) as error:
        code_indices(table, codings)
    assert [(f.where, f.rule, f.value) for f in error.value.faults] == [
        ("coding one", "unknown component", "dept"),
        ("coding one", "unknown component", "region"),
        ("coding two", "a component must vary in the reference sample", "flat"),
    ]
