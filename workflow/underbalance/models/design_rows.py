"""The rows that each outcome gives a model, before obstacles are joined to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from underbalance.models.design_cases import lapse_rows, loss_rows
from underbalance.models.design_months import agreement_rows
from underbalance.models.design_years import (
    adoption_rows,
    commitment_rows,
    delivery_rows,
    pledge_rows,
)

Tables = Mapping[str, pd.DataFrame]
OUTCOME_FILE = "data/processed/outcomes/{}.csv"
SPELLS_FILE = "data/processed/deal_spells.csv"
AGREEMENTS_FILE = "data/raw/agreements.csv"
FAMILIES_FILE = "config/system_families.csv"


@dataclass(frozen=True)
class Rows:
    """What an outcome gives a model.

    Parameters
    ----------
    table : the processed table whose columns the rows keep, as the codebook calls it.
    files : paths of the tables it is made of, in the default run; a table's name is that of
        its file.
    measure : the dependent variable, unless a specification names another.
    build : makes the rows; ``year`` is the year of the outcome, or the one at risk. Rows of
        cases have a text ``spell`` that names their case.
    duration : the column of the time at risk; empty where nothing is waited for.
    ending : the column that says how a case ended, in its last row; empty where there is one
        way only.
    interval : what a row is: ``year`` or ``month`` at risk, ``case``, or empty for ally-years.
    adds : columns that ``build`` adds, and their kinds: number or text.
    """

    table: str
    files: tuple[str, ...]
    measure: str
    build: Callable[[Tables], pd.DataFrame]
    duration: str = ""
    interval: str = ""
    ending: str = ""
    adds: Mapping[str, str] = field(default_factory=dict)


def _ally_years(outcome: str, measure: str) -> Rows:
    return Rows(
        table=f"outcome.{outcome}",
        files=(OUTCOME_FILE.format(outcome),),
        measure=measure,
        build=lambda tables: tables[outcome],
    )


ROWS: dict[str, Rows] = {
    "effort": _ally_years("effort", "effort_growth"),
    "execution": _ally_years("execution", "execution_error"),
    "alignment": _ally_years("alignment", "alignment_shift"),
    "sourcing": _ally_years("sourcing", "sourcing_shift"),
    "exercises": _ally_years("exercises", "exercises_change"),
    "delivery": Rows(
        table="deal_spells",
        files=(SPELLS_FILE,),
        measure="delivered",
        build=lambda tables: delivery_rows(tables["deal_spells"]),
        duration="years_since_order",
        interval="year",
        adds={"log_size_or_0": "number", "size_unknown": "number"},
    ),
    "commitment": Rows(
        table="outcome.commitment",
        files=(OUTCOME_FILE.format("commitment"), FAMILIES_FILE),
        measure="ordered",
        build=lambda tables: commitment_rows(tables["commitment"], tables["system_families"]),
        duration="years_since_notice",
        interval="year",
        ending="ended_by",
        adds={
            "years_since_notice": "number",
            "ended_by": "text",
            "category": "text",
            "cohort": "text",
            "log_cost": "number",
        },
    ),
    "adoption": Rows(
        table="outcome.adoption",
        files=(OUTCOME_FILE.format("adoption"), FAMILIES_FILE),
        measure="adopted",
        build=lambda tables: adoption_rows(tables["adoption"], tables["system_families"]),
        duration="years_since_export",
        interval="year",
        adds={"years_since_export": "number", "category": "text", "cohort": "text"},
    ),
    "agreement": Rows(
        table="outcome.agreement",
        files=(OUTCOME_FILE.format("agreement"), AGREEMENTS_FILE),
        measure="in_force",
        build=lambda tables: agreement_rows(tables["agreement"], tables["agreements"]),
        duration="months_since_signature",
        interval="month",
        adds={"months_since_signature": "number", "cohort": "text"},
    ),
    "pledge": Rows(
        table="outcome.pledge",
        files=(OUTCOME_FILE.format("pledge"),),
        measure="reached",
        build=lambda tables: pledge_rows(tables["pledge"]),
        duration="years_since_pledge",
        interval="year",
        adds={"years_since_pledge": "number", "cohort": "text"},
    ),
    "lapse": Rows(
        table="outcome.commitment",
        files=(OUTCOME_FILE.format("commitment"), FAMILIES_FILE),
        measure="lapsed",
        build=lambda tables: lapse_rows(tables["commitment"], tables["system_families"]),
        interval="case",
        adds={"category": "text", "cohort": "text", "log_cost": "number"},
    ),
    "loss": Rows(
        table="outcome.loss",
        files=(OUTCOME_FILE.format("loss"),),
        measure="lost",
        build=lambda tables: loss_rows(tables["loss"]),
        interval="case",
    ),
}
