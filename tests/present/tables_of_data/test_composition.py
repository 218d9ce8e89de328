"""The table of allies says how many rows each has, or why none."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.present.allies_by_model import allies_by_model
from underbalance.specifications import Specification

COUNTS = pd.DataFrame(
    [
        {"spec_id": "e", "iso3": "JPN", "rows": 1200, "complete": 1150, "used": 1100},
        {"spec_id": "e", "iso3": "DEU", "rows": 20, "complete": 9, "used": 0},
        {"spec_id": "d", "iso3": "JPN", "rows": 8, "complete": 0, "used": 0, "events": 0},
        {"spec_id": "d", "iso3": "ALB", "rows": 8, "complete": 8, "used": 8, "events": 3},
    ]
)


def test_cells_are_rows_and_events_or_the_reason(
    panel_spec: Specification, grouped_spec: Specification
) -> None:
    names = {"JPN": "Japan", "DEU": "Germany", "ALB": "Albania"}
    table = allies_by_model(COUNTS, {"e": panel_spec, "d": grouped_spec}, names)
    assert table.header == ("Ally", "Effort", "Delivery")
    assert table.rows == (
        ("Albania", "", "8 (3)"),
        ("Germany", "left out", ""),
        ("Japan", "1,100", "unknown"),
    )
    assert sum(table.widths) == pytest.approx(1)
