import pytest
from underbalance.claims.record import (
    Steps,
    count_steps,
    record_agreement,
    record_type,
    record_type_agreement,
)
from underbalance.schemas.claim_words import (
    AGREES,
    DISAGREES,
    IN_PART,
    MIXED,
    NO_EVENT,
    NONE_STATED,
    NOT_KNOWN,
)

PERIOD = ("2000-01-01", "2002-12-31")
LAST = "2025-12-31"


def back(obstacle: str = "unknown", **row: object) -> dict:
    return {"direction": -1, "obstacle": obstacle, **row}


def test_steps_are_counted_by_direction_and_by_what_they_name(events):
    found = events(
        {"obstacle": "political"},  # forward: an obstacle there is no step back
        {"direction": 0},
        back("political+external"),
        back("economic"),
        back("legal+economic"),
        back("external"),
        back("none"),
        back("unknown"),
    )
    steps = count_steps(found, ["political", "legal"])
    assert steps == Steps(forward=1, back=6, known=3, named=2)


def test_no_events_are_no_steps(events):
    assert count_steps(events(), ["political"]) == Steps(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("claimed", "steps", "answer"),
    [
        # forward, back, known, named
        ("major", (3, 0, 0, 0), NO_EVENT),
        ("major", (0, 0, 0, 0), NO_EVENT),
        ("major", (0, 2, 0, 0), NOT_KNOWN),
        ("major", (0, 5, 4, 2), AGREES),
        ("major", (0, 1, 1, 1), AGREES),
        ("major", (0, 3, 3, 1), MIXED),
        ("major", (5, 3, 2, 0), DISAGREES),
        ("none", (2, 0, 0, 0), AGREES),
        ("minor", (2, 0, 0, 0), AGREES),
        ("minor", (0, 0, 0, 0), NO_EVENT),
        # of all steps back, also those without a known obstacle
        ("minor", (0, 3, 1, 1), AGREES),
        ("none", (0, 2, 2, 1), DISAGREES),
        ("minor", (0, 2, 2, 2), DISAGREES),
        ("none", (0, 2, 0, 0), AGREES),
    ],
)
def test_record_answers_by_the_share_of_steps_back_that_name_the_obstacle(claimed, steps, answer):
    assert record_agreement(claimed, Steps(*steps)) == answer


def test_forward_with_a_contract_in_time_is_effective(events):
    rows = events({"date": "2001-05"}, {"date": "2006-05-01", "stage": "contract"})
    assert record_type(rows, *PERIOD, LAST) == "effective"


def test_forward_with_a_contract_too_late_is_slow(events):
    # the first step may be as early as 1 May 2001: five years end on 1 May 2006
    rows = events({"date": "2001-05"}, {"date": "2006-05-02", "stage": "contract"})
    assert record_type(rows, *PERIOD, LAST) == "slow"


def test_contract_of_an_unsettled_day_that_may_be_in_time_is_in_time(events):
    rows = events({"date": "2001-05-01"}, {"date": "2006", "stage": "operational"})
    assert record_type(rows, *PERIOD, LAST) == "effective"


def test_contract_before_the_first_step_does_not_make_it_fast(events):
    rows = events({"date": "1999", "stage": "delivery"}, {"date": "2001"})
    assert record_type(rows, *PERIOD, LAST) == "slow"


def test_contract_that_failed_carries_nothing_out(events):
    rows = events({"date": "2001"}, back(date="2002", stage="contract", programme="B"))
    assert record_type(rows, *PERIOD, LAST) == "failing"


def test_first_step_that_is_a_contract_is_not_slow(events):
    rows = events({"date": "2001", "stage": "contract"})
    assert record_type(rows, *PERIOD, LAST) == "effective"


def test_slowness_is_not_known_before_five_years_of_record(events):
    rows = events({"date": "2001-06-01"}, back(date="2002"))
    assert record_type(rows, *PERIOD, "2006-05-31") == ""
    assert record_type(rows, *PERIOD, "2006-06-01") != ""


def test_steps_forward_and_back_are_inconsistent_across_programmes(events):
    contract = {"date": "2001", "stage": "contract"}
    assert record_type(events(contract, back(date="2001", programme="B")), *PERIOD, LAST) == (
        "inconsistent"
    )


def test_step_back_outside_the_period_is_no_change_of_direction(events):
    rows = events({"date": "2001", "stage": "contract"}, back(date="2003-01-01"))
    assert record_type(rows, *PERIOD, LAST) == "effective"


def test_statement_without_direction_is_no_change(events):
    rows = events({"date": "2001", "stage": "contract"}, {"date": "2002", "direction": 0})
    assert record_type(rows, *PERIOD, LAST) == "effective"


@pytest.mark.parametrize("stage", ["contract", "decision", "delivery"])
def test_slow_and_inconsistent_with_a_step_back_that_ends_its_programme_is_failing(events, stage):
    rows = events({"date": "2001"}, back(date="2002", stage=stage, programme="B"))
    assert record_type(rows, *PERIOD, LAST) == "failing"


def test_programme_taken_up_again_after_the_period_has_not_failed(events):
    rows = events(
        {"date": "2001"}, back(date="2002", stage="decision"), {"date": "2009", "stage": "study"}
    )
    assert record_type(rows, *PERIOD, LAST) == "slow+inconsistent"


def test_review_that_ends_its_programme_is_not_failing(events):
    rows = events({"date": "2001"}, back(date="2002", stage="review"))
    assert record_type(rows, *PERIOD, LAST) == "slow+inconsistent"


def test_without_a_step_forward_no_type_is_known(events):
    assert record_type(events(back(date="2001")), *PERIOD, LAST) == ""
    assert record_type(events(), *PERIOD, LAST) == ""


@pytest.mark.parametrize(
    ("found", "described", "answer"),
    [
        ("inconsistent", "inconsistent", AGREES),
        ("slow+inconsistent", "slow+inconsistent", AGREES),
        ("slow+inconsistent", "inconsistent+slow", AGREES),
        ("inconsistent", "slow+inconsistent", IN_PART),
        ("slow+inconsistent", "slow", IN_PART),
        ("effective", "slow", DISAGREES),
        ("failing", "slow", DISAGREES),
        ("", "slow", NOT_KNOWN),
        ("slow", "", NONE_STATED),
        ("", "", NONE_STATED),
    ],
)
def test_type_of_the_record_is_held_against_the_type_described(found, described, answer):
    assert record_type_agreement(found, described) == answer
