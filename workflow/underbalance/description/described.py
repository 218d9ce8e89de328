"""All that is told of the data of the primary models, for one job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from underbalance.coding.describe import with_codings
from underbalance.description.correlations import correlate
from underbalance.description.coverage import coverage_by_source
from underbalance.description.membership import membership
from underbalance.description.missing import missing_by_ally
from underbalance.description.variables import describe_variables, panels
from underbalance.extensions import in_force
from underbalance.models.design import ALLY_YEAR
from underbalance.models.jobs import plan_of_several, read_model_tables, specifications_of
from underbalance.models.rows_by_ally import rows_by_ally
from underbalance.registry import read_codebook, read_sources
from underbalance.schemas import description as schemas
from underbalance.schemas.inference import ally_missing, ally_rows
from underbalance.stages import coded_ally_years, codings_of, read_processed

SCHEMAS: Final[dict[str, Callable[[], pa.DataFrameSchema]]] = {
    "variables": schemas.variables,
    "correlations": schemas.correlations,
    "membership": schemas.membership,
    "rows_by_ally": ally_rows,
    "missing_by_ally": ally_missing,
    "coverage": schemas.coverage,
}


def described(job: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of results/description, by the names of :data:`SCHEMAS`.

    What added allies lack (missing_by_ally) is among them in a run with extensions only.

    Parameters
    ----------
    job : with the inputs country_years, spells, tables, coverage, codebook and sources, and the
        parameters specs, coded and those of a plan
        (:func:`underbalance.models.jobs.plan_of_several`).
    """
    p, given = job.params, job.input
    specs, plan = specifications_of(p.specs), plan_of_several(p)
    codings, ally_year = codings_of(p.coded["codings"]), coded_ally_years(job)[0]
    tables = {ALLY_YEAR: ally_year, **read_model_tables(given.tables)}
    reference = ally_year[ally_year["in_reference"].astype(bool)]
    names = dict.fromkeys(name for own in panels(specs, codings).values() for name in own)
    found = {
        "variables": describe_variables(specs, tables, codings, plan),
        "correlations": correlate(reference, list(names)),
        "membership": membership(ally_year, plan),
        "rows_by_ally": rows_by_ally(specs, tables, plan),
        "coverage": coverage_by_source(
            read_processed(given.coverage), read_sources(Path(given.sources))
        ),
    }
    if added := in_force():
        codebook = with_codings(read_codebook(Path(given.codebook)), codings)
        found["missing_by_ally"] = missing_by_ally(specs, tables, plan, codebook, added)
    return found
