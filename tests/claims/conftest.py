"""Made-up records."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.claims.tenures import with_possible_days

NO_SPELLS = pd.DataFrame(columns=["iso3", "leader", "start", "end"], dtype="str")

EVENT = {
    "iso3": "JPN",
    "date": "2000",
    "programme": "A",
    "stage": "study",
    "direction": 1,
    "partner": "USA",
    "head_of_government": "",
    "obstacle": "none",
    "obstacle_basis": "",
    "summary": "",
    "in_seed": False,
}


@pytest.fixture
def events():
    """Return a maker of events from what differs."""

    def make(*rows: dict) -> pd.DataFrame:
        table = pd.DataFrame([EVENT | row for row in rows], columns=list(EVENT))
        table = table.astype({"date": "str", "direction": "Int64", "in_seed": "boolean"})
        return with_possible_days(table, NO_SPELLS)

    return make
