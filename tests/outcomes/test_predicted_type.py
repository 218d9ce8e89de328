import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.outcomes.predicted_type import predicted_types
from underbalance.schemas.observed_types import predicted_types as schema
from underbalance.tables import check_frame

CORE = Group(label="Core", members=("JPN",), years="committed")
NA = None


def typology(first: int, political: list, social: list, committed_from: int = 1950) -> pd.DataFrame:
    """Ally-years of JPN from a first year on, cut at 1 (median) and at 3."""
    rows = pd.DataFrame({"political": political, "social": social}, dtype="float64")
    rows = rows.assign(iso3="JPN", year=range(first, first + len(rows)))
    rows["is_ally"] = rows["year"] >= committed_from
    cut = [
        rows.assign(quantile=q, political_cut=c, social_cut=c) for q, c in ((0.5, 1.0), (0.75, 3.0))
    ]
    return pd.concat(cut, ignore_index=True)


def predicted(table: pd.DataFrame) -> pd.DataFrame:
    made = check_frame(
        predicted_types(table, CORE, frozenset({"JPN"})), schema(), "predicted_types"
    )
    return made.set_index(["decade_start", "quantile"])


def test_decade_has_the_means_of_the_years_before_its_own():
    # 1989 to 1998 count for the nineties, 1999 for the year 2000
    table = predicted(typology(1989, [10.0, *[0.0] * 9, 4.0, 0.0], [2.0] * 12))
    row = table.loc[(1990, 0.5)]
    assert (row["years"], row["political"], row["social"]) == (10, 1.0, 2.0)
    assert table.loc[(2000, 0.5), "political"] == 4.0


@pytest.mark.parametrize(
    ("political", "social", "expected"),
    [
        (0, 0, "effective"),
        (2, 0, "inconsistent"),
        (0, 2, "slow"),
        (2, 2, "failing"),
        (1, 1, "effective"),
    ],
)
def test_type_comes_of_the_means_above_the_cuts(political, social, expected):
    table = predicted(typology(1999, [political] * 3, [social] * 3))
    assert table.loc[(2000, 0.5), "predicted_type"] == expected


def test_higher_quantile_cuts_higher():
    table = predicted(typology(1999, [2.0] * 3, [2.0] * 3))
    types = table.loc[2000, "predicted_type"]
    assert types.to_dict() == {0.5: "failing", 0.75: "effective"}


def test_only_years_of_the_commitment_count_and_the_year_before_them():
    table = predicted(typology(1995, [0.0, 0.0, 0.0, 8.0, 0.0], [0.0] * 5, committed_from=1999))
    row = table.loc[(1990, 0.5)]
    assert (row["years"], row["political"]) == (1, 8.0)


def test_half_of_the_years_must_be_known():
    half = predicted(typology(1999, [2.0, 2.0, NA, NA, NA], [0.0] * 5)).loc[(2000, 0.5)]
    fewer = predicted(typology(1999, [2.0, NA, NA, NA, NA], [0.0] * 5)).loc[(2000, 0.5)]
    assert (half["political_years"], half["predicted_type"]) == (2, "inconsistent")
    assert (fewer["political_years"], fewer["predicted_type"]) == (1, "")
    assert pd.isna(fewer["high_political"])
    assert not fewer["high_social"]
