"""Types of allies: Yoo's Table 1 on cuts that are worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.coding.typology import cut_point, period_types, type_of, typology, untyped
from underbalance.config import Typology
from underbalance.errors import FaultsError
from underbalance.schemas import typology as schemas
from underbalance.tables import check_frame

SETTINGS = Typology(political="political", social="social", quantiles=(0.5,), period_years=5)


def ally_years(iso3: str, first: int, pairs: list[tuple[float, float]], **columns) -> pd.DataFrame:
    """Consecutive years of an ally with pairs of political and social index."""
    frame = pd.DataFrame(pairs, columns=["political", "social"])
    given = {"is_ally": True, "in_reference": True, "region": "asia_pacific"} | columns
    return frame.assign(iso3=iso3, year=range(first, first + len(pairs)), **given)


@pytest.fixture
def table() -> pd.DataFrame:
    """Known in the reference: political 0 1 2 3 4 (median 2), social 10 20 30 40 (median 25)."""
    pairs = [(0.0, 10.0), (3.0, 20.0), (1.0, 30.0), (4.0, 40.0), (2.0, np.nan)]
    return ally_years("JPN", 1990, pairs)


# --- cuts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantile", "cut"),
    # places in 1 2 4 8: 0.5·3 = 1.5, 0.6·3 = 1.8, 0.75·3 = 2.25
    [(0.5, 3.0), (0.6, 3.6), (0.75, 5.0)],
)
def test_cut_lies_linearly_between_the_two_nearest_values(quantile, cut):
    values = pd.Series([8.0, 1.0, 4.0, 2.0])
    assert cut_point(values, pd.Series([True] * 4), quantile) == pytest.approx(cut, abs=1e-12)


def test_cut_leaves_out_rows_outside_the_reference_and_missing_values():
    values = pd.Series([1.0, 3.0, np.nan, 1000.0])
    assert cut_point(values, pd.Series([True, True, True, False]), 0.5) == 2.0


@pytest.mark.parametrize(
    ("values", "in_reference"),
    [([1.0, 2.0], [False, False]), ([np.nan, 2.0], [True, False])],
    ids=["no row", "no known value"],
)
def test_reference_sample_without_known_rows_is_a_fault_of_the_settings(values, in_reference):
    with pytest.raises(FaultsError) as error:
        cut_point(pd.Series(values, name="social"), pd.Series(in_reference), 0.5)
    (fault,) = error.value.faults
    assert (fault.file, fault.where) == ("config/config.yaml", "key reference")
    assert "social index" in fault.rule


# --- types of years ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("political", "social", "expected"),
    [
        (False, False, "effective"),
        (True, False, "inconsistent"),
        (False, True, "slow"),
        (True, True, "failing"),
        (pd.NA, True, ""),
        (False, None, ""),
        (pd.NA, pd.NA, ""),
    ],
)
def test_type_is_that_of_table_1_and_empty_when_an_obstacle_is_unknown(political, social, expected):
    assert type_of(political, social) == expected


def test_types_of_ally_years_from_cuts_worked_out_by_hand(table):
    found = typology(table, SETTINGS)
    assert found["political_cut"].tolist() == [2.0] * 5
    assert found["social_cut"].tolist() == [25.0] * 5
    assert found["type"].tolist() == ["effective", "inconsistent", "slow", "failing", ""]


def test_value_equal_to_the_cut_is_low(table):
    found = typology(table, SETTINGS)
    last = found[found["year"] == 1994].iloc[0]
    assert last["political"] == last["political_cut"] == 2.0
    assert not last["high_political"]


def test_obstacle_that_is_unknown_is_neither_high_nor_low(table):
    last = typology(table, SETTINGS).iloc[-1]
    assert last["high_social"] is pd.NA
    assert last["type"] == ""


def test_every_quantile_has_its_cut_and_its_row(table):
    settings = SETTINGS.model_copy(update={"quantiles": (0.75, 0.5)})
    found = typology(table, settings)
    assert found["quantile"].tolist() == [0.5, 0.75] * 5
    # places in 10 20 30 40: 0.75·3 = 2.25; in 0 1 2 3 4: 3
    upper = found[found["quantile"] == 0.75]
    assert upper["social_cut"].unique().tolist() == [32.5]
    assert upper["political_cut"].unique().tolist() == [3.0]
    assert upper["type"].tolist() == ["effective", "effective", "effective", "failing", ""]


def test_adding_an_ally_outside_the_reference_changes_no_cut_and_no_type(table):
    added = ally_years("ISR", 1990, [(99.0, 999.0)] * 5, in_reference=False)
    before = typology(table, SETTINGS)
    after = typology(pd.concat([table, added], ignore_index=True), SETTINGS)
    own = after[after["iso3"] == "JPN"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, before)
    assert after.loc[after["iso3"] == "ISR", "type"].tolist() == ["failing"] * 5


def test_codings_are_those_that_the_settings_name(table):
    table["political_pca"] = [9.0, 0.0, 0.0, 0.0, 0.0]
    settings = SETTINGS.model_copy(update={"political": "political_pca"})
    found = typology(table, settings)
    assert found["political"].tolist() == [9.0, 0.0, 0.0, 0.0, 0.0]
    assert found["type"].tolist() == ["inconsistent", "effective", "slow", "slow", ""]


# --- types of periods --------------------------------------------------------------------


def test_period_has_the_type_of_its_means_at_the_cuts_of_the_years(table):
    """Years known in both: political 0 3 1 4, mean 2, not above 2; social mean 25."""
    (period,) = period_types(typology(table, SETTINGS), 5).to_dict("records")
    assert (period["period_start"], period["period_end"], period["years"]) == (1990, 1994, 4)
    assert (period["political"], period["social"]) == (2.0, 25.0)
    assert period["type"] == "effective"


def test_type_of_a_period_is_not_the_most_frequent_of_its_years():
    """Political in two of five years, but so high that the mean 3.2 is above the median 2."""
    pairs = [(1.0, 0.0), (2.0, 1.0), (2.0, 1.0), (4.0, 1.0), (7.0, 1.0)]
    years = typology(ally_years("JPN", 1990, pairs), SETTINGS)
    assert years["type"].tolist() == ["effective"] * 3 + ["inconsistent"] * 2
    (period,) = period_types(years, 5).to_dict("records")
    assert period["political"] == pytest.approx(3.2)
    assert period["type"] == "inconsistent"


@pytest.mark.parametrize(("known", "typed"), [(2, False), (3, True)])
def test_period_needs_half_of_its_years_known(known, typed):
    pairs = [(1.0, 1.0)] * known + [(1.0, np.nan)] * (5 - known)
    (period,) = period_types(typology(ally_years("JPN", 1990, pairs), SETTINGS), 5).to_dict(
        "records"
    )
    assert period["years"] == known
    assert (period["type"] != "") == typed
    assert pd.notna(period["political"]) == typed


def test_exactly_half_of_the_years_is_enough():
    years = typology(ally_years("JPN", 1990, [(1.0, 1.0), (1.0, np.nan)]), SETTINGS)
    assert period_types(years, 2)["type"].tolist() == ["effective"]


def test_half_counts_on_the_whole_period_also_when_the_state_is_younger():
    years = typology(ally_years("SVK", 1993, [(1.0, 1.0)] * 3), SETTINGS)
    found = period_types(years, 5)
    assert found[["period_start", "years"]].to_numpy().tolist() == [[1990, 2], [1995, 1]]
    assert found["type"].tolist() == ["", ""]


def test_years_without_commitment_count_and_are_told_apart():
    pairs = [(1.0, 1.0)] * 5
    table = ally_years("POL", 1995, pairs, is_ally=[False, False, False, False, True])
    (period,) = period_types(typology(table, SETTINGS), 5).to_dict("records")
    assert (period["years"], period["committed_years"]) == (5, 1)


def test_every_quantile_has_its_periods(table):
    settings = SETTINGS.model_copy(update={"quantiles": (0.5, 0.25)})
    found = period_types(typology(table, settings), 5)
    # means 2 and 25 against the cuts 1 and 17.5, and 2 and 25
    assert found[["quantile", "type"]].to_numpy().tolist() == [
        [0.25, "failing"],
        [0.5, "effective"],
    ]


# --- ledger and schemas ------------------------------------------------------------------


def test_ledger_says_once_why_an_ally_year_and_a_period_have_no_type(table):
    settings = SETTINGS.model_copy(update={"quantiles": (0.5, 0.75)})
    more = pd.concat([table, ally_years("KOR", 1990, [(np.nan, np.nan)])], ignore_index=True)
    years = typology(more, settings)
    ledger = untyped(years, period_types(years, 5), 5)
    assert ledger[["table", "key", "rule", "reason"]].to_numpy().tolist() == [
        ["typology", "JPN 1994", "no_type", "no type without both indices; missing: social"],
        [
            "typology",
            "KOR 1990",
            "no_type",
            "no type without both indices; missing: political, social",
        ],
        [
            "typology_periods",
            "KOR 1990-1994",
            "too_few_years",
            "both indices known in 0 of 5 years, fewer than half",
        ],
    ]


def test_tables_pass_their_schemas(table):
    years = typology(table, SETTINGS)
    assert len(check_frame(years, schemas.typology(), "typology")) == 5
    periods = period_types(years, 5)
    assert len(check_frame(periods, schemas.typology_periods(), "typology_periods")) == 1
