"""The table of types counts the ally-years of the sample, and says what is not known."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.config import Group, Typology
from underbalance.present.typology_table import typology_shares, typology_table
from underbalance.schemas import typology as schemas
from underbalance.tables import check_frame

GROUP = Group(label="Formal allies", members=("JPN", "DEU"), years="committed")
MEMBERS = frozenset({"JPN", "DEU"})
SETTINGS = Typology(political="political", social="social", quantiles=(0.75, 0.5), period_years=5)


@pytest.fixture
def years() -> pd.DataFrame:
    rows = [
        ("JPN", 1989, True, "asia_pacific", 0.5, ""),
        ("JPN", 1998, True, "asia_pacific", 0.5, "failing"),
        ("JPN", 1999, True, "asia_pacific", 0.5, "slow"),
        ("DEU", 1999, True, "europe", 0.5, "slow"),
        ("DEU", 2000, True, "europe", 0.5, "effective"),
        ("DEU", 2001, False, "europe", 0.5, "effective"),  # not committed
        ("ISR", 1999, True, "middle_east", 0.5, "failing"),  # not of the sample
        ("JPN", 1999, True, "asia_pacific", 0.75, "effective"),
    ]
    columns = ["iso3", "year", "is_ally", "region", "quantile", "type"]
    return pd.DataFrame(rows, columns=columns)


def shares_of(years: pd.DataFrame, quantile: float) -> pd.DataFrame:
    shares = check_frame(typology_shares(years, GROUP, MEMBERS), schemas.typology_shares(), "t")
    return shares[shares["quantile"] == quantile].set_index("group")


def test_ally_years_of_the_sample_are_counted_by_type(years):
    every = shares_of(years, 0.5).loc["all"]
    counted = every[["effective", "inconsistent", "slow", "failing", "not_known", "ally_years"]]
    assert counted.tolist() == [1, 0, 2, 1, 1, 5]


def test_shares_are_of_the_ally_years_of_a_known_type(years):
    shares = shares_of(years, 0.5)
    named = [f"share_{name}" for name in schemas.TYPES]
    assert shares.loc["all", named].tolist() == [0.25, 0, 0.5, 0.25]
    assert shares.loc["1990s", named].tolist() == pytest.approx([0, 0, 2 / 3, 1 / 3])


def test_group_without_a_known_type_has_no_shares(years):
    eighties = shares_of(years, 0.5).loc["1980s"]
    assert eighties[[f"share_{name}" for name in schemas.TYPES]].isna().all()
    assert (eighties["not_known"], eighties["ally_years"]) == (1, 1)


def test_all_stand_before_regions_and_regions_before_decades(years):
    expected = ["all", "asia_pacific", "europe", "1980s", "1990s", "2000s"]
    assert shares_of(years, 0.5).index.tolist() == expected


def test_every_quantile_is_counted_on_its_own(years):
    assert shares_of(years, 0.75).loc["all", ["effective", "ally_years"]].tolist() == [1, 1]


def test_table_shows_per_cent_and_number_under_the_quantiles_in_their_order(years):
    table = typology_table(typology_shares(years, GROUP, MEMBERS), SETTINGS, GROUP.label)
    assert [row[0] for row in table.body if len(row) == 1] == [
        "High: above the 75 % quantile",
        "High: above the median",
    ]
    rows = {row[0]: row for row in table.body}  # those of the median come last
    assert rows["All"] == ("All", "25.0 (1)", "0.0 (0)", "50.0 (2)", "25.0 (1)", "1", "5")
    assert rows["Asia-Pacific"][1:5] == ("0.0 (0)", "0.0 (0)", "50.0 (1)", "50.0 (1)")
    assert rows["1980s"] == ("1980s", "", "", "", "", "1", "1")


def test_every_row_is_a_heading_or_as_long_as_the_header(years):
    table = typology_table(typology_shares(years, GROUP, MEMBERS), SETTINGS, GROUP.label)
    assert {len(row) for row in table.body} == {1, len(table.header)}


def test_notes_name_the_codings_and_the_sample(years):
    settings = SETTINGS.model_copy(update={"social": "social_pca"})
    table = typology_table(typology_shares(years, GROUP, MEMBERS), settings, GROUP.label)
    assert "Indices: political and social_pca, as coded in config/codings.yaml." in table.notes
    assert "Sample: Formal allies." in table.notes
