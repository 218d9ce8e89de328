import pandas as pd
import pytest
from underbalance.claims.expectations import component_scores, meet_expectations
from underbalance.config import Coding
from underbalance.schemas.claims import expectations as schema
from underbalance.tables import check_frame

EXPECTED = {
    "iso3": "JPN",
    "obstacle": "political",
    "years": "1990",
    "rule": "own_top_quartile",
    "label": "Made up",
}
# Japan 0, 1, 2, 3, 4 in 1990-94 (median 2, 75th percentile 3), 9 in 1995 out of reference;
# Germany 10 in each year, so that the median of the ten reference rows is (4 + 10) / 2 = 7.
VALUES = [0.0, 1.0, 2.0, 3.0, 4.0, 9.0]


def table() -> pd.DataFrame:
    years = range(1990, 1996)
    own = pd.DataFrame({"iso3": "JPN", "year": years, "political": VALUES})
    other = pd.DataFrame({"iso3": "DEU", "year": years, "political": 10.0})
    rows = pd.concat([other, own], ignore_index=True)
    return rows.assign(in_reference=rows["year"] < 1995, shift=[0] * 6 + [0, 1, 0, 2, 0, 0])


LABELS = {"political": "political obstacle", "enpp": "number of parties"}


def met(scores: pd.DataFrame | None = None, **changed: str) -> pd.DataFrame:
    named = {} if scores is None else {"political": scores}
    found = meet_expectations(pd.DataFrame([EXPECTED | changed]), table(), named, 0.9, LABELS)
    return check_frame(found, schema(), "expectations")


def test_own_quartile_is_of_the_own_years_in_the_reference():
    found = met(years="1993-1995")
    assert found["cut"].tolist() == [3.0, 3.0, 3.0]
    assert found["met"].tolist() == [False, True, True]
    assert set(found["years_above"]) == {"1994;1995"}


def test_core_median_is_of_all_reference_rows():
    found = met(rule="above_core_median", years="1994-1995")
    assert found["cut"].tolist() == [7.0, 7.0]
    assert found["met"].tolist() == [False, True]


def test_high_is_above_the_quantile_of_the_typology():
    # of 0, 1, 2, 3, 4 and five times 10 the 90th percentile is 10
    assert met(rule="high", years="1995")["cut"].tolist() == [10.0]


def test_above_zero_needs_no_reference():
    found = met(obstacle="shift", rule="above_zero", years="1990-1991")
    assert found["met"].tolist() == [False, True]
    assert found["years_above"].iloc[0] == "1991;1993"
    assert found["why"].iloc[0] == (
        "shift 0.00 is equal to (which is not above) zero; it is a variable without components"
    )


def test_missed_year_names_the_components_that_pull_it_down_lowest_first():
    scores = pd.DataFrame(
        {"enpp": 3.5, "turnover_3y": -1.0, "polarization": 2.9, "divided_control": float("nan")},
        index=table().index,
    )
    why = met(scores, years="1992")["why"].iloc[0]
    assert why == (
        "political obstacle 2.00 is below 3.00, the 75th percentile of its own years; pulled "
        "down by turnover_3y −1.00, polarization 2.90; against number of parties 3.50; "
        "divided_control missing"
    )


def test_components_are_those_of_the_ally_and_year():
    scores = pd.DataFrame({"enpp": range(12)}, index=table().index, dtype="float64")
    # Japan's rows are the seventh to the twelfth: 1991 is row 7
    why = met(scores.where(scores["enpp"] != 7, -2.5), years="1991")["why"].iloc[0]
    assert "pulled down by number of parties −2.50" in why


def test_met_year_says_by_how_much():
    assert met(years="1994")["why"].iloc[0] == (
        "political obstacle 4.00 is above 3.00, the 75th percentile of its own years"
    )


def test_year_without_a_value_is_not_known_and_says_what_is_missing():
    rows = table()
    rows.loc[rows["year"] == 1994, "political"] = float("nan")
    scores = pd.DataFrame({"enpp": 1.0, "turnover_3y": float("nan")}, index=rows.index)
    expected = pd.DataFrame([EXPECTED | {"years": "1994;1999"}])
    found = meet_expectations(expected, rows, {"political": scores}, 0.5, {})
    assert found["met"].isna().all()
    assert found["why"].tolist() == [
        "political is not known: turnover_3y missing",
        "political is not known",
    ]


@pytest.mark.parametrize("rule", ["own_top_quartile", "above_core_median", "high", "above_zero"])
def test_every_rule_gives_a_row_a_year(rule):
    assert met(rule=rule, years="1990-1992;1995")["year"].tolist() == [1990, 1991, 1992, 1995]


@pytest.mark.parametrize("aggregate", ["mean", "sum", "first_component"])
def test_index_is_the_mean_of_the_components_whatever_its_aggregate(aggregate):
    parts = [{"variable": "a", "sign": 1}, {"variable": "b", "sign": -1}]
    coding = Coding.model_validate(
        {
            "label": "Made up",
            "concept": "political",
            "transform": "z",
            "aggregate": aggregate,
            "min_components": 2,
            "components": parts,
        }
    )
    rows = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 1.0, 0.0], "in_reference": True})
    scores = component_scores(rows, {"made_up": coding}, {})["made_up"]
    # z of a: mean 7/3, sd 1.527525; of -b: mean -4/3, sd 1.527525
    z = pd.DataFrame({"a": [-0.872872, -0.218218, 1.091089], "b": [-1.091089, 0.218218, 0.872872]})
    # both weights of the first component of two positively related variables are 1/√2
    weight = {"mean": 1.0, "sum": 2.0, "first_component": 2**0.5}[aggregate]
    pd.testing.assert_frame_equal(scores, z * weight, atol=1e-6)


def test_without_expectations_there_is_a_table_without_rows():
    none = pd.DataFrame([EXPECTED]).iloc[:0]
    found = meet_expectations(none, table(), {}, 0.9, LABELS)
    assert check_frame(found, schema(), "expectations").empty
