"""Ministers, camps and parliaments, from made-up rows."""

from dataclasses import asdict

import pandas as pd
import pytest
from underbalance.explain.governments import (
    cabinet_retention,
    ideology_shift_3y,
    leader_ideology,
    military_dispersion,
    polyarchy,
)
from underbalance.explain.operations import recomputed


def camps(**of_year):
    return {
        "leader_ideology": [
            {"iso3": "JPN", "year": int(y[1:]), "hog_ideology": camp, "head_of_government": y}
            for y, camp in of_year.items()
        ]
    }


def test_every_change_of_camp_counts(made_up):
    tables = camps(y1997="rightist", y1998="leftist", y1999="leftist", y2000="rightist")
    facts = made_up([{"iso3": "JPN", "year": 2000, "ideology_shift_3y": 2}], tables)
    assert recomputed(ideology_shift_3y(facts, "JPN", 2000)) == 2


def test_unknown_camp_makes_the_changes_missing_and_is_named(made_up):
    tables = camps(y1997="rightist", y1998="no information", y1999="leftist", y2000="rightist")
    facts = made_up([{"iso3": "JPN", "year": 2000, "ideology_shift_3y": None}], tables)
    node = ideology_shift_3y(facts, "JPN", 2000)
    assert recomputed(node) is None
    assert node.note == "the camp is not known at the end of 1998"


def test_state_before_its_independence_has_no_camp(made_up):
    rows = [{"iso3": "CZE", "year": 1993, "ideology_shift_3y": None}]
    tables = {
        "leader_ideology": [
            {"iso3": "CZE", "year": y, "hog_ideology": "rightist", "head_of_government": "Klaus"}
            for y in range(1990, 1994)
        ]
    }
    node = ideology_shift_3y(made_up(rows, tables), "CZE", 1993)
    assert node.note == "the camp is not known at the end of 1990, 1991, 1992"


def test_what_is_no_camp_is_quoted(made_up):
    rows = [{"iso3": "JPN", "year": 2000, "leader_ideology": ""}]
    node = leader_ideology(made_up(rows, camps(y2000="none")), "JPN", 2000)
    assert node.value is None
    assert "'none'" in node.note


@pytest.mark.parametrize(("year", "expected"), [(1999, 1.5), (2000, 2.5)])
def test_parliament_elected_last_counts(made_up, year, expected):
    elections = [
        {"iso3": "JPN", "date": "1996-10-20", "military_sd": 1.5},
        {"iso3": "JPN", "date": "2000-12-31", "military_sd": 2.5},
    ]
    rows = [{"iso3": "JPN", "year": year, "military_dispersion": expected}]
    facts = made_up(rows, {"manifesto_positions": elections})
    assert recomputed(military_dispersion(facts, "JPN", year)) == expected


def test_value_that_was_taken_out_has_the_reason_of_the_ledger(made_up):
    entry = {"table": "manifesto_positions", "key": "JPN 2000 military_dispersion", "rule": "r"}
    ledger = pd.DataFrame([{**entry, "old": "1.5", "new": "", "reason": "the election is old"}])
    elections = [{"iso3": "JPN", "date": "1990-10-20", "military_sd": 1.5}]
    rows = [{"iso3": "JPN", "year": 2000, "military_dispersion": None}]
    facts = made_up(rows, {"manifesto_positions": elections}, ledger=ledger)
    node = military_dispersion(facts, "JPN", 2000)
    assert node.note == "the election is old"
    assert asdict(node.rows[0])["values"] == {"military_sd": 1.5}


def test_ministers_kept_are_those_of_the_source(made_up):
    row = {"iso3": "JPN", "year": 2000, "ministers": 19, "retention_ministers": 0.25}
    rows = [{"iso3": "JPN", "year": 2000, "cabinet_retention": 0.25}]
    node = cabinet_retention(made_up(rows, {"cabinet_retention": [row]}), "JPN", 2000)
    assert recomputed(node) == 0.25


def test_empty_cell_of_the_source_is_missing(made_up):
    institutions = [{"iso3": "JPN", "year": 2000, "polyarchy": None}]
    rows = [{"iso3": "JPN", "year": 2000, "polyarchy": None}]
    node = polyarchy(made_up(rows, {"institutions": institutions}), "JPN", 2000)
    assert node.note == "missing in institutions, which covers JPN in 2000"
