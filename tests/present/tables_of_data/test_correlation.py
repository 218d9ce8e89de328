"""Coefficients stand below and above the diagonal where they belong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Coding
from underbalance.description.correlations import correlate
from underbalance.present.table import AnyTable
from underbalance.present.tables_of_data.correlation import correlation_tables
from underbalance.present.wording import decimal

CODEBOOK = pd.DataFrame(
    [("ally_year", name, name.capitalize(), "z") for name in ("political", "debt", "turnover")],
    columns=["table", "name", "label", "unit"],
)
CODINGS = {
    name: Coding.model_validate(
        {
            "label": name, "concept": name, "transform": "z", "aggregate": "mean",
            "min_components": 1, "components": [{"variable": part, "sign": 1} for part in parts],
        }
    )
    for name, parts in {"political": ["turnover", "debt"], "threat": ["gpr"]}.items()
}  # fmt: skip
PANELS = {"political": ["political", "turnover", "debt"], "rivals": ["threat", "gpr", "log_gdp"]}


@pytest.fixture
def rows() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    names = [name for own in PANELS.values() for name in own]
    frame = pd.DataFrame(draw.normal(size=(30, len(names))), columns=names)
    return correlate(frame.assign(iso3=np.repeat(["DEU", "JPN", "KOR"], 10)), names)


@pytest.fixture
def tables(rows) -> list[AnyTable]:
    return correlation_tables(rows, PANELS, CODINGS, CODEBOOK, "Treaty allies")


def coefficient(rows: pd.DataFrame, level: str, first: str, second: str, name: str) -> str:
    own = rows[(rows["level"] == level) & (rows["first"] == first) & (rows["second"] == second)]
    return decimal(own[name].iloc[0], 2)


def test_indices_and_rivals_without_their_parts_are_in_one_table(tables):
    assert [row[0] for row in tables[0].body if len(row) > 1][:3] == [
        "(1) Political", "(2) threat", "(3) log_gdp",
    ]  # fmt: skip
    assert tables[0].header == ("", "(1)", "(2)", "(3)")


def test_first_panel_is_pearson_below_and_spearman_above(rows, tables):
    own = [row for row in tables[0].body if len(row) > 1]
    assert own[1][1] == coefficient(rows, "overall", "political", "threat", "pearson")
    assert own[0][2] == coefficient(rows, "overall", "political", "threat", "spearman")
    assert [own[k][k + 1] for k in range(3)] == ["1"] * 3


def test_second_panel_is_within_below_and_between_above(rows, tables):
    own = [row for row in tables[0].body if len(row) > 1]
    assert own[4][1] == coefficient(rows, "within", "political", "threat", "pearson")
    assert own[3][2] == coefficient(rows, "between", "political", "threat", "pearson")


def test_components_have_a_table_of_their_own(rows, tables):
    table = tables[1]
    assert [row[0] for row in table.rows] == ["(1) Turnover", "(2) Debt"]
    assert table.rows[1][1] == coefficient(rows, "overall", "turnover", "debt", "pearson")
    assert table.rows[0][2] == coefficient(rows, "overall", "turnover", "debt", "spearman")
    assert sum(table.widths) == pytest.approx(1)


def test_n_is_told_once_where_it_is_the_same(tables):
    assert "Of the ally-years in which both variables are known: 30." in tables[0].notes
