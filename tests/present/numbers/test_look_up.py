"""Numbers are found in the tables of a run."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.number import Source

TABLE = """\
spec,ally,estimate,p,scale,agrees,role
a,JPN,0.5,0.04,pace,yes,counts
a,KOR,-0.25,0.2,pace,no,descriptive: fewer than 30 events
b,JPN,inf,,failure,yes,counts
c,,,,,,
"""


@pytest.fixture
def results(tmp_path: Path) -> Results:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return Results(tmp_path, {"draws": 9999, "reference": {"first_year": 1990}})


def cell(results: Results, transform: str, column: str = "estimate", ally: str = "KOR") -> object:
    return results.value(Source("t.csv", {"spec": "a", "ally": ally}, column, transform))


def rows(results: Results, transform: str, column: str = "estimate", **row: object) -> object:
    return results.value(Source("t.csv", row, column, transform))


@pytest.mark.parametrize(
    ("transform", "column", "value"),
    [
        ("identity", "estimate", -0.25),
        ("exp", "estimate", math.exp(-0.25)),
        ("size", "estimate", 0.25),
        ("percent", "estimate", -25.0),
        ("percent change", "estimate", 100 * (math.exp(-0.25) - 1)),
        ("size of percent change", "estimate", 100 * (1 - math.exp(-0.25))),
        ("direction", "estimate", "slower"),
        ("agreement", "agrees", "against the prediction"),
        ("significance at: 0.05", "p", "not significant"),
        ("before colon", "role", "descriptive"),
    ],
)
def test_a_cell_is_transformed(
    results: Results, transform: str, column: str, value: float | str
) -> None:
    found = cell(results, transform, column)
    assert found == (pytest.approx(value, rel=1e-14) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    ("transform", "column", "value"),
    [
        ("rows", "spec", 4),
        ("half of rows", "spec", 2),
        ("distinct", "ally", 2),
        ("lowest", "estimate", -0.25),
        ("highest", "p", 0.2),
        ("at lowest: estimate", "ally", "KOR"),
        ("at lowest: estimate", "p", 0.2),
        ("at highest: estimate", "p", None),
        ("percent that are: yes", "agrees", 50.0),
    ],
)
def test_rows_are_summarised(
    results: Results, transform: str, column: str, value: float | str | None
) -> None:
    assert rows(results, transform, column) == value


def test_half_of_an_odd_number_of_rows_is_rounded_up(results: Results) -> None:
    assert rows(results, "half of rows", spec=["a", "b"]) == 2


def test_rows_are_chosen_by_what_they_are_not_and_by_a_limit(results: Results) -> None:
    assert rows(results, "rows", estimate={"not": ""}) == 3
    assert rows(results, "rows", p={"below": 0.05}) == 1


def test_an_empty_cell_and_a_missing_row_are_no_number(results: Results) -> None:
    assert rows(results, "identity", spec="c") is None
    assert rows(results, "exp", spec="no such") is None
    assert rows(results, "lowest", "p", spec="c") is None


def test_several_rows_where_one_is_meant_are_an_error(results: Results) -> None:
    with pytest.raises(LookupError, match=r"2 rows of t\.csv match \{'spec': 'a'\}"):
        rows(results, "identity", spec="a")


def test_what_all_rows_share_must_be_one(results: Results) -> None:
    assert rows(results, "same", "scale", spec="a") == "pace"
    with pytest.raises(LookupError, match="counts, descriptive"):
        rows(results, "same", "role", spec="a")


def test_a_ratio_too_large_for_a_number_has_no_end(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("ci_high\n800.0\n", encoding="utf-8")
    for transform in ("exp", "percent change"):
        assert Results(tmp_path).value(Source("t.csv", {}, "ci_high", transform)) == math.inf


def test_zero_has_no_direction(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("estimate,scale\n0.0,pace\n", encoding="utf-8")
    assert Results(tmp_path).value(Source("t.csv", {}, "estimate", "direction")) == "no different"


def test_settings_are_those_that_the_manifest_will_have(results: Results) -> None:
    manifest = "results/manifest.json"
    assert results.value(Source(manifest, {}, "config.draws")) == 9999
    assert results.value(Source(manifest, {}, "config.reference.first_year")) == 1990
