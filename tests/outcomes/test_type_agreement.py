import numpy as np
import pandas as pd
import pytest
from underbalance.coding.reliability import Bootstrap
from underbalance.outcomes.type_agreement import (
    cross_table,
    disagreement_weights,
    type_agreement,
    weighted_kappa,
)
from underbalance.schemas import observed_types as schemas
from underbalance.schemas.observed_types import MARKS, OBSERVED_TYPES
from underbalance.schemas.typology import TYPES
from underbalance.tables import check_frame

QUICK = Bootstrap(replications=500, seed=1, level=0.95)
EQUAL = disagreement_weights((False, True), (False, True))


def pairs(*rows: tuple[str, str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Predicted and observed tables of rows (ally, predicted type, observed type)."""
    frame = pd.DataFrame(rows, columns=["iso3", "predicted_type", "observed_type"])
    frame = frame.assign(decade_start=1990 + 10 * frame.groupby("iso3").cumcount(), quantile=0.5)
    both = [("high_political", "predicted_type", 0), ("high_social", "predicted_type", 1)]
    both += [("inconsistent", "observed_type", 0), ("slow", "observed_type", 1)]
    for name, type_column, mark in both:
        known = frame[type_column].map(lambda t, mark=mark: MARKS[t][mark] if t else None)
        frame[name] = known.astype("boolean")
    key = ["iso3", "decade_start"]
    predicted = frame[[*key, "quantile", "high_political", "high_social", "predicted_type"]]
    return predicted, frame[[*key, "inconsistent", "slow", "observed_type"]]


def agreement(*rows: tuple[str, str, str], bootstrap: Bootstrap = QUICK) -> pd.DataFrame:
    table = type_agreement(*pairs(*rows), bootstrap)
    return check_frame(table, schemas.type_agreement(), "agreement").set_index("measure")


def test_kappa_of_yes_and_no_is_cohens():
    # 35 of 50 agree; by chance 0.6 * 0.5 + 0.4 * 0.5 = 0.5; (0.7 - 0.5) / (1 - 0.5)
    assert weighted_kappa(np.array([[20, 5], [10, 15]]), EQUAL) == pytest.approx(0.4)


def test_weights_are_the_marks_in_which_two_types_differ():
    assert disagreement_weights(TYPES, OBSERVED_TYPES).tolist() == [
        # effective, inconsistent, slow, slow_inconsistent, failing
        [0, 1, 1, 2, 3],
        [1, 0, 2, 1, 2],
        [1, 2, 0, 1, 2],
        [3, 2, 2, 1, 0],
    ]


def test_weighted_kappa_of_types_by_hand():
    # w o = 0 + 2 + 0 + 3 = 5; w e = (2*1*2 + 2*1*3 + 2*2*3 + 2*1*1) / 4 = 24 / 4 = 6
    table = agreement(
        ("JPN", "effective", "effective"),
        ("JPN", "effective", "slow_inconsistent"),
        ("KOR", "failing", "failing"),
        ("KOR", "failing", "effective"),
    )
    row = table.loc["type"]
    assert (row["ally_decades"], row["allies"], row["exact_agreement"]) == (4, 2, 0.5)
    assert row["kappa"] == pytest.approx(1 / 6)


def test_marks_apart_also_count_where_the_other_one_is_not_known():
    predicted, observed = pairs(
        ("JPN", "inconsistent", "inconsistent"),
        ("JPN", "effective", "effective"),
        ("KOR", "effective", "inconsistent"),
    )
    observed = observed.assign(slow=pd.NA, observed_type="").astype({"slow": "boolean"})
    table = type_agreement(predicted, observed, QUICK).set_index("measure")
    assert table["ally_decades"].to_dict() == {"type": 0, "inconsistent": 3, "slow": 0}
    # 2 of 3 agree; by chance 1/3 * 2/3 + 2/3 * 1/3 = 4/9; (6/9 - 4/9) / (5/9)
    assert table.loc["inconsistent", "kappa"] == pytest.approx(0.4)


def test_without_pairs_nothing_is_defined():
    row = agreement(("JPN", "", "slow"), ("KOR", "slow", "")).loc["type"]
    assert (row["ally_decades"], row["allies"], row["undefined_resamples"]) == (0, 0, 500)
    assert row[["exact_agreement", "kappa", "ci_low", "ci_high"]].isna().all()


def test_perfect_and_no_agreement():
    same = [("JPN", name, name) for name in TYPES]
    assert agreement(*same).loc["type", "kappa"] == 1
    independent = [("JPN", p, o) for p in ("effective", "slow") for o in ("effective", "slow")]
    assert agreement(*independent).loc["type", "kappa"] == pytest.approx(0)


def test_interval_resamples_allies_and_not_their_decades():
    # two allies of opposite record, so that a resample has one, the other or both
    rows = [("JPN", "slow", "slow"), ("JPN", "effective", "effective")]
    rows += [("KOR", "slow", "effective"), ("KOR", "effective", "slow")]
    table = agreement(*rows)
    assert table.loc["type", ["ci_low", "ci_high"]].tolist() == [-1, 1]
    one_ally = agreement(*[("JPN", *row[1:]) for row in rows])
    assert one_ally.loc["type", ["ci_low", "ci_high"]].tolist() == [0, 0]


def test_resamples_without_expected_disagreement_are_counted():
    table = agreement(("JPN", "slow", "slow"), ("KOR", "effective", "effective"))
    undefined = table.loc["type", "undefined_resamples"]
    # two of the same ally: half of the draws
    assert 200 < undefined < 300
    assert table.loc["type", "ci_low"] == 1


def test_same_seed_gives_the_same_interval():
    rows = [("JPN", "slow", "slow"), ("KOR", "effective", "slow"), ("POL", "slow", "effective")]
    pd.testing.assert_frame_equal(agreement(*rows), agreement(*rows))


def test_cross_table_counts_predicted_in_rows():
    table = cross_table(
        *pairs(("JPN", "slow", "failing"), ("JPN", "slow", ""), ("KOR", "", "slow")), 0.5
    )
    assert table.shape == (4, 5)
    assert table.loc["slow", "failing"] == table.to_numpy().sum() == 1
