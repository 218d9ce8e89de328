"""The tidy result: one p-value for stars, text and figure, and the same bytes every time."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import EstimationError, FaultsError
from underbalance.models import tidy
from underbalance.models.tidy import TIDY_COLUMNS, Fit

TERMS = ["political", "economic"]
LABELS: dict[str, Any] = {
    "spec_id": "h2_effort",
    "outcome": "effort",
    "hypothesis": "H2",
    "sample": "core",
    "data_sha": "0123abcd",
}


def covariance(values: list[list[float]], terms: list[str] = TERMS) -> pd.DataFrame:
    return pd.DataFrame(values, index=terms, columns=terms)


def fit(**changes: Any) -> Fit:
    parts: dict[str, Any] = {
        "estimates": pd.Series([0.1, -1 / 3], index=TERMS),
        "covariance": covariance([[0.0025, 0.001], [0.001, 0.04]]),
        "se_type": "clustered by iso3 (CRV1)",
        "df": 29.0,
        "p_method": "t(29)",
        "n": 700,
        "n_clusters": 30,
    }
    return Fit(**(parts | changes))


def rows(**changes: Any) -> pd.DataFrame:
    return tidy.tidy(fit(**changes), **LABELS)


def test_columns_are_the_declared_ones_in_order() -> None:
    assert list(rows().columns) == TIDY_COLUMNS
    assert TIDY_COLUMNS[:4] == ["spec_id", "outcome", "hypothesis", "term"]
    assert TIDY_COLUMNS[-3:] == ["sample", "data_sha", "note"]
    assert len(TIDY_COLUMNS) == 20


def test_one_row_per_term_with_root_of_the_variance() -> None:
    result = rows()
    assert list(result["term"]) == TERMS
    np.testing.assert_allclose(result["std_error"], [0.05, 0.2], rtol=1e-15)
    np.testing.assert_allclose(result["statistic"], [2.0, -5 / 3], rtol=1e-15)


def test_p_value_is_twice_the_area_under_the_t_density_beyond_the_statistic() -> None:
    # By numerical integration of the density, independent of the function used.
    df = 29
    constant = math.gamma((df + 1) / 2) / (math.sqrt(df * math.pi) * math.gamma(df / 2))
    grid = np.linspace(2.0, 400.0, 4_000_001)
    tail = np.trapezoid(constant * (1 + grid**2 / df) ** (-(df + 1) / 2), grid)
    assert rows()["p_value"].iloc[0] == pytest.approx(2 * tail, rel=1e-6)


def test_fewer_degrees_of_freedom_give_larger_p_and_wider_intervals() -> None:
    many, few = rows(df=math.inf), rows(df=4.0)
    assert (few["p_value"] > many["p_value"] * 1.2).all()
    assert (few["ci_low"] < many["ci_low"]).all()
    assert (few["ci_high"] > many["ci_high"]).all()
    # The normal limit: 2 · (1 − Φ(2)).
    assert many["p_value"].iloc[0] == pytest.approx(math.erfc(2 / math.sqrt(2)), rel=1e-12)


def test_interval_excludes_zero_exactly_when_p_is_below_one_minus_level() -> None:
    for level in np.linspace(0.5, 0.999, 60):
        result = tidy.tidy(fit(), **LABELS, level=float(level))
        excludes = (result["ci_low"] > 0) | (result["ci_high"] < 0)
        assert list(excludes) == list(result["p_value"] < 1 - level)


def test_interval_at_another_level_is_said_in_the_note() -> None:
    assert tidy.tidy(fit(), **LABELS, level=0.9)["note"].iloc[0] == "interval at 0.9"
    assert rows()["note"].iloc[0] == ""


def test_notes_of_caller_and_fit_are_joined() -> None:
    made = tidy.tidy(fit(notes=("incomplete rows left out: 3",)), **LABELS, note="primary")
    assert made["note"].iloc[0] == "primary; incomplete rows left out: 3"


def test_withheld_fit_has_estimates_but_neither_p_nor_interval() -> None:
    reason = tidy.too_few_clusters(5, 10)
    result = rows(withheld=reason)
    assert reason == "too few clusters: 5 < 10"
    assert result[["p_value", "ci_low", "ci_high"]].isna().all(axis=None)
    assert result[["estimate", "std_error", "statistic"]].notna().all(axis=None)
    assert (result["note"] == "too few clusters: 5 < 10").all()


def test_ten_of_ten_clusters_are_enough() -> None:
    assert tidy.too_few_clusters(10, 10) == ""
    assert tidy.too_few_clusters(9, 10) != ""


@pytest.mark.parametrize("withheld", ["", "too few clusters: 5 < 10"])
def test_reading_what_was_written_gives_the_same_numbers(tmp_path: Path, withheld: str) -> None:
    # Many digits of many sizes: a parser that is off in the last place is found.
    rng = np.random.default_rng(1)
    terms = [f"x{i}" for i in range(200)]
    sizes = 10.0 ** rng.integers(-12, 12, size=200)
    result = rows(
        estimates=pd.Series(rng.normal(size=200) * sizes, index=terms),
        covariance=covariance(np.diag(sizes**2 * rng.random(200)).tolist(), terms),
        withheld=withheld,
    )
    tidy.write(result, tmp_path / "result.csv")
    pd.testing.assert_frame_equal(tidy.read(tmp_path / "result.csv"), result, check_exact=True)


def test_writing_twice_gives_the_same_bytes_and_every_digit(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    tidy.write(rows(), first)
    tidy.write(tidy.read(first), second)
    assert first.read_bytes() == second.read_bytes()
    assert repr(-1 / 3).encode() in first.read_bytes()
    assert first.read_text(encoding="utf-8").splitlines()[0] == ",".join(TIDY_COLUMNS)
    assert not list(tmp_path.glob("*.part"))


def test_text_that_looks_missing_stays_text(tmp_path: Path) -> None:
    result = rows().assign(sample="NA", hypothesis="")
    tidy.write(result, tmp_path / "result.csv")
    read = tidy.read(tmp_path / "result.csv")
    assert list(read["sample"]) == ["NA", "NA"]
    assert list(read["hypothesis"]) == ["", ""]


def test_invalid_rows_leave_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    tidy.write(rows(), path)
    before = path.read_bytes()
    with pytest.raises(FaultsError):
        tidy.write(rows().assign(p_value=1.5), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("p_value", 1.0000001, "p_value must be 0 to 1"),
        ("p_value", -0.1, "p_value must be 0 to 1"),
        ("p_value", math.nan, "p_value must be 0 to 1"),
        ("std_error", 0.0, "std_error must be above 0"),
        ("std_error", math.nan, "std_error must be above 0"),
        ("estimate", math.inf, "estimate must be finite"),
        ("statistic", math.nan, "statistic must be finite"),
        ("df", 0.0, "df must be above 0"),
        ("df", math.nan, "df must be above 0"),
        ("ci_low", 0.5, "ci_low must be ≤ estimate"),
        ("ci_low", math.nan, "ci_low must be ≤ estimate"),
        ("ci_high", -0.5, "ci_high must be ≥ estimate"),
        ("n", 0, "n must be 1 or more"),
        ("n_events", 701, "n_events must be 0 to n"),
        ("n_clusters", 0, "n_clusters must be 1 to n"),
        ("term", "political", "term must be once per spec_id"),
        ("sample", "", "sample must be not empty"),
        ("se_type", None, "se_type must be not empty"),
        ("note", "too few clusters: 5 < 10", "p_value must be 0 to 1, but empty where note says"),
    ],
)
def test_every_broken_rule_is_named_with_its_row(column: str, value: Any, said: str) -> None:
    broken = rows()
    broken.loc[1, column] = value
    with pytest.raises(FaultsError) as caught:
        tidy.validate(broken, "result.csv")
    assert said in str(caught.value)
    assert f"spec_id h2_effort, term {broken['term'].iloc[1]}" in str(caught.value)
    assert "result.csv" in str(caught.value)


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(FaultsError) as caught:
        tidy.validate(rows().assign(p_value=2.0, df=0.0))
    assert len(caught.value.faults) == 4


def test_same_term_in_two_specifications_is_no_repeat() -> None:
    both = pd.concat([rows(), rows().assign(spec_id="h2_other")], ignore_index=True)
    assert len(tidy.validate(both)) == 4


def test_columns_in_another_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    rows()[TIDY_COLUMNS[::-1]].to_csv(path, index=False)
    with pytest.raises(FaultsError, match="columns must be"):
        tidy.read(path)


def test_text_in_a_number_column_is_a_fault_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "result.csv"
    tidy.write(rows(), path)
    path.write_text(path.read_text(encoding="utf-8").replace("0.1,", "abc,"), encoding="utf-8")
    with pytest.raises(FaultsError, match="abc"):
        tidy.read(path)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"estimates": pd.Series([0.1, math.nan], index=TERMS)}, "'economic'"),
        ({"covariance": covariance([[0.0, 0.0], [0.0, 0.04]])}, "'political'"),
        ({"covariance": covariance([[0.01, math.nan], [math.nan, 0.04]])}, "not finite"),
        ({"covariance": covariance([[0.01, 0], [0, 0.04]], TERMS[::-1])}, "different terms"),
        (
            {
                "estimates": pd.Series([0.1, 0.2], index=["x", "x"]),
                "covariance": covariance([[0.01, 0], [0, 0.04]], ["x", "x"]),
            },
            "occurs twice",
        ),
    ],
)
def test_fit_refuses_numbers_that_are_no_result(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(EstimationError, match=said):
        fit(**changes)


# --- specifications that were not estimated ------------------------------------------------


@pytest.fixture
def none() -> pd.DataFrame:
    named = {"spec_id": "loss", "outcome": "lost", "sample": "core", "data_sha": "0"}
    return tidy.not_estimated("no event", **named)


def test_specification_that_was_not_estimated_is_one_row_with_the_reason(
    none: pd.DataFrame, tmp_path: Path
) -> None:
    (row,) = none.to_dict("records")
    assert (row["spec_id"], row["note"]) == ("loss", "not estimated: no event")
    assert none[[*tidy.COUNTS, *tidy.NUMBERS]].isna().all(axis=None)
    assert not tidy.is_estimated(none).any()
    tidy.write(none, tmp_path / "t.csv")
    pd.testing.assert_frame_equal(tidy.read(tmp_path / "t.csv"), none)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"estimate": 1.0}, "estimate must be empty"),
        ({"n": 0}, "n must be 1 or more, or empty"),
        ({"n": 5, "n_events": 6}, "n_events must be 0 to n"),
        ({"n_clusters": 5}, "n_clusters must be empty"),
        ({"term": "x"}, "term must be empty"),
        ({"sample": ""}, "sample must be not empty"),
        ({"note": "no event"}, "estimate must be finite"),
    ],
)
def test_row_without_an_estimate_has_no_number_and_no_term(
    none: pd.DataFrame, change: dict[str, Any], told: str
) -> None:
    with pytest.raises(FaultsError, match=told):
        tidy.validate(none.assign(**change).astype(none.dtypes))


def test_row_without_an_estimate_may_count_the_rows_that_were_there() -> None:
    named = {"spec_id": "loss", "outcome": "lost", "sample": "core", "data_sha": "0"}
    (row,) = tidy.not_estimated("no event", **named, n=40, n_events=0).to_dict("records")
    assert (row["n"], row["n_events"], row["n_clusters"]) == (40, 0, None)


def test_specification_that_was_not_estimated_has_no_other_row(none: pd.DataFrame) -> None:
    with pytest.raises(FaultsError, match="in one row"):
        tidy.validate(pd.concat([none, none]))
