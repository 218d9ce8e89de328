"""The rules of the hand-coded tables: what a wrong row is told."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.errors import Fault, FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import coded
from underbalance.tables import check_frame, read_table

LEGAL = coded.legal_constraints()


@pytest.fixture
def coding() -> pd.DataFrame:
    """Both codings of Japan and Croatia, as shipped."""
    rows = read_table(RAW_FOLDER / "legal_constraints.csv", LEGAL)
    return rows[rows["iso3"].isin(["JPN", "HRV"])].reset_index(drop=True)


def row_of(coding: pd.DataFrame, iso3: str, item: str, coder: str, start: str) -> int:
    same = (coding["iso3"] == iso3) & (coding["item"] == item)
    found = coding.index[same & (coding["coder"] == coder) & (coding["start"] == start)]
    assert len(found) == 1
    return int(found[0])


def faults(frame: pd.DataFrame, schema=LEGAL) -> list[Fault]:
    with pytest.raises(FaultsError) as error:
        check_frame(frame, schema, "coded.csv")
    assert all(fault.allowed and fault.mend for fault in error.value.faults)
    return list(error.value.faults)


@pytest.mark.parametrize(
    ("now", "rule"),
    [
        (
            "1998-12-19",
            "start must be the day after the period before it: there is a gap between the two",
        ),
        ("1998-12-01", "start must not lie in a period before it: the two overlap"),
    ],
)
def test_gap_and_overlap_between_two_periods_are_told_apart_at_the_later_one(coding, now, rule):
    place = row_of(coding, "JPN", "defence_spending_ceiling", "b", "1998-12-18")
    coding.loc[place, "start"] = now
    (fault,) = faults(coding)
    assert fault.where == f"line {place + 2} (JPN defence_spending_ceiling b {now})"
    assert fault.rule == rule
    assert fault.value == now


def test_coding_that_begins_after_1990_is_told(coding):
    place = row_of(coding, "JPN", "fiscal_rule", "a", "1990-01-01")
    coding.loc[place, "start"] = "1991-01-01"
    (fault,) = faults(coding)
    assert fault.rule == "start must be the first day of the coding in the first period"
    assert "1990-01-01, or a day in the year of independence" in fault.allowed


@pytest.mark.parametrize(
    ("start", "sound"),
    [
        ("1991-06-25", True),
        ("1991-10-08", True),
        ("1991-06-24", False),
        ("1992-01-01", False),
        ("1990-01-01", True),
    ],
)
def test_coding_of_a_later_state_begins_in_its_first_year(coding, start, sound):
    """Croatia: declared on 25 June 1991, in effect on 8 October."""
    coding.loc[row_of(coding, "HRV", "force_limits", "a", "1991-10-08"), "start"] = start
    if sound:
        check_frame(coding, LEGAL, "coded.csv")
    else:
        assert [fault.value for fault in faults(coding)] == [start]


def test_coding_that_ends_before_2025_is_told(coding):
    place = row_of(coding, "JPN", "fiscal_rule", "b", "1990-01-01")
    coding.loc[place, "end"] = "2024-12-31"
    (fault,) = faults(coding)
    assert (fault.rule, fault.value) == (
        "end must be 2025-12-31 in the last period",
        "2024-12-31",
    )


@pytest.mark.parametrize(
    ("item", "value", "sound"),
    [
        ("defence_spending_ceiling", 2, False),
        ("fiscal_rule", 2, True),
        ("fiscal_rule", 3, False),
        ("fiscal_rule", pd.NA, True),
    ],
)
def test_only_the_codes_of_the_item_are_allowed(coding, item, value, sound):
    coding.loc[row_of(coding, "JPN", item, "b", "1990-01-01"), "value"] = value
    if sound:
        check_frame(coding, LEGAL, "coded.csv")
    else:
        assert str(value) in {fault.value for fault in faults(coding)}


def test_unknown_confidence_item_and_coder_are_told(coding):
    coding.loc[0, "confidence"] = "sure"
    assert [fault.value for fault in faults(coding)] == ["sure"]
    coding.loc[0, ["confidence", "coder"]] = ["low", "c"]
    assert "c" in {fault.value for fault in faults(coding)}


def test_item_that_only_one_coder_has_is_told(coding):
    one = (coding["item"] == "fiscal_rule") & (coding["coder"] == "b") & (coding["iso3"] == "JPN")
    (fault,) = faults(coding[~one].reset_index(drop=True))
    assert fault.rule == "coder must code every item of an ally, and fiscal_rule is missing"
    assert fault.value == "b"
    assert "JPN" in fault.where


def test_coder_that_is_missing_is_one_fault_for_each_ally(coding):
    one = (coding["coder"] == "b") & (coding["iso3"] == "JPN")
    (fault,) = faults(coding[~one].reset_index(drop=True))
    assert fault.rule == "coder b is missing: an ally must be coded by both"
    assert "JPN" in fault.where
    told = faults(coding[coding["coder"] == "a"].reset_index(drop=True))
    assert len(told) == coding["iso3"].nunique()


def test_row_without_basis_or_source_is_told(coding):
    coding.loc[0, ["basis", "source"]] = ["", " "]
    assert [fault.rule for fault in faults(coding)] == [
        "basis: must not be empty",
        "source: must not be empty",
    ]


# --- events and claims -------------------------------------------------------------------

EVENT = {
    "iso3": "JPN",
    "date": "2003-12-19",
    "date_precision": "day",
    "programme": "SM-3/Aegis and PAC-3",
    "stage": "decision",
    "direction": 1,
    "partner": "USA",
    "head_of_government": "Koizumi Junichiro",
    "obstacle": "none",
    "obstacle_basis": "",
    "summary": "Cabinet decides.",
    "source": "Chief Cabinet Secretary statement",
    "in_seed": True,
    "confidence": "high",
}


def event(**changed: object) -> pd.DataFrame:
    return pd.DataFrame([EVENT | changed])


@pytest.mark.parametrize(
    ("date", "precision"), [("2003", "year"), ("2003-12", "month"), ("2003-12-19", "day")]
)
def test_date_as_precise_as_it_says_passes_and_others_do_not(date, precision):
    schema = coded.missile_defence_events()
    check_frame(event(date=date, date_precision=precision), schema, "events")
    for other in {"year", "month", "day"} - {precision}:
        (fault,) = faults(event(date=date, date_precision=other), schema)
        assert fault.rule == "date must be as precise as date_precision says"


@pytest.mark.parametrize(
    ("date", "precision"),
    [("2003-13", "month"), ("2003-02-30", "day"), ("1982", "year"), ("2026", "year")],
)
def test_date_that_does_not_exist_or_is_outside_the_years_of_the_coding_is_told(date, precision):
    told = faults(event(date=date, date_precision=precision), coded.missile_defence_events())
    assert [fault.value for fault in told] == [date]


@pytest.mark.parametrize(
    ("obstacle", "sound"),
    [
        ("political", True),
        ("political+economic", True),
        ("economic+external", True),
        ("unknown", True),
        ("political+political", False),
        ("none+legal", False),
        ("politics", False),
        ("political,legal", False),
        ("", False),
    ],
)
def test_obstacles_are_known_codes_joined_by_plus(obstacle, sound):
    schema = coded.missile_defence_events()
    if sound:
        check_frame(event(obstacle=obstacle), schema, "events")
    else:
        assert [fault.value for fault in faults(event(obstacle=obstacle), schema)] == [obstacle]


@pytest.mark.parametrize(
    ("obstacle", "strength", "predicted"),
    [
        ("political", "major", "inconsistent"),
        ("economic", "major", "slow"),
        ("economic+legal", "major", "slow"),
        ("political+legal", "major", "failing"),
        ("political+legal", "minor", "effective"),
        ("legal", "none", "effective"),
    ],
)
def test_predicted_type_is_that_of_table_1(obstacle, strength, predicted):
    assert coded.predicted_type(obstacle, strength) == predicted
    claims = read_table(RAW_FOLDER / "seed_claims.csv", coded.seed_claims()).head(1)
    claims = claims.assign(obstacle=obstacle, strength=strength, predicted_type=predicted)
    check_frame(claims, coded.seed_claims(), "claims")
    wrong = claims.assign(predicted_type="slow" if predicted != "slow" else "failing")
    assert [fault.rule for fault in faults(wrong, coded.seed_claims())] == [
        "predicted_type must follow from obstacle and strength"
    ]
