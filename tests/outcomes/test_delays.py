import pandas as pd
from underbalance.outcomes.delays import delay_cases, delay_medians, with_lateness

ORDER = {"iso3": "JPN", "year": 2001, "deal_id": 1, "years_to_delivery": 3, "delivered": True}
DEAL = {"deal_id": 1, "category": "Aircraft", "for_other_platform": False}
NOTICE = {"iso3": "JPN", "year": 2010, "years_to_order": 5, "ordered": False}
ENTRY = {
    "iso3": "POL",
    "year": 1999,
    "family": "hellfire",
    "years_at_entry": 15,
    "years_to_adoption": 20,
    "adopted": True,
    "is_first": False,
}


def made(orders=(ORDER,), deals=(DEAL,), notices=(NOTICE,), entries=(ENTRY,)) -> pd.DataFrame:
    frames = [pd.DataFrame(rows) for rows in (orders, notices, entries, deals)]
    return delay_cases(*frames)


def judged(*rows: tuple) -> pd.DataFrame:
    """Rows of (kind, duration, ended, in_reference) of one outcome, watched from the start."""
    frame = pd.DataFrame(rows, columns=["kind", "duration", "ended", "in_reference"])
    return with_lateness(frame.assign(outcome="delivery", entry=0.0, counted=True))


def test_case_has_the_kind_that_it_is_compared_in():
    shown = made()[["outcome", "kind", "year", "entry", "duration", "ended"]]
    assert shown.to_numpy().tolist() == [
        ["delivery", "Aircraft", 2001, 0, 3, True],
        ["commitment", "all", 2010, 0, 5, False],
        ["adoption", "hellfire", 1999, 15, 20, True],
    ]


def test_delivery_for_another_platform_does_not_count():
    assert "delivery" not in set(made(deals=[DEAL | {"for_other_platform": True}])["outcome"])


def test_adoption_that_defines_time_zero_does_not_count():
    assert "adoption" not in set(made(entries=[ENTRY | {"is_first": True}])["outcome"])


def test_case_is_late_beyond_the_median_of_its_kind_and_not_at_it():
    table = judged(
        ("Ships", 2, True, True), ("Ships", 4, True, True), ("Ships", 9, True, True),
        ("Aircraft", 9, True, True),
    )  # fmt: skip
    assert table["median"].tolist() == [4, 4, 4, 9]
    assert table["late"].tolist() == [False, False, True, False]


def test_median_is_that_of_the_reference_cases_only():
    table = judged(("Ships", 2, True, True), ("Ships", 9, True, False), ("Ships", 9, True, False))
    assert table["median"].tolist() == [2, 2, 2]
    assert table["late"].tolist() == [False, True, True]


def test_open_case_is_late_once_it_outlasted_the_median_and_else_says_nothing():
    ended = [("Ships", 3, True, True)] * 5
    table = judged(*ended, ("Ships", 4, False, False), ("Ships", 3, False, False))
    assert table["late"].iloc[5]
    assert pd.isna(table["late"].iloc[6])


def test_kind_whose_median_is_not_reached_says_nothing_of_any_case():
    table = judged(("Ships", 1, True, True), ("Ships", 9, False, True), ("Ships", 9, False, True))
    assert table["late"].isna().all()


def test_kind_without_reference_cases_says_nothing():
    assert judged(("Ships", 1, True, False))["late"].isna().all()


def test_medians_say_how_many_cases_they_rest_on():
    table = judged(
        ("Ships", 3, True, True), ("Ships", 3, True, True), ("Ships", 5, True, True),
        ("Ships", 2, False, True), ("Ships", 9, False, False),
    )  # fmt: skip
    (row,) = delay_medians(table.assign(counted=[True, True, True, True, False])).to_dict("records")
    assert row == {
        "outcome": "delivery",
        "kind": "Ships",
        "reference_cases": 4,
        "reference_ended": 3,
        "median": 3,
        "cases": 4,
        "informative": 3,
        "late": 1,
    }
