"""The table of allies says how many rows or cases each has, or why none."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.present.table import WideTable
from underbalance.present.tables_of_data.composition import composition_table
from underbalance.specifications import Specification

COUNTS = pd.DataFrame(
    [
        {"spec_id": "e", "iso3": "JPN", "rows": 1200, "complete": 1150, "used": 1100},
        {"spec_id": "e", "iso3": "DEU", "rows": 20, "complete": 9, "used": 0},
        {"spec_id": "d", "iso3": "JPN", "rows": 8, "complete": 0, "used": 0},
        {"spec_id": "d", "iso3": "ALB", "rows": 8, "complete": 8, "used": 8, "cases": 4},
    ]
).assign(events=[None, None, 0, 3])
MEMBERS = pd.DataFrame(
    [
        {"iso3": "JPN", "years": "1985–2025", "ally_years": 41},
        {"iso3": "NZL", "years": "1985–1986", "ally_years": 2},
    ]
)
NAMES = {"JPN": "Japan", "DEU": "Germany", "ALB": "Albania", "NZL": "New Zealand"}


@pytest.fixture
def table(panel_spec: Specification, grouped_spec: Specification) -> WideTable:
    specs = {"e": panel_spec, "d": grouped_spec}
    return composition_table(MEMBERS, COUNTS, specs, NAMES, "Treaty allies")


def test_cells_are_ally_years_or_cases_with_events_or_the_reason(table):
    assert table.header == ("Ally", "In sample", "Ally-years", "Effort", "Delivery")
    assert table.rows[:-1] == (
        ("Albania", "", "", "", "4 (3)"),
        ("Germany", "", "", "left out", ""),
        ("Japan", "1985–2025", "41", "1,100", "unknown"),
        ("New Zealand", "1985–1986", "2", "", ""),
    )


def test_last_row_sums_up(table):
    assert table.rows[-1] == ("All", "2 allies", "43", "1,100", "4 (3)")


def test_widths_fill_the_table(table):
    assert sum(table.widths) == pytest.approx(1)
    assert len(table.widths) == len(table.header)


def test_only_marks_that_are_used_are_explained(panel_spec):
    used = COUNTS[COUNTS["used"] > 0]
    table = composition_table(MEMBERS, used.iloc[:1], {"e": panel_spec}, NAMES, "Treaty allies")
    assert not any("left out" in note or "unknown" in note for note in table.notes)
