"""What `underbalance check` makes of an ally in memory is what a run makes of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import read_codings
from underbalance.extension_trial import Trial, trial_of
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.schemas.processed import ally_year
from underbalance.tables import read_table

ISO3 = "POL"


@pytest.fixture(scope="module")
def trial() -> Trial:
    return trial_of(ISO3)


def test_ally_years_and_codings_are_those_of_the_run(finished: Path, trial: Trial) -> None:
    made = read_table(finished / "data/processed/ally_year.csv", ally_year(read_codings()))
    columns = [name for name in made if name in trial.years]
    assert {"political", "social", "threat", "is_ally"} <= set(columns)
    ours = trial.years.loc[trial.years["iso3"] == ISO3, columns]
    pd.testing.assert_frame_equal(
        ours.reset_index(drop=True),
        made.loc[made["iso3"] == ISO3, columns].reset_index(drop=True),
        check_dtype=False,
    )


@pytest.mark.parametrize("name", OUTCOMES)
def test_rows_of_an_outcome_are_those_of_the_run(finished: Path, trial: Trial, name: str) -> None:
    made = pd.read_csv(finished / f"data/processed/outcomes/{name}.csv")
    assert len(trial.outcomes[name]) == (made["iso3"] == ISO3).sum() > 0
