"""Stages, setbacks and changes of direction of a made-up ally."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.config import Cases, Line
from underbalance.errors import FaultsError
from underbalance.outcomes.missile_defence import (
    case_events,
    reversals,
    reversals_by_year,
    stage_durations,
)

CASES = Cases(min_events=1, systems=())
LAST_DAY = "2010-12-31"


def periods() -> pd.DataFrame:
    """A rightist government to the end of 2004, then a leftist one, then nothing known."""
    table = pd.DataFrame(
        {
            "iso3": "JPN",
            "start": ["2001-01-01", "2005-01-01", "2009-01-01"],
            "end": ["2004-12-31", "2008-12-31", "2010-12-31"],
            "head": ["Abe", "Kan", ""],
            "camp": ["rightist", "leftist", "not_known"],
        }
    )
    return table.astype({"start": "datetime64[us]", "end": "datetime64[us]"})


def events(*rows: tuple[str, str, int], programme: str = "P") -> pd.DataFrame:
    """Return events of date, stage and direction."""
    table = pd.DataFrame(rows, columns=["date", "stage", "direction"])
    named = {"iso3": "JPN", "programme": programme, "head_of_government": ""}
    return table.assign(**named).astype({"direction": "Int64"})


def dated(*rows: tuple[str, str, int], cases: Cases = CASES) -> pd.DataFrame:
    return case_events(events(*rows), cases, periods())


def stages(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return stage_durations(dated(*rows), CASES, LAST_DAY).set_index("stage")


STORY = (
    ("2001-01-01", "interest", 1),
    ("2002-01-01", "decision", 1),
    ("2003-01-01", "agreement", 1),
    ("2003-07", "budget", -1),
    ("2004", "contract", 1),
)


def test_the_first_of_several_words_is_the_commitment():
    found = stages(*STORY).loc["commitment"]
    assert found["date"] == "2001-01-01"
    assert found["status"] == "reached"
    assert pd.isna(found["years"])


def test_years_run_from_the_previous_stage_and_from_the_commitment():
    found = stages(*STORY).loc["contract"]
    assert found["from_stage"] == "agreement"
    assert found["years"] == pytest.approx(547 / 365.25)  # 1 January 2003 to 1 July 2004
    assert found["years_low"] == pytest.approx(365 / 365.25)
    assert found["years_high"] == pytest.approx(730 / 365.25)
    assert found["years_since_commitment"] == pytest.approx(1277 / 365.25)


def test_a_step_back_reaches_no_stage_and_counts_as_a_setback_on_the_way_to_the_next():
    found = stages(*STORY)
    assert found.loc["budget", "status"] == "not_recorded"
    assert found.loc["contract", "setbacks"] == 1
    assert found.loc["agreement", "setbacks"] == 0


def test_a_stage_never_reached_is_censored_at_the_last_day_and_kept():
    found = stages(*STORY)
    assert found.loc[["delivery", "operational"], "status"].tolist() == ["censored"] * 2
    assert found.loc["delivery", "years"] == pytest.approx(2374 / 365.25)  # from 1 July 2004
    assert found.loc["delivery", "years_low"] == pytest.approx(2191 / 365.25)
    assert found.loc["delivery", "years_high"] == pytest.approx(2556 / 365.25)
    assert found.loc["operational", "from_stage"] == "contract"
    assert found.loc["delivery", "date"] == ""


def test_of_repeated_stages_the_first_after_the_previous_stage_counts():
    found = stages(
        ("2001-01-01", "decision", 1),
        ("2002-01-01", "budget", 1),
        ("2003-01-01", "agreement", 1),
        ("2004-01-01", "budget", 1),
        ("2005-01-01", "budget", 1),
    )
    assert found.loc["budget", "date"] == "2004-01-01"
    assert found.loc["budget", "years"] == pytest.approx(1.0, abs=0.01)


def test_a_stage_only_before_the_previous_one_is_neither_reached_nor_censored():
    found = stages(("2001", "delivery", 1), ("2004-05-01", "contract", 1))
    assert found.loc["delivery", "status"] == "earlier"
    assert pd.isna(found.loc["delivery", "years"])
    assert found.loc["operational", "status"] == "censored"


def test_dates_that_may_be_in_order_are_taken_to_be():
    found = stages(("2004-12-17", "agreement", 1), ("2004", "contract", 1))
    assert found.loc["contract", "status"] == "reached"
    assert found.loc["contract", "years"] == 0


def test_words_after_a_signature_are_no_commitment_to_it():
    found = stages(("2001-01-01", "agreement", 1), ("2004-01-01", "decision", 1))
    assert found.loc["commitment", "status"] == "not_recorded"
    assert found.loc["agreement", "status"] == "reached"
    assert pd.isna(found.loc["contract", "years_since_commitment"])


def test_a_line_without_a_forward_stage_has_no_clock():
    assert stage_durations(dated(("2001", "decision", -1)), CASES, LAST_DAY).empty
    assert stage_durations(dated(("2001", "test", 1)), CASES, LAST_DAY).empty


def test_a_line_of_declared_policy_has_no_clock():
    cases = CASES.model_copy(update={"policy": (Line(iso3="JPN", line="P"),)})
    assert stage_durations(dated(("2001", "decision", 1)), cases, LAST_DAY).empty


def test_events_of_several_programmes_are_one_line_and_one_event_may_be_of_two():
    lines = (
        Line(iso3="JPN", line="X", programmes=("A", "A and B")),
        Line(iso3="JPN", line="Y", programmes=("A and B",)),
    )
    cases = CASES.model_copy(update={"lines": lines})
    rows = [
        events(("2001", "interest", 1), programme="A"),
        events(("2002", "decision", -1), programme="A and B"),
        events(("2003", "contract", 1), programme="C"),
    ]
    found = case_events(pd.concat(rows, ignore_index=True), cases, periods())
    pairs = list(zip(found["line"], found["event"], strict=True))
    assert pairs == [("C", 3), ("X", 1), ("X", 2), ("Y", 2)]
    total = reversals(found, periods()).set_index("camp").loc["all"]
    # the event of two lines counts once, as the change that it is in one of them
    assert (total["events"], total["back"], total["back_after_forward"]) == (3, 1, 1)


def test_a_programme_that_no_event_has_is_a_fault():
    lines = (Line(iso3="JPN", line="X", programmes=("Q",)),)
    with pytest.raises(FaultsError, match="programme must occur"):
        dated(("2001", "interest", 1), cases=CASES.model_copy(update={"lines": lines}))


def test_allies_with_too_few_events_are_no_cases():
    assert dated(("2001", "test", 1), cases=Cases(min_events=2, systems=())).empty


TURNS = (
    ("2001-03-01", "interest", 1),
    ("2002-03-01", "review", -1),  # back after forward
    ("2003-03-01", "review", -1),
    ("2004-03-01", "test", 0),
    ("2005-03-01", "decision", 1),  # forward after back, under the next government
    ("2010-03-01", "budget", -1),  # back after forward, camp not known
)


def test_changes_are_between_neighbours_that_move_and_given_to_the_later_event():
    assert dated(*TURNS)["change"].tolist() == [0, -1, 0, 0, 1, -1]


def test_changes_do_not_run_across_lines():
    rows = [events(("2001", "interest", 1)), events(("2002", "review", -1), programme="Q")]
    found = case_events(pd.concat(rows, ignore_index=True), CASES, periods())
    assert found["change"].tolist() == [0, 0]


def test_a_change_whose_order_the_dates_leave_open_is_marked():
    found = dated(("2001", "interest", 1), ("2001-09", "review", -1), ("2003", "decision", 1))
    assert found["change_uncertain"].tolist() == [False, True, False]


def test_setbacks_and_changes_are_counted_by_camp_with_the_years_it_governed():
    found = reversals(dated(*TURNS), periods()).set_index("camp")
    columns = ["events", "forward", "back", "back_after_forward", "forward_after_back"]
    assert found.loc["rightist", columns].tolist() == [4, 1, 2, 1, 0]
    assert found.loc["leftist", columns].tolist() == [1, 1, 0, 0, 1]
    assert found.loc["not_known", columns].tolist() == [1, 0, 1, 1, 0]
    assert found.loc["all", columns].tolist() == [6, 2, 3, 2, 1]
    assert found["years"].tolist() == pytest.approx([4, 4, 2, 10], abs=0.002)
    assert found.loc["rightist", "back_per_year"] == pytest.approx(2 * 365.25 / 1461)
    assert found.loc["leftist", "changes_per_year"] == pytest.approx(365.25 / 1461)
    assert found.loc["all", "heads"] == "Abe; Kan"


def test_left_and_centre_are_counted_together_where_both_have_governed():
    turned = periods().assign(camp=["centrist", "leftist", "not_known"])
    found = reversals(case_events(events(*TURNS), CASES, turned), turned).set_index("camp")
    one, other, both = found.loc["centrist"], found.loc["leftist"], found.loc["leftist_or_centrist"]
    for column in ("events", "back", "forward", "years"):
        assert both[column] == pytest.approx(one[column] + other[column])
    assert both["back_per_year"] == pytest.approx(both["back"] / both["years"])
    assert "leftist_or_centrist" not in set(reversals(dated(*TURNS), periods())["camp"])


def test_every_year_has_a_row_also_without_events():
    found = reversals_by_year(dated(*TURNS), (2001, 2010)).set_index("year")
    assert len(found) == 10
    assert found["back"].tolist() == [0, 1, 1, 0, 0, 0, 0, 0, 0, 1]
    assert found["back_after_forward"].sum() == 2
