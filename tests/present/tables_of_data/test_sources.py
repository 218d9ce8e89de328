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
            {"table": "us_troops", "source": "us_troop_deployments", "allies": 39,
             "first_year": 1985, "last_year": 2025, "observed": 1500, "missing": 5, "outside": 495},
            {"table": "leaders", "source": "reign", "allies": 0, "first_year": None,
             "last_year": None, "observed": 0, "missing": 0, "outside": 10},
        ]
    )  # fmt: skip
    troops, leaders = coverage_table(rows, read_sources()).body
    assert troops[0] == "US troops: US overseas troop deployments (troopdata)"
    assert troops[1:] == ("39", "1985–2025", "1,500", "5", "495", "75 %")
    assert leaders[0] == "Leaders: Rulers, Elections, and Irregular Governance (REIGN)"
    assert leaders[1:] == ("0", "", "0", "0", "10", "0 %")


def test_every_source_of_the_registry_has_one_row_with_its_tables_and_terms():
    registry = read_sources()
    table = sources_table(registry)
    assert len(table.rows) == registry["source"].nunique()
    assert all(len(row) == len(table.header) for row in table.rows)
    for row, (_, own) in zip(table.rows, registry.groupby("source", sort=False), strict=True):
        assert len(row[1].split("; ")) == len(own)
        assert all(str(year) in row[3] for year in own["published"])
        assert all(licence in row[5] for licence in own["licence"])
    assert sum(table.widths) == pytest.approx(1)


def test_references_read_as_such_and_a_version_stands_once():
    for row in sources_table(read_sources()).rows:
        assert not set("{}_") & set("".join((row[0], *row[2:5])))
        assert row[4] not in row[0]
    rows = {row[0]: row for row in sources_table(read_sources()).rows}
    assert "Jacob and Bramwell" not in rows["WhoGov"][3]
    assert rows["WhoGov"][3].startswith("Nyrup, Jacob, and Stuart Bramwell. 2020.")
