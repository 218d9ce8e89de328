import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.outcomes.observed_type import observed_type, observed_types
from underbalance.schemas import observed_types as schemas
from underbalance.tables import check_frame

CORE = Group(label="Core", members=("JPN", "KOR", "POL"), years="committed")
MEMBERS = frozenset({"JPN", "KOR", "POL"})
STEADY = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5]
JUMPY = [9.0, -9.0, 9.0, -9.0, 9.0, -9.0]


def years(*, first: int = 1990, last: int = 2023, **committed_from: int) -> pd.DataFrame:
    """Ally-years of JPN, KOR and POL, committed from 1950 unless said otherwise."""
    rows = [
        {
            "iso3": iso3,
            "year": year,
            "is_ally": year >= committed_from.get(iso3, 1950),
            "in_reference": year >= committed_from.get(iso3, 1950) and 1990 <= year <= 2023,
        }
        for iso3 in sorted(MEMBERS)
        for year in range(first, last + 1)
    ]
    return pd.DataFrame(rows)


def orders(iso3: str, year: int, *delays: int) -> list[dict]:
    return [{"iso3": iso3, "year": year, "years_to_delivery": d, "delivered": True} for d in delays]


def growths(iso3: str, start: int, values: list[float]) -> list[dict]:
    return [
        {"iso3": iso3, "year": start + i, "effort_growth": value} for i, value in enumerate(values)
    ]


def frame(rows: list[dict], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def built(
    delivered: list[dict] = (),
    notices: list[dict] = (),
    effort: list[dict] = (),
    lost: list[dict] = (),
    ally_years: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Types by ally and decade, medians and ledger; all deliveries are aircraft."""
    delivery = frame(list(delivered), "iso3 year years_to_delivery delivered")
    delivery = delivery.assign(deal_id=range(len(delivery)))
    deals = delivery[["deal_id"]].assign(category="Aircraft", for_other_platform=False)
    outcomes = {
        "delivery": delivery,
        "commitment": frame(list(notices), "iso3 year years_to_order ordered lapsed"),
        "adoption": frame([], "iso3 year family years_at_entry years_to_adoption adopted is_first"),
        "effort": frame(list(effort), "iso3 year effort_growth"),
        "loss": frame(list(lost), "iso3 year order_year case lost"),
    }
    whole_numbers = dict.fromkeys(["year"], "int64")
    outcomes = {name: table.astype(whole_numbers) for name, table in outcomes.items()}
    made = years() if ally_years is None else ally_years
    types, medians, ledger = observed_types(outcomes, deals, made, CORE, MEMBERS)
    types = check_frame(types, schemas.observed_types(), "observed_types")
    return types.set_index(["iso3", "decade_start"]), medians, ledger


@pytest.mark.parametrize(
    ("slow", "inconsistent", "lost", "expected"),
    [
        (False, False, False, "effective"),
        (False, True, False, "inconsistent"),
        (True, False, False, "slow"),
        (True, True, False, "slow_inconsistent"),
        (True, True, True, "failing"),
        # a loss alone does not make an ally fail
        (False, False, True, "effective"),
        (True, False, True, "slow"),
        (False, True, True, "inconsistent"),
        (None, True, True, ""),
        (True, None, True, ""),
    ],
)
def test_type_is_made_of_the_three_marks(slow, inconsistent, lost, expected):
    assert observed_type(slow, inconsistent, lost) == expected


def test_share_of_late_cases_is_that_beyond_the_median():
    # delays 1, 1, 2, 2, 2, 3, 4, 5, 6, 7: half have ended by 2
    table, medians, _ = built(
        orders("JPN", 1995, 1, 3, 4, 5, 6) + orders("KOR", 1995, 1, 2, 2, 2, 7)
    )
    assert medians["median"].tolist() == [2]
    japan, korea = table.loc[("JPN", 1990)], table.loc[("KOR", 1990)]
    assert (japan["cases"], japan["late"], japan["share_late"]) == (5, 4, 0.8)
    assert (korea["cases"], korea["late"], korea["share_late"]) == (5, 1, 0.2)
    assert japan["slow"]
    assert not korea["slow"]


def test_half_of_the_cases_late_is_not_slow():
    # the median is 2
    table, _, _ = built(orders("JPN", 1995, 1, 2, 2, 3, 3, 3))
    row = table.loc[("JPN", 1990)]
    assert (row["share_late"], row["slow"]) == (0.5, False)


def test_four_informative_cases_say_nothing():
    open_deals = [o | {"delivered": False} for o in orders("JPN", 2023, 0, 0)]
    table, _, ledger = built(orders("JPN", 2021, 1, 1, 1, 9) + open_deals)
    row = table.loc[("JPN", 2020)]
    assert (row["cases"], row["open_cases"], row["late"]) == (4, 2, 1)
    assert pd.isna(row["slow"])
    assert pd.isna(row["share_late"])
    told = ledger[(ledger["key"] == "JPN 2020-2029") & (ledger["rule"] == "slow_not_known")]
    assert told["reason"].tolist() == ["4 informative cases of delay, fewer than 5"]


def test_lapsed_notice_outlasts_a_median_of_less_than_five_years_and_is_a_loss():
    usual = {"iso3": "JPN", "year": 2012, "years_to_order": 1, "ordered": True, "lapsed": False}
    lapsed = usual | {"years_to_order": 5, "ordered": False, "lapsed": True}
    row = built(notices=[usual] * 4 + [lapsed])[0].loc[("JPN", 2010)]
    assert (row["late"], row["losses"]) == (1, 1)


def test_kind_without_a_median_is_in_the_ledger():
    open_deals = [o | {"delivered": False} for o in orders("JPN", 2010, 9, 9)]
    table, _, ledger = built(orders("JPN", 2010, 1) + open_deals)
    assert table.loc[("JPN", 2010), "cases"] == 0
    told = ledger[ledger["rule"] == "median_not_reached"]
    assert told["key"].tolist() == ["delivery Aircraft"]
    assert told["reason"].tolist() == [
        "1 of 3 reference cases ended, the median is not reached; 3 cases are not used"
    ]


def test_only_years_of_the_commitment_count():
    table, _, _ = built(
        orders("POL", 1998, 1, 1, 1) + orders("POL", 1999, 1, 1),
        effort=growths("POL", 1996, STEADY),
        ally_years=years(POL=1999),
    )
    row = table.loc[("POL", 1990)]
    assert (row["years"], row["cases"], row["growths"]) == (1, 2, 1)


def test_case_of_an_unknown_ally_year_does_not_count():
    table, medians, _ = built(orders("JPN", 1984, 5, 5) + orders("JPN", 1990, 1))
    assert table["cases"].sum() == 1
    assert medians["median"].tolist() == [1]


def test_inconsistent_needs_reversals_and_variance_beyond_the_medians():
    swings = [5.0, -5.0, 5.0, -5.0, 5.0, -5.0]
    small_swings = [0.1, -0.1, 0.1, -0.1, 0.1, -0.1]
    steep = [1.0, 20.0, 50.0, 90.0, 150.0, 200.0]
    table, _, _ = built(
        effort=[
            *growths("JPN", 1990, swings),
            *growths("KOR", 1990, small_swings),
            *growths("POL", 1990, steep),
            *growths("JPN", 2000, STEADY),
            *growths("KOR", 2000, STEADY),
        ]
    )
    # reversal shares 1, 1, 0, 0, 0: median 0; variances 30, 0.01, large, 0.035, 0.035: median 0.035
    marks = table["inconsistent"].dropna()
    assert marks.to_dict() == {
        ("JPN", 1990): True,
        ("KOR", 1990): False,
        ("POL", 1990): False,
        ("JPN", 2000): False,
        ("KOR", 2000): False,
    }


def test_medians_of_steadiness_are_those_of_the_reference():
    effort = growths("JPN", 1990, STEADY) + growths("KOR", 1990, JUMPY)
    known = years()
    of_reference = built(
        effort=effort, ally_years=known.assign(in_reference=known["iso3"] == "KOR")
    )
    all_rows = built(effort=effort)
    assert not of_reference[0].loc[("KOR", 1990), "inconsistent"]
    assert all_rows[0].loc[("KOR", 1990), "inconsistent"]


def test_lost_deal_counts_once_in_the_decade_of_its_order():
    lost = {"iso3": "JPN", "order_year": 2008, "case": "a", "lost": True}
    rows = [
        lost | {"year": 2018},
        lost | {"year": 2021},
        lost | {"case": "b", "lost": False, "year": 2018},
    ]
    table, _, _ = built(lost=rows)
    assert table.loc["JPN", "losses"].to_dict() == {1990: 0, 2000: 1, 2010: 0, 2020: 0}


def test_slow_and_inconsistent_ally_that_lost_a_deal_fails():
    types, _, _ = built(
        orders("JPN", 1995, 9, 9, 9, 9, 9) + orders("KOR", 1995, 1, 1, 1, 1, 1),
        effort=growths("JPN", 1990, JUMPY) + growths("KOR", 1990, STEADY),
        lost=[{"iso3": "JPN", "year": 2018, "order_year": 1999, "case": "a", "lost": True}],
    )
    found = types["observed_type"]
    assert found[found != ""].to_dict() == {("JPN", 1990): "failing", ("KOR", 1990): "effective"}
