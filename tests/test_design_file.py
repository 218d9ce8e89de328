"""The command ``underbalance design``, on rows that are made up."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from underbalance import design_file
from underbalance.cli import main
from underbalance.config import read_groups
from underbalance.models.alone import Loaded
from underbalance.models.estimate import Plan
from underbalance.specifications import Specification

ALLIES = [f"A{i:02}" for i in range(12)]
YEARS = range(2000, 2012)
SPEC = {
    "title": "A model",
    "role": "beside",
    "years": [2001, 2011],
    "obstacles": ["political"],
    "rivals": ["threat"],
}
PANEL = {**SPEC, "outcome": "alignment", "estimator": "panel"}
GROUPED = {
    **SPEC,
    "outcome": "pledge",
    "estimator": "grouped",
    "categories": ["pledge"],
}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that writes the design of a specification; it returns what was said."""

    def command(specification: dict[str, object]) -> Result:
        spec = Specification.model_validate(specification)
        plan = Plan("core", read_groups()["core"], frozenset(ALLIES), 10, 0.95)
        monkeypatch.setattr(design_file, "load", lambda *_: Loaded(spec, tables(), plan))
        return CliRunner().invoke(main, ["design", "x", "--output", str(tmp_path / "rows.csv")])

    return command


def tables() -> dict[str, pd.DataFrame]:
    """Return ally_year, an outcome by ally and year, and pledges that are kept or not."""
    draw = np.random.default_rng(1)
    years = pd.MultiIndex.from_product([ALLIES, YEARS], names=["iso3", "year"]).to_frame(
        index=False
    )
    yearly = years.assign(is_ally=1, in_reference=1)
    yearly = yearly.assign(
        **{name: draw.normal(size=len(years)) for name in ("political", "threat")}
    )
    shift = years.assign(is_ally=1, alignment_shift=draw.normal(size=len(years)))
    shift.loc[shift["year"] == 2005, "alignment_shift"] = np.nan
    pledges = pd.MultiIndex.from_product([ALLIES, ["gdp", "equipment"]], names=["iso3", "pledge"])
    waited = draw.integers(3, 10, len(pledges))
    pledge = pledges.to_frame(index=False).assign(
        year=2001,
        is_ally=1,
        at_target_at_start=0,
        years_to_pledge=np.where(waited > 8, 9, waited),
        reached=waited < 9,
    )
    return {"ally_year": yearly, "alignment": shift, "pledge": pledge}


def columns(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "rows_codebook.csv", keep_default_na=False).set_index("name")


def test_rows_are_those_the_estimator_used_and_regressors_those_of_the_year_before(write, tmp_path):
    said = write(PANEL)
    assert said.exit_code == 0, said.output
    rows = pd.read_csv(tmp_path / "rows.csv")
    assert len(rows) == len(ALLIES) * 10  # 2001 to 2011, without the year that is not known
    assert f"{len(rows):,} rows of 12 allies" in said.stdout
    political = tables()["ally_year"]["political"]
    one = tables()["ally_year"].query("iso3 == 'A03' and year == 2007")["political"].item()
    entered = rows.query("iso3 == 'A03' and year == 2008")["political_lag1"].item()
    assert entered == pytest.approx((one - political.mean()) / political.std())


def test_every_column_is_described_by_role_label_and_unit(write, tmp_path):
    write(PANEL)
    rows, described = pd.read_csv(tmp_path / "rows.csv"), columns(tmp_path)
    assert list(described.index) == list(rows)
    roles = ["cluster", "key", "outcome", "regressor", "regressor"]
    assert described["role"].tolist() == roles
    assert described.loc["alignment_shift", "label"].startswith("Shift of UN alignment")
    assert described.loc["political_lag1", "label"].startswith("Political obstacle")
    assert described.loc["political_lag1", "unit"] == "standard deviations of the reference sample"


def test_cases_have_intervals_and_years_without_events_share_the_dummy_of_others(write, tmp_path):
    assert write(GROUPED).exit_code == 0
    rows, described = pd.read_csv(tmp_path / "rows.csv"), columns(tmp_path)
    assert (rows["end_of_interval"] == rows["start_of_interval"] + 1).all()
    assert (rows["start_of_interval"] == rows["years_since_pledge"]).all()
    groups = rows.groupby("years_since_pledge")["duration_group"].unique().map(list)
    # nobody can have kept it in the first two years
    assert groups[1] == groups[2] == groups[3] == ["1-3"]
    assert rows.loc[rows["years_since_pledge"] == 9, "reached"].sum() == 0
    assert groups[8] == groups[9] == ["8-9"]
    assert described.loc["pledge", "note"].startswith("reference level: ")
    assert described.loc["year", "label"] == "Calendar year at risk"


def test_a_model_that_cannot_be_estimated_has_its_complete_rows_and_the_reason(write, tmp_path):
    said = write({**PANEL, "years": [2001, 2001]})
    assert said.exit_code == 0
    assert "the model itself is not estimated: no iso3 and year with two rows" in said.stderr
    assert len(pd.read_csv(tmp_path / "rows.csv")) == len(ALLIES)


def test_a_variable_that_cannot_be_standardised_is_named_and_nothing_is_written(write, tmp_path):
    said = write({**PANEL, "rivals": ["in_reference"]})
    assert said.exit_code == 1
    assert "'in_reference' is unknown or constant in the reference sample" in said.stderr
    assert not list(tmp_path.glob("*.csv"))


def test_names_are_such_that_stata_takes_them(write, tmp_path):
    for spec in (PANEL, GROUPED):
        write(spec)
        assert columns(tmp_path).index.str.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,31}").all()
