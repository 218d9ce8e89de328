import pandas as pd
import pytest
from underbalance.config import Group, Specification
from underbalance.errors import FaultsError
from underbalance.models.design import design, lag_name, regressors

EVERYONE = Group(label="all", members=("A", "B"), years="all")
COMMITTED = Group(label="committed", members=("A", "B"), years="committed")


def specification(**changes: object) -> Specification:
    usual = {
        "title": "title",
        "hypothesis": "H1",
        "data": "ally_year",
        "outcome": "effort_growth",
        "estimator": "panel",
        "years": (1990, 2025),
        "lagged": ("political",),
    }
    return Specification.model_validate(usual | changes)


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """The obstacle of an ally-year is its year, plus 0.5 for B; ally A lacks 2002."""
    ally_year = pd.DataFrame(
        {
            "iso3": ["A", "A", "A", "B", "B"],
            "year": [2000, 2001, 2003, 2000, 2001],
            "is_ally": [True, True, True, False, True],
            "political": [2000.0, 2001.0, 2003.0, 2000.5, 2001.5],
            "effort_growth": [1.0, 2.0, 3.0, 4.0, 5.0],
        }
    )
    deal_spells = pd.DataFrame(
        {
            "deal_id": [1, 1, 2],
            "iso3": ["A", "A", "B"],
            "year": [2001, 2002, 2001],
            "is_ally": [True, True, False],
            "years_since_order": pd.array([0, 1, 0], dtype="Int64"),
            "delivered": pd.array([False, True, True], dtype="boolean"),
            "local_production": pd.array([True, pd.NA, False], dtype="boolean"),
            "category": ["Ships", "Ships", "Aircraft"],
        }
    )
    return {"ally_year": ally_year, "deal_spells": deal_spells}


def lags(rows: pd.DataFrame) -> dict[tuple[str, int], object]:
    keys = zip(rows["iso3"], rows["year"], strict=True)
    return dict(zip(keys, rows["political_lag1"].fillna("missing"), strict=True))


DELIVERY = {
    "data": "deal_spells",
    "outcome": "delivered",
    "estimator": "grouped",
    "duration": "years_since_order",
    "controls": ("local_production",),
    "categories": ("category",),
}


def test_lag_is_the_calendar_year_before_within_the_ally_also_across_gaps(tables):
    shuffled = {"ally_year": tables["ally_year"].sample(frac=1, random_state=1)}
    rows = design("x", specification(), shuffled, EVERYONE, frozenset("AB"))
    assert lags(rows) == {
        ("A", 2000): "missing",
        ("A", 2001): 2000.0,
        ("A", 2003): "missing",  # the year before is 2002, not the row before
        ("B", 2000): "missing",
        ("B", 2001): 2000.5,
    }


def test_lag_reaches_back_before_the_years_and_the_commitment_of_the_sample(tables):
    rows = design("x", specification(years=(2001, 2001)), tables, COMMITTED, frozenset("AB"))
    assert lags(rows) == {("A", 2001): 2000.0, ("B", 2001): 2000.5}


def test_lag_of_a_deal_row_is_the_year_before_the_year_at_risk(tables):
    rows = design("x", specification(**DELIVERY), tables, EVERYONE, frozenset("AB"))
    assert lags(rows) == {("A", 2001): 2000.0, ("A", 2002): 2001.0, ("B", 2001): 2000.5}


def test_rows_are_those_of_members_in_their_committed_years(tables):
    committed = design("x", specification(), tables, COMMITTED, frozenset("AB"))
    assert ("B", 2000) not in lags(committed)
    assert set(design("x", specification(), tables, EVERYONE, frozenset("B"))["iso3"]) == {"B"}
    deals = design("x", specification(**DELIVERY), tables, COMMITTED, frozenset("AB"))
    assert deals["iso3"].tolist() == ["A", "A"]


def test_rows_outside_the_years_of_the_specification_are_left_out(tables):
    rows = design("x", specification(years=(2001, 2002)), tables, EVERYONE, frozenset("AB"))
    assert sorted(lags(rows)) == [("A", 2001), ("B", 2001)]


def test_logical_variables_are_0_and_1_and_missing_stays_missing(tables):
    rows = design("x", specification(**DELIVERY), tables, EVERYONE, frozenset("AB"))
    assert rows["delivered"].tolist() == [0.0, 1.0, 1.0]
    assert rows["local_production"].isna().tolist() == [False, True, False]
    assert rows["category"].tolist() == ["Ships", "Ships", "Aircraft"]


def test_terms_are_the_lagged_variables_and_then_the_controls():
    spec = specification(lagged=("b", "a"), controls=("d", "c"))
    assert regressors(spec) == ["b_lag1", "a_lag1", "d", "c"]
    assert lag_name("political") == "political_lag1"


def test_variable_may_be_lagged_and_enter_as_it_is(tables):
    spec = specification(controls=("political",))
    rows = design("x", spec, tables, EVERYONE, frozenset("B"))
    assert rows[["political", "political_lag1"]].iloc[1].tolist() == [2001.5, 2000.5]


def test_every_unknown_variable_is_told_with_its_table(tables):
    spec = specification(**DELIVERY | {"outcome": "arrived"}, lagged=("politics",))
    with pytest.raises(FaultsError) as error:
        design("delivery", spec, tables, EVERYONE, frozenset("AB"))
    faults = error.value.faults
    assert [(f.where, f.value) for f in faults] == [
        ("specification delivery", "arrived"),
        ("specification delivery", "politics"),
    ]
    assert faults[0].allowed.startswith("a column of deal_spells: deal_id")
    assert faults[1].allowed.startswith("a column of ally_year: iso3")


def test_ally_year_twice_in_the_yearly_table_is_refused_instead_of_doubling_rows(tables):
    tables["ally_year"] = pd.concat([tables["ally_year"], tables["ally_year"]])
    with pytest.raises(pd.errors.MergeError):
        design("x", specification(**DELIVERY), tables, EVERYONE, frozenset("AB"))


def test_rows_for_which_a_condition_holds_are_left_out(tables):
    deal_spells = tables["deal_spells"].assign(for_other_platform=[False, False, True])
    spec = specification(**DELIVERY, without=("for_other_platform",))
    both = tables | {"deal_spells": deal_spells}
    rows = design("delivery", spec, both, EVERYONE, frozenset({"A", "B"}))
    assert rows["iso3"].tolist() == ["A", "A"]
    rows = design("delivery", specification(**DELIVERY), both, EVERYONE, frozenset({"A", "B"}))
    assert rows["iso3"].tolist() == ["A", "A", "B"]


def test_condition_that_is_no_column_is_told(tables):
    spec = specification(**DELIVERY, without=("for_other_platform",))
    with pytest.raises(FaultsError, match="for_other_platform"):
        design("delivery", spec, tables, EVERYONE, frozenset({"A"}))
