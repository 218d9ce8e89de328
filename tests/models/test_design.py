import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.errors import EstimationError, FaultsError
from underbalance.models.design import design
from underbalance.specifications import Specification

EVERYONE = Group(label="all", members=("A", "B"), years="all")
COMMITTED = Group(label="committed", members=("A", "B"), years="committed")
BOTH = frozenset("AB")


def specification(**changes: object) -> Specification:
    usual = {
        "title": "title",
        "role": "primary",
        "outcome": "effort",
        "estimator": "panel",
        "years": (1990, 2025),
        "obstacles": ("political",),
    }
    return Specification.model_validate(usual | changes)


DELIVERY = {
    "outcome": "delivery",
    "estimator": "grouped",
    "controls": ("local_production",),
    "categories": ("category",),
}


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Obstacles of three reference years of A and one other of B; ally A lacks 2002.

    Political is -1, 0, 1 in the reference rows (mean 0, standard deviation 1), social 0, 10, 20
    (mean 10, standard deviation 10).
    """
    ally_year = pd.DataFrame(
        {
            "iso3": ["A", "A", "A", "B", "B"],
            "year": [2000, 2001, 2003, 2000, 2001],
            "is_ally": [True, True, True, False, True],
            "in_reference": [True, True, True, False, False],
            "political": [-1.0, 0.0, 1.0, 2.0, 0.0],
            "social": [0.0, 20.0, 10.0, 10.0, None],
            "political_components": [4, 3, 4, 4, 4],
        }
    )
    effort = pd.DataFrame(
        {
            "iso3": ["A", "A", "A", "B", "B"],
            "year": [2000, 2001, 2003, 2001, 2002],
            "is_ally": [True, True, True, False, True],
            "effort_growth": [1.0, 2.0, 3.0, 4.0, 5.0],
            "reversal": pd.array([True, False, pd.NA, True, False], dtype="boolean"),
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
            "for_other_platform": [False, False, True],
            "category": ["Ships", "Ships", "Aircraft"],
            "log_deal_size": [1.5, 1.5, None],
        }
    )
    return {"ally_year": ally_year, "effort": effort, "deal_spells": deal_spells}


def rows_of(tables, group=EVERYONE, **changes) -> pd.DataFrame:
    return design("x", specification(**changes), tables, group, BOTH).set_index(["iso3", "year"])


def column(rows: pd.DataFrame, name: str) -> dict[tuple[str, int], float | str]:
    return rows[name].astype("object").fillna("missing").to_dict()


def test_lag_is_the_calendar_year_before_within_the_ally_also_across_gaps(tables):
    tables["ally_year"] = tables["ally_year"].sample(frac=1, random_state=1)
    assert column(rows_of(tables), "political_lag1") == {
        ("A", 2000): "missing",
        ("A", 2001): -1.0,
        ("A", 2003): "missing",  # the year before is 2002, not the row before
        ("B", 2001): 2.0,
        ("B", 2002): 0.0,
    }


def test_lagged_variables_are_per_standard_deviation_of_the_reference_rows(tables):
    rows = rows_of(tables, obstacles=("social",))
    # of the reference rows the mean is 10 and the standard deviation 10; B is in none
    assert column(rows, "social_lag1") == {
        ("A", 2000): "missing",
        ("A", 2001): -1.0,
        ("A", 2003): "missing",
        ("B", 2001): 0.0,
        ("B", 2002): "missing",
    }


def test_product_is_of_the_standardised_variables(tables):
    both = {"obstacles": ("political", "social"), "products": (("political", "social"),)}
    rows = rows_of(tables, **both)
    assert rows.loc[("A", 2001), "political_x_social_lag1"] == 1.0  # -1 × -1
    assert rows.loc[("B", 2001), "political_x_social_lag1"] == 0.0
    assert pd.isna(rows.loc[("B", 2002), "political_x_social_lag1"])


def test_low_is_at_or_below_the_quantile_of_the_reference_in_every_obstacle(tables):
    # the medians of the reference rows are 0 and 10
    tables["ally_year"]["political"] = [0.0, -1.0, 1.0, 0.0, 0.0]
    tables["effort"]["year"] = [2001, 2002, 2004, 2001, 2002]
    rows = rows_of(tables, obstacles=("political", "social"), low_low=True)
    assert column(rows, "low_low_lag1") == {
        ("A", 2001): 1.0,  # the first is equal to its cut
        ("A", 2002): 0.0,  # social is high
        ("A", 2004): 0.0,  # political is high
        ("B", 2001): 1.0,
        ("B", 2002): "missing",  # social is not known
    }
    assert "political_lag1" in rows
    spec = specification(obstacles=("political", "social"), low_low=True)
    lower = design("x", spec, tables, EVERYONE, BOTH, low_quantile=0.1)
    assert lower["low_low_lag1"].tolist()[:3] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("values", [[1.0, 1.0, 1.0], [None, None, None]])
def test_variable_without_a_spread_in_the_reference_is_refused(tables, values):
    tables["ally_year"]["political"] = [*values, 2.0, 3.0]
    with pytest.raises(EstimationError, match="'political' is unknown or constant"):
        rows_of(tables)


def test_rows_are_those_of_members_in_their_committed_years(tables):
    assert set(rows_of(tables, COMMITTED).index) == {
        ("A", 2000),
        ("A", 2001),
        ("A", 2003),
        ("B", 2002),
    }
    alone = design("x", specification(), tables, EVERYONE, frozenset("B"))
    assert set(alone["iso3"]) == {"B"}


def test_rows_outside_the_years_are_left_out_but_not_their_lags(tables):
    rows = rows_of(tables, years=(2001, 2001))
    assert column(rows, "political_lag1") == {("A", 2001): -1.0, ("B", 2001): 2.0}


def test_every_second_year_counts_from_the_first(tables):
    assert set(rows_of(tables, years=(2001, 2010), every=2).index) == {
        ("A", 2001),
        ("A", 2003),
        ("B", 2001),
    }


def test_without_leaves_out_where_it_is_so_and_keeps_what_is_not_known(tables):
    assert set(rows_of(tables, without=("reversal",)).index) == {
        ("A", 2001),
        ("A", 2003),
        ("B", 2002),
    }


def test_only_keeps_the_rows_with_the_value(tables):
    assert set(rows_of(tables, only={"reversal": True}).index) == {("A", 2000), ("B", 2001)}
    delivery = rows_of(tables, **DELIVERY, only={"category": "Aircraft"})
    assert set(delivery.index) == {("B", 2001)}


def test_only_lagged_is_a_condition_on_the_year_before(tables):
    rows = rows_of(tables, only_lagged={"political_components": 4})
    # of 2000 and before A is not known; in 2001 it had three
    assert set(rows.index) == {("A", 2001), ("B", 2001), ("B", 2002)}


def test_logical_variables_are_0_and_1_and_missing_stays_missing(tables):
    rows = rows_of(tables, **DELIVERY)
    assert rows["delivered"].tolist() == [0.0, 1.0, 1.0]
    assert rows["local_production"].isna().tolist() == [False, True, False]
    assert rows["category"].tolist() == ["Ships", "Ships", "Aircraft"]
    assert rows["spell"].tolist() == ["1", "1", "2"]


def test_unknown_size_is_an_indicator_with_a_zero(tables):
    rows = rows_of(tables, **DELIVERY | {"controls": ("log_size_or_0", "size_unknown")})
    assert rows["log_size_or_0"].tolist() == [1.5, 1.5, 0.0]
    assert rows["size_unknown"].tolist() == [0.0, 0.0, 1.0]


def test_measure_may_be_another_column_of_the_outcome(tables):
    rows = rows_of(tables, measure="reversal")
    assert rows["reversal"].isna().sum() == 1
    assert "effort_growth" not in rows


def test_every_unknown_variable_is_told_with_its_table(tables):
    wrong = {"obstacles": ("politics",), "measure": "growth", "only": {"kind": 1}}
    with pytest.raises(FaultsError) as error:
        rows_of(tables, **wrong)
    found = {fault.value: fault.allowed for fault in error.value.faults}
    assert set(found) == {"politics", "growth", "kind"}
    assert found["politics"].startswith("a column of ally_year: iso3")
    assert found["growth"].startswith("a column of the rows of effort: iso3")


def test_ally_year_twice_in_the_yearly_table_is_refused_instead_of_doubling_rows(tables):
    tables["ally_year"] = pd.concat([tables["ally_year"], tables["ally_year"]])
    with pytest.raises(pd.errors.MergeError):
        rows_of(tables)
