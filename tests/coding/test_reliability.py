import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.clean.legal import adjudicated_periods, in_force
from underbalance.coding.reliability import (
    Bootstrap,
    alpha,
    disagreements,
    ordinal_alphas,
    reliability,
)
from underbalance.registry import RAW_FOLDER
from underbalance.schemas import reliability as schemas
from underbalance.schemas.facts import FACTS
from underbalance.tables import check_frame, read_table

ROOT = Path(__file__).parents[2]
QUICK = Bootstrap(replications=200, seed=1, level=0.95)
# what the codebook of the coding states for the time before the clarifications
STATED = {
    "arms_transfer_limits": 1.00,
    "fiscal_rule": 0.99,
    "deployment_veto": 0.95,
    "force_limits": 0.91,
    "defence_spending_ceiling": 0.20,
}


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    path = RAW_FOLDER / "legal_constraints.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return adjudicated_periods(read_table(path, FACTS["legal_constraints"]()))


def periods(*rows: tuple) -> pd.DataFrame:
    """Rows of (ally, first year, last year, value of a, value of b)."""
    frame = pd.DataFrame(rows, columns=["iso3", "first", "last", "value_a", "value_b"])
    codes = frame[["value_a", "value_b"]].astype("Int64")
    return frame.assign(
        item="fiscal_rule",
        start=frame["first"].astype("str") + "-01-01",
        end=frame["last"].astype("str") + "-12-31",
        value_a=codes["value_a"],
        value_b=codes["value_b"],
        clarified_a=codes["value_a"],
        clarified_b=codes["value_b"],
    )


def before(table: pd.DataFrame) -> pd.Series:
    return table[table["stage"] == "before"].iloc[0]


@pytest.mark.parametrize(("item", "stated"), STATED.items())
def test_alpha_stated_with_the_coding_comes_from_the_values_of_mid_year(shipped, item, stated):
    table = reliability(shipped, QUICK, day="06-30")
    own = table[(table["item"] == item) & (table["stage"] == "before")]
    assert round(own["alpha"].item(), 2) == stated


def test_stated_alpha_on_basing_was_rounded_twice(shipped):
    """0.7946 is 0.795 and was stated as .80."""
    table = reliability(shipped, QUICK, day="06-30")
    own = table[(table["item"] == "basing_nuclear_space_limits") & (table["stage"] == "before")]
    assert round(own["alpha"].item(), 3) == 0.795


def test_library_and_own_formula_agree_on_the_shipped_codings(shipped):
    years = in_force(shipped).dropna(subset=["value_a", "value_b"])
    for item, own in years.groupby("item"):
        codes = own[["value_a", "value_b"]].to_numpy(dtype="int64")
        table = np.zeros((3, 3))
        np.add.at(table, (codes[:, 0], codes[:, 1]), 1)
        pairs = pd.DataFrame(codes, columns=["a", "b"])
        assert ordinal_alphas(table + table.T) == pytest.approx(alpha(pairs), abs=1e-12), item


def test_library_and_own_formula_agree_on_random_codings():
    rng = np.random.default_rng(20120717)
    for _ in range(50):
        codes = rng.choice(3, size=(2, 40), p=rng.dirichlet([1, 1, 1]))
        table = np.zeros((3, 3))
        np.add.at(table, (codes[0], codes[1]), 1)
        theirs = alpha(pd.DataFrame(codes.T, columns=["a", "b"]))
        assert ordinal_alphas(table + table.T) == pytest.approx(theirs, abs=1e-12, nan_ok=True)


def test_many_matrices_give_what_each_gives_alone():
    rng = np.random.default_rng(3)
    tables = rng.integers(0, 9, size=(4, 3, 3)).astype(float)
    tables += tables.transpose(0, 2, 1)
    assert ordinal_alphas(tables).tolist() == [float(ordinal_alphas(one)) for one in tables]


def test_one_year_is_one_unit_and_years_without_two_values_are_none():
    rows = periods(
        ("JPN", 1990, 1993, 1, 1), ("KOR", 1990, 1991, 0, 1), ("ISL", 1990, 2025, 0, None)
    )
    found = before(reliability(rows, QUICK))
    assert (found["ally_years"], found["allies"]) == (6, 2)
    assert found["percent_agreement"] == pytest.approx(100 * 4 / 6)
    # coincidences: 8 of (1,1), 2 each of (0,1) and (1,0); n = 12, n0 = 2, n1 = 10
    assert found["alpha"] == pytest.approx(1 - 11 * (2 + 2) / (2 * 2 * 10))


def test_value_of_a_year_is_that_of_the_given_day():
    rows = periods(("JPN", 1990, 1990, 0, 0), ("KOR", 1990, 1990, 1, 1), ("AUS", 1990, 1990, 0, 1))
    rows.loc[2, "end"] = "1990-07-31"
    assert before(reliability(rows, QUICK))["ally_years"] == 2
    assert before(reliability(rows, QUICK, day="06-30"))["ally_years"] == 3


def test_resamples_that_hold_one_value_only_are_counted_and_not_hidden():
    """One of three allies differs: it is left out of (2/3)³ of the resamples."""
    rows = periods(("JPN", 1990, 1999, 1, 1), ("KOR", 1990, 1999, 0, 0), ("AUS", 1990, 1999, 0, 0))
    found = before(reliability(rows, Bootstrap(4000, 7, 0.95)))
    # all three draws Japan (1/27) or none of them Japan (8/27)
    assert found["undefined_resamples"] / 4000 == pytest.approx(9 / 27, abs=0.03)
    assert (found["alpha"], found["ci_low"], found["ci_high"]) == (1, 1, 1)


def test_codings_of_one_value_only_have_no_alpha_and_no_interval():
    found = before(reliability(periods(("JPN", 1990, 1999, 0, 0)), QUICK))
    assert found[["alpha", "ci_low", "ci_high"]].isna().all()
    assert (found["percent_agreement"], found["undefined_resamples"]) == (100, 200)


def test_whole_allies_are_resampled_and_not_years():
    """An interval over independent years would be far narrower than this one."""
    rows = periods(
        *[
            (iso3, 1990, 2025, v, v)
            for iso3, v in zip(("JPN", "KOR", "AUS", "NZL"), (0, 1, 0, 1), strict=True)
        ],
        ("DEU", 1990, 2025, 0, 1),
    )
    found = before(reliability(rows, Bootstrap(2000, 7, 0.95)))
    assert found["ci_high"] == 1
    assert found["ci_low"] < 0.1


def test_same_seed_gives_the_same_interval_and_another_seed_another(shipped):
    one, again, other = (reliability(shipped, Bootstrap(200, seed, 0.95)) for seed in (1, 1, 2))
    assert one.equals(again)
    assert not one["ci_low"].equals(other["ci_low"])


def test_interval_holds_alpha_and_tables_pass_their_schemas(shipped):
    table = check_frame(reliability(shipped, QUICK), schemas.alpha(), "alpha")
    assert len(table) == 12
    assert (table["ci_low"] <= table["alpha"]).all()
    assert (table["alpha"] <= table["ci_high"]).all()
    check_frame(disagreements(shipped), schemas.disagreements(), "disagreements")


def test_clarifications_touch_two_items_only(shipped):
    table = reliability(shipped, QUICK).pivot(index="item", columns="stage", values="alpha")
    changed = table.index[table["before"] != table["after"]]
    assert sorted(changed) == ["basing_nuclear_space_limits", "defence_spending_ceiling"]


def test_every_difference_is_listed_with_what_both_codings_rest_on(shipped):
    listed = disagreements(shipped)
    years = in_force(shipped)
    differ = (years["value_a"] != years["value_b"]).fillna(
        years["value_a"].isna() != years["value_b"].isna()
    )
    units = years.loc[differ.astype(bool), ["iso3", "item"]].drop_duplicates()
    assert set(map(tuple, units.to_numpy())) <= set(map(tuple, listed[["iso3", "item"]].to_numpy()))
    assert (listed[["basis_a", "basis_b"]] != "").all(axis=None)


def test_agreement_that_a_clarification_undid_is_listed_too(shipped):
    listed = disagreements(shipped)
    undone = listed[(listed["value_a"] == listed["value_b"]).fillna(False)]
    assert sorted(undone["iso3"]) == ["KOR", "TUR"]


def test_methods_state_no_number_of_the_reliability(project):
    text = (project / "docs/methods.md").read_text(encoding="utf-8")
    section = text.split("## Legal constraints: coding and reliability")[1].split("\n## ")[0]
    assert "results/reliability/alpha.csv" in section
    assert "upper bound" in section
    assert "experts have not checked" in section
    assert re.findall(r"\d*\.\d+|\d+ ?%|\d+ percent", section) == []
