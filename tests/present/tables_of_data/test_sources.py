"""Coverage and terms of the sources."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.present.tables_of_data.coverage_table import coverage_table
from underbalance.present.tables_of_data.sources_table import sources_table
from underbalance.registry import read_sources


def test_coverage_shows_counts_and_the_share_known():
    rows = pd.DataFrame(
        [
            {"table": "us_troops", "source": "allen", "allies": 39, "first_year": 1985,
             "last_year": 2025, "observed": 1500, "missing": 5, "outside": 495},
            {"table": "leaders", "source": "reign", "allies": 0, "first_year": None,
             "last_year": None, "observed": 0, "missing": 0, "outside": 10},
        ]
    )  # fmt: skip
    assert coverage_table(rows).body == (
        ("us troops: allen", "39", "1985–2025", "1,500", "5", "495", "75 %"),
        ("leaders: reign", "0", "", "0", "0", "10", "0 %"),
    )


def test_every_source_of_the_registry_has_one_row_with_its_tables_and_terms():
    registry = read_sources()
    table = sources_table(registry)
    assert len(table.rows) == registry["source"].nunique()
    assert all(len(row) == len(table.header) for row in table.rows)
    for row, (_, own) in zip(table.rows, registry.groupby("source", sort=False), strict=True):
        assert row[1] == ", ".join(own["table"].str.replace("_", " "))
        assert all(licence in row[5] for licence in own["licence"])
    assert sum(table.widths) == pytest.approx(1)
