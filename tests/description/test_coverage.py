"""Ally-years of each source by status."""

from __future__ import annotations

import pandas as pd
from underbalance.description.coverage import coverage_by_source
from underbalance.schemas import description as schemas
from underbalance.tables import check_frame

COVERAGE = pd.DataFrame(
    [
        ("JPN", 1990, "milex", "sipri", "observed"),
        ("JPN", 1991, "milex", "sipri", "observed"),
        ("KOR", 1990, "milex", "sipri", "missing"),
        ("KOR", 1991, "milex", "sipri", "outside"),
        ("KOR", 1990, "leaders", "reign", "outside"),
        ("KOR", 1990, "delivery", "outcome", "no_case"),
    ],
    columns=["iso3", "year", "table", "source", "status"],
)
SOURCES = pd.DataFrame({"table": ["leaders", "milex"], "source": ["reign", "sipri"]})


def test_a_row_for_each_source_of_the_registry_in_its_order():
    found = coverage_by_source(COVERAGE, SOURCES)
    check_frame(found, schemas.coverage(), "coverage")
    assert found["table"].tolist() == ["leaders", "milex"]


def test_counts_and_years_are_of_the_status():
    row = coverage_by_source(COVERAGE, SOURCES).iloc[1]
    assert (row["observed"], row["missing"], row["outside"]) == (2, 1, 1)
    assert (row["allies"], row["first_year"], row["last_year"]) == (1, 1990, 1991)


def test_a_source_without_a_fact_has_no_years():
    row = coverage_by_source(COVERAGE, SOURCES).iloc[0]
    assert (row["allies"], row["observed"], row["outside"]) == (0, 0, 1)
    assert pd.isna(row["first_year"])


def test_a_source_of_which_an_extension_has_rows_is_counted_once():
    twice = pd.concat([SOURCES, SOURCES.tail(1)], ignore_index=True)
    pd.testing.assert_frame_equal(
        coverage_by_source(COVERAGE, twice), coverage_by_source(COVERAGE, SOURCES)
    )
