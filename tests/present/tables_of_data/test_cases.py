"""Tables of the missile-defence cases."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from underbalance.present.tables_of_data.cases import cases_table, stages_table, types_table

NAMES = {"JPN": "Japan", "KOR": "South Korea"}
ORDER = ["KOR", "JPN", "TWN"]


def stage(iso3: str, line: str, name: str, status: str, **more: Any) -> dict[str, Any]:
    empty = {"date": "", "years": None, "years_since_commitment": None}
    return {"iso3": iso3, "line": line, "stage": name, "status": status} | empty | more


@pytest.fixture
def stages() -> pd.DataFrame:
    reached = {"date": "2004-05", "years": 1.109, "years_since_commitment": 3.0}
    late = {"date": "2010", "years": 2.0, "years_since_commitment": 8.0}
    return pd.DataFrame(
        [
            stage("JPN", "PAC-3", "commitment", "reached", date="2003-05-23"),
            stage("JPN", "PAC-3", "contract", "reached", **reached),
            stage("JPN", "PAC-3", "delivery", "not_recorded"),
            stage("JPN", "PAC-3", "operational", "censored", years=9.0),
            stage("JPN", "SM-3", "contract", "reached", **late),
            stage("JPN", "SM-3", "delivery", "earlier"),
            stage("KOR", "THAAD", "contract", "censored", years=4.0),
        ]
    )


def test_medians_are_of_programmes_that_came_so_far(stages):
    totals = {"camp": "all", "events": 61, "back": 11, "back_per_year": 0.2558,
              "changes_per_year": 0.3256}  # fmt: skip
    reversals = pd.DataFrame(
        [
            {"iso3": "JPN"} | totals,
            {"iso3": "KOR"} | totals,
            {"iso3": "JPN"} | totals | {"camp": "leftist", "events": 1},
        ]
    )
    table = cases_table(stages, reversals, ORDER, NAMES)
    assert table.body == (
        ("South Korea", "1", "0", "–", "0", "–", "61", "11", "0.26", "0.33"),
        ("Japan", "2", "2", "5.5 (2)", "0", "–", "61", "11", "0.26", "0.33"),
    )


def test_stages_are_years_with_waits_or_words(stages):
    table = stages_table(stages, ["JPN"], NAMES)
    assert table.body == (
        ("Japan",),
        ("PAC-3", "2003", "", "", "2004 (1.1)", "–", "none yet"),
        ("SM-3", "", "", "", "2010 (2.0)", "earlier", ""),
    )


def test_types_are_predicted_above_observed_at_the_quantile():
    key = {"iso3": "JPN", "decade_start": 1990}
    predicted = pd.DataFrame(
        [
            key | {"quantile": 0.5, "predicted_type": "failing"},
            key | {"quantile": 0.75, "predicted_type": "slow"},
        ]
    )
    observed = pd.DataFrame(
        [
            key | {"observed_type": "slow_inconsistent"},
            key | {"decade_start": 2000, "observed_type": ""},
        ]
    )
    table = types_table(predicted, observed, ORDER, NAMES, 0.5)
    assert table.header == ("", "", "1990s", "2000s")
    assert table.body == (
        ("Japan", "predicted", "failing", ""),
        ("", "observed", "slow and inconsistent", "–"),
    )
