"""The figures of estimates and of what these hang on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.scorecard import corrected_by_test
from underbalance.models.jobs import read_estimates, specifications_of
from underbalance.present.captions import Caption
from underbalance.present.coefficients import draw_coefficients
from underbalance.present.data_figures import paths_of
from underbalance.present.effects_years import draw_effects_years
from underbalance.present.sensitivity_figures import draw_sensitivity
from underbalance.present.weights import draw_weights
from underbalance.present.wording import percent
from underbalance.registry import read_allies, read_codebook
from underbalance.schemas.hypotheses import weights, years
from underbalance.tables import read_table

# in which order figures are shown; those of sensitivity follow
ORDER: Final = (
    "coefficients",
    "effects_years",
    "survival",
    "cumulative_incidence",
    "weights",
    "typology",
    "obstacle_profiles",
    "defence_effort",
    "coding_correlations",
    "coverage",
)
SENSITIVITY: Final = ("leave_one_out", "power", "specification_curve")


def draw_result_figures(job: Any, folder: Path) -> dict[str, Caption]:
    """Draw the figures of estimates; return their captions by name.

    Parameters
    ----------
    job : with the inputs and parameters of the rule draw_results.
    folder : where ``<name>.pdf`` and ``<name>.png`` go.
    """
    p, specs = job.params, specifications_of(job.params.specs)
    return {
        "coefficients": draw_coefficients(
            read_estimates(job.input.estimates),
            specs,
            corrected_by_test(pd.read_csv(job.input.scorecard)),
            p.confidence_level,
            p.sample_label,
            paths_of(folder, "coefficients"),
        ),
        "effects_years": draw_effects_years(
            read_table(Path(job.input.years), years()),
            specs,
            p.confidence_level,
            p.sample_label,
            paths_of(folder, "effects_years"),
        ),
        "weights": draw_weights(
            read_table(Path(job.input.weights), weights()),
            p.regions,
            percent(p.confidence_level),
            paths_of(folder, "weights"),
        ),
        **draw_sensitivity(
            _of_sensitivity(job),
            {name: specs[name] for name in p.tried},
            p.labels,
            read_codebook(Path(job.input.codebook)),
            p.confidence_level,
            folder,
        ),
    }


def _of_sensitivity(job: Any) -> dict[str, pd.DataFrame]:
    """Return tables of results/sensitivity; the ally that is left out has its name."""
    found = {name: pd.read_csv(job.input[name]) for name in SENSITIVITY}
    names = read_allies(Path(job.input.allies)).set_index("iso3")["name"]
    one_less = found["leave_one_out"]
    return found | {"leave_one_out": one_less.assign(left_out=one_less["left_out"].map(names))}


def in_order(captions: dict[str, Caption]) -> dict[str, Caption]:
    """Return captions in the order in which figures are shown."""
    first = [name for name in ORDER if name in captions]
    others = [name for name in captions if name not in first]
    return {name: captions[name] for name in [*first, *others]}
