import numpy as np
import pandas as pd
import pytest
from underbalance.coding.indices import code_indices
from underbalance.coding.recipes import Scale, first_component, recipes
from underbalance.config import Coding
from underbalance.errors import FaultsError


def coding(*variables: str, least: int = 1, sign: int = 1, **settings) -> Coding:
    parts = [{"variable": v, "sign": sign} for v in variables]
    plain = {"label": "label", "concept": "economic", "transform": "z", "aggregate": "mean"}
    return Coding(**plain | {"components": parts, "min_components": least} | settings)


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


def test_z_scores_use_mean_and_deviation_of_the_reference_rows_only(table):
    coded, _ = code_indices(table.assign(debt=[1, 2, 3, 100]), {"economic": coding("debt")})
    assert coded["z_debt"].tolist() == [-1.0, 0.0, 1.0, 98.0]


def test_adding_an_ally_outside_the_reference_changes_nobody_elses_codes(table):
    more = pd.concat([table, table.assign(iso3="C", debt=999.0, in_reference=False)])
    for definition in (
        coding("debt"),
        coding("debt", transform="above", quantile=0.5),
        coding("debt", "enpp", least=2, aggregate="first_component"),
    ):
        before, _ = code_indices(table, {"economic": definition})
        after, _ = code_indices(more.reset_index(drop=True), {"economic": definition})
        assert after["economic"].head(3).tolist() == before["economic"].head(3).tolist()


def test_index_is_the_mean_of_the_observed_z_scores(table):
    coded, ledger = code_indices(table, {"economic": coding("debt", "enpp")})
    assert coded["z_debt"].tolist() == [-1.0, 0.0, 1.0, 4.0]
    assert coded["economic"].tolist() == [-1.0, 0.0, 1.0, 4.0]
    assert coded["economic_components"].tolist() == [2, 2, 2, 1]
    assert ledger.empty


def test_negative_sign_turns_the_z_score_so_that_more_is_more_of_an_obstacle(table):
    coded, _ = code_indices(table, {"economic": coding("debt", sign=-1)})
    assert coded["z_debt"].tolist() == coded["economic"].tolist() == [1.0, 0.0, -1.0, -4.0]


def test_rescaled_components_run_from_nought_to_one_on_their_possible_range(table):
    parts = [
        {"variable": "debt", "sign": 1, "range": [1, 6]},
        {"variable": "enpp", "sign": -1, "range": [0, 40]},
    ]
    made = coding(transform="rescale", components=parts, concept="legal")
    coded, _ = code_indices(table, {"legal": made})
    # debt 0, .2, .4, 1; enpp turned: .75, .5, .25, missing
    assert coded["legal"].tolist() == pytest.approx([0.375, 0.35, 0.325, 1.0])
    assert "z_debt" not in coded


def test_count_is_of_components_strictly_above_the_reference_quantile(table):
    made = coding("debt", "enpp", least=2, transform="above", quantile=0.5, aggregate="sum")
    coded, ledger = code_indices(table, {"economic_count": made})
    # the medians 2 and 20 are themselves not above
    assert coded["economic_count"].head(3).tolist() == [0.0, 0.0, 2.0]
    assert coded["economic_count"].isna().tolist()[3]
    assert ledger["key"].tolist() == ["B 2000 economic_count"]


def test_turned_component_is_high_when_its_variable_is_low(table):
    made = coding("debt", sign=-1, transform="above", quantile=0.5, aggregate="sum")
    coded, _ = code_indices(table, {"economic_low": made})
    assert coded["economic_low"].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_first_component_of_two_correlated_scores_weighs_them_equally(table):
    made = coding("debt", "enpp", least=2, aggregate="first_component")
    coded, _ = code_indices(table, {"economic_pca": made})
    assert coded["economic_pca"].head(3).tolist() == pytest.approx([-(2**0.5), 0, 2**0.5])


def test_weights_are_the_leading_eigenvector_turned_to_a_positive_sum():
    rng = np.random.default_rng(1)
    common = rng.normal(size=400)
    scores = pd.DataFrame(
        {"a": -common, "b": -common + rng.normal(size=400), "c": rng.normal(size=400)}
    )
    weights = first_component(scores)
    correlation = np.corrcoef(scores.T)
    largest = np.linalg.eigvalsh(correlation)[-1]
    assert correlation @ weights == pytest.approx(largest * weights)
    assert weights @ weights == pytest.approx(1)
    assert weights.sum() > 0


def test_coding_of_codings_is_made_after_its_parts_whatever_their_order(table):
    codings = {
        "social": coding("economic", "legal", least=2, concept="social"),
        "legal": coding("enpp", concept="legal"),
        "economic": coding("debt"),
    }
    coded, _ = code_indices(table, codings)
    assert coded["social"].head(3).tolist() == [-1.0, 0.0, 1.0]
    assert coded["z_legal"].head(3).tolist() == [-1.0, 0.0, 1.0]
    assert coded["social"].isna().tolist()[3]


def test_coding_can_have_reference_rows_of_its_own(table):
    own = pd.Series([False, True, True, True])
    codings = {"economic": coding("debt"), "economic_own": coding("debt")}
    coded, _ = code_indices(table, codings, {"economic_own": own})
    # 2, 3, 6: mean 11/3, standard deviation √(13/3)
    assert coded["economic_own"].tolist()[3] == pytest.approx((6 - 11 / 3) / (13 / 3) ** 0.5)
    assert coded["economic"].tolist()[3] == 4.0


def test_columns_of_z_scores_are_those_of_primary_codings_only(table):
    codings = {"economic": coding("debt"), "economic_parties": coding("enpp")}
    coded, _ = code_indices(table, codings)
    assert [name for name in coded if name.startswith("z_")] == ["z_debt"]
    assert "economic_parties_components" not in coded


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


def test_recipes_of_a_coded_table_give_the_coded_values_again(table):
    codings = {
        "social": coding("economic", "legal", concept="social"),
        "economic": coding("debt", "enpp"),
        "legal": coding("enpp", concept="legal"),
    }
    coded, _ = code_indices(table, codings)
    for name, made in recipes(coded, codings, {}).items():
        pd.testing.assert_series_equal(
            made.index(made.scores(coded)), coded[name], check_names=False
        )


def test_yes_and_no_are_one_and_nought():
    values = pd.Series([True, False, None], dtype="boolean")
    found = Scale("flag", 1, "z", mean=0.5, sd=0.5).apply(values)
    assert found.tolist()[:2] == [1.0, -1.0]
    assert np.isnan(found[2])


def test_faulty_components_are_told_at_once_and_not_again_for_what_is_made_of_them(table):
    table["flat"] = [5.0, 5.0, 5.0, 9.0]
    codings = {
        "one": coding("dept", "region"),
        "two": coding("flat"),
        "three": coding("two"),
    }
    with pytest.raises(FaultsError) as error:
        code_indices(table, codings)
    assert [(f.where, f.rule, f.value) for f in error.value.faults] == [
        ("coding one", "unknown component", "dept"),
        ("coding one", "unknown component", "region"),
        ("coding two", "a component must vary in the reference sample", "flat: one value"),
    ]
    assert "config/config.yaml" in error.value.faults[2].mend


def test_component_unknown_in_an_own_reference_is_told_with_the_place_to_mend(table):
    own = coding("debt", reference={"sample": "core", "first_year": 1990, "last_year": 1991})
    unknown = table.assign(debt=np.nan)
    rows = pd.Series([True, True, False, False])
    with pytest.raises(FaultsError) as error:
        code_indices(unknown, {"economic": own}, {"economic": rows})
    (fault,) = error.value.faults
    assert fault.value == "debt: no known value"
    assert fault.mend == "take another variable, or widen `reference` of economic"


def test_reference_without_rows_is_a_fault(table):
    with pytest.raises(FaultsError, match="must have rows"):
        code_indices(table.assign(in_reference=False), {"economic": coding("debt")})


def test_circle_of_codings_is_a_fault_told_once(table):
    codings = {"one": coding("two"), "two": coding("three"), "three": coding("one")}
    with pytest.raises(FaultsError) as error:
        code_indices(table, codings)
    (fault,) = error.value.faults
    assert fault.value == "one → two → three → one"
