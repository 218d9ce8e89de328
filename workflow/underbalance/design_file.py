"""The rows that a model was estimated on as a file for other programs, and what its columns are."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.config import read_codings
from underbalance.models.alone import load
from underbalance.models.at_risk import START, STOP
from underbalance.models.design import ALLY_YEAR, measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.dummies import CONSTANT, reference_level
from underbalance.models.estimate import complete_rows, rows_of
from underbalance.models.glm import Glm
from underbalance.models.terms import LAG, lag_name, regressors
from underbalance.models.tidy import Fit
from underbalance.models.used_rows import used_rows
from underbalance.present.model_wording import term_label
from underbalance.registry import read_codebook
from underbalance.specifications import LOW_LOW, Specification
from underbalance.tables import write_table

CODEBOOK_COLUMNS: Final = ["name", "role", "label", "unit", "note"]
GROUP: Final = "duration_group"
STANDARDISED: Final = "standard deviations of the reference sample"
ALL_LOW: Final = lag_name(LOW_LOW)
# they take differences, or cases, that they make of the complete rows
OF_COMPLETE_ROWS: Final = ("first_difference", "fine_gray")


class Written(NamedTuple):
    """What was written.

    Parameters
    ----------
    spec : the specification.
    rows : the rows in the file.
    codebook : the file that says what their columns are.
    reason : why the model cannot be estimated; the rows are then the complete ones.
    """

    spec: Specification
    rows: pd.DataFrame
    codebook: Path
    reason: str


def write_design(spec_id: str, path: Path, sample: str | None = None) -> Written:
    """Write the rows and columns that a specification's estimator takes, with their codebook.

    The columns are the keys, of cases also the time at risk, the outcome, the regressors as they
    enter the model (:func:`underbalance.models.lagged.lagged_terms`) and the categories as text.
    The rows are those used: complete, of levels with events, not alone in their ally or year.
    Beside ``rows.csv`` is ``rows_codebook.csv`` with the role, label and unit of each column.

    Parameters
    ----------
    sample : as :func:`underbalance.models.alone.fit_alone` takes it.

    Raises
    ------
    FaultsError : as :func:`underbalance.models.alone.load`.
    EstimationError : for a variable that is unknown or constant in the reference rows.
    """
    spec, tables, plan = load(spec_id, sample)
    data = rows_of(spec_id, spec, tables, plan)
    used = used_rows(spec, data, plan.min_clusters)
    rows = complete_rows(spec, data) if spec.estimator in OF_COMPLETE_ROWS else used.rows
    rows = _with_clock(spec, rows, used.fit)
    rows = rows.sort_values([name for name in ("spell", *KEY, START) if name in rows])
    codebook = path.with_name(f"{path.stem}_codebook.csv")
    write_table(_described(spec, rows), codebook)
    write_table(rows, path)
    return Written(spec, rows, codebook, used.reason)


def _with_clock(spec: Specification, rows: pd.DataFrame, fit: Fit | None) -> pd.DataFrame:
    """Add the ends of the interval at risk, and the durations that share a dummy."""
    duration = all_rows()[spec.outcome].duration
    if not duration:
        return rows
    timed = rows.assign(**{START: rows[duration], STOP: rows[duration] + 1})
    model = fit.model if fit else None
    if isinstance(model, Glm) and model.baseline.labels != CONSTANT:
        firsts, names = model.baseline.firsts, model.baseline.terms
        groups = firsts.searchsorted(model.baseline.periods, side="right") - 1
        terms = pd.Series([names[group] for group in groups], index=model.index)
        timed[GROUP] = terms.str.extract(r"\[(.*)\]", expand=False)
    return timed


def _described(spec: Specification, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what each column of the rows is."""
    codebook, of = _with_codings(read_codebook()), all_rows()[spec.outcome]
    units = codebook[codebook["table"] == of.table].set_index("name")["unit"]
    labels = {
        "spell": "The case",
        of.duration: f"Time waited, in {of.interval}s",
        START: "Start of the interval at risk",
        STOP: "End of the interval at risk",
        GROUP: "Durations that share a dummy",
    } | ({"year": "Calendar year at risk"} if of.duration else {})
    described = []
    for name in map(str, rows):
        label = labels.get(name) or term_label(name, codebook, spec)
        role, note = _role(spec, name, rows)
        unit = STANDARDISED if name.endswith(LAG) else units.get(name, "")
        described.append([name, role, label, "0/1" if name == ALL_LOW else unit, note])
    return pd.DataFrame(described, columns=CODEBOOK_COLUMNS)


def _with_codings(codebook: pd.DataFrame) -> pd.DataFrame:
    """Add the labels of the codings in ally_year."""
    codings = [
        {"table": ALLY_YEAR, "name": name, "label": coding.label}
        for name, coding in read_codings().items()
    ]
    return pd.concat([codebook, pd.DataFrame(codings)], ignore_index=True)


def _role(spec: Specification, name: str, rows: pd.DataFrame) -> tuple[str, str]:
    """Return what a column is to the model, and what there is to know of it."""
    if name == measure_of(spec):
        return "outcome", ""
    if name in regressors(spec):
        return "regressor", ""
    if name in spec.categories:
        return "category", f"reference level: {reference_level(rows[name])}"
    if name == GROUP:
        return "category", "a dummy for each group, no constant"
    if name in (START, STOP, all_rows()[spec.outcome].duration):
        return "time", ""
    if name == all_rows()[spec.outcome].ending:
        return "ending", "in the last row of a case"
    return ("cluster" if name == "iso3" else "key"), ""
