"""All tables of results beside those of the models, for one job."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from underbalance.coding.describe import with_codings
from underbalance.hypotheses.specs import primary
from underbalance.models.jobs import read_estimates, specifications_of
from underbalance.present.table import AnyTable
from underbalance.present.tables_of_results.choices import choices_table
from underbalance.present.tables_of_results.contrasts import contrasts_table
from underbalance.present.tables_of_results.effects_years import effects_table
from underbalance.present.tables_of_results.estimators import estimators_table
from underbalance.present.tables_of_results.nested_table import nested_table
from underbalance.present.tables_of_results.robustness import robustness_table
from underbalance.present.tables_of_results.weights_table import weights_table
from underbalance.registry import read_allies, read_codebook
from underbalance.schemas import hypotheses, sensitivity
from underbalance.stages import codings_of
from underbalance.table_faults import dtype_of

Frames = Mapping[str, pd.DataFrame]
SCHEMAS: Final[dict[str, Callable[[], pa.DataFrameSchema]]] = {
    "scorecard": hypotheses.scorecard,
    "contrasts": hypotheses.contrasts,
    "effects": hypotheses.effects,
    "weights": hypotheses.weights,
    "nested": hypotheses.nested,
    "years": hypotheses.years,
    "leave_one_out": sensitivity.leave_one_out,
    "robustness_value": sensitivity.robustness_value,
    "power": sensitivity.power,
    "placebo": sensitivity.placebo,
    "alternatives": sensitivity.alternatives,
    "specification_curve": sensitivity.specification_curve,
    "specification_curve_summary": sensitivity.curve_summary,
}


def tables_of_results(job: Any) -> list[AnyTable]:
    """Return the tables of results, each under the name of its files.

    Parameters
    ----------
    job : with the inputs estimates, scorecard, hypotheses and sensitivity (the files of these
        folders), codebook and allies, and the parameters specs (of all roles), codings (all),
        labels (of samples), regions, hypotheses, sample_label and confidence_level.
    """
    p, given = job.params, job.input
    codings = codings_of(p.codings)
    codebook = with_codings(read_codebook(Path(given.codebook)), codings)
    found = _read([*given.hypotheses, *given.sensitivity, given.scorecard])
    names = read_allies(Path(given.allies)).set_index("iso3")["name"]
    one_less = found["leave_one_out"]
    found["leave_one_out"] = one_less.assign(left_out=one_less["left_out"].map(names))
    specs, label = specifications_of(p.specs), p.sample_label
    judged, level = primary(specs), p.confidence_level
    return [
        *_of_robustness(job, found, codebook),
        effects_table(judged, found["scorecard"], found["years"], codebook, level, label),
        contrasts_table(found["contrasts"], found["effects"], judged, codebook, level, label),
        weights_table(found["weights"], judged, p.regions, codebook, level),
        nested_table(found["nested"], judged, codebook, label),
    ]


def _of_robustness(job: Any, found: Frames, codebook: pd.DataFrame) -> Iterator[AnyTable]:
    p = job.params
    specs, label = specifications_of(p.specs), p.sample_label
    estimates = read_estimates(job.input.estimates)
    of_allies = codebook[codebook["table"] == "ally_year"]
    labels = dict(zip(of_allies["name"], of_allies["label"], strict=True)) | dict(p.labels)
    for hypothesis in p.hypotheses:
        yield robustness_table(hypothesis, specs, estimates, found, codebook, label)
        yield choices_table(hypothesis, specs, found["specification_curve"], labels, codebook)
        yield estimators_table(hypothesis, specs, found["alternatives"], codebook, label)


def _read(paths: list[str]) -> dict[str, pd.DataFrame]:
    """Read tables of results by name; an interval without an end has ``inf``, as no input has."""
    return {Path(path).stem: _frame(Path(path)) for path in paths}


def _frame(path: Path) -> pd.DataFrame:
    columns = SCHEMAS[path.stem]().columns
    texts = [name for name, column in columns.items() if dtype_of(column) == "str"]
    read = pd.read_csv(path, dtype=dict.fromkeys(texts, "str"))
    return read.fillna(dict.fromkeys(texts, ""))
