"""The tables that figures and pages of cases are made of, read for a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.families import read_families
from underbalance.registry import read_allies
from underbalance.schemas.cases import CASE_TABLES
from underbalance.stages import coded_ally_years, read_processed
from underbalance.tables import read_table


def case_inputs(job: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of the figures and of the pages of the cases.

    Parameters
    ----------
    job : with the inputs case_tables (of results/cases), deals, families, allies,
        country_years and spells, and the parameter coded.
    """
    given = job.input
    names = [Path(path).stem for path in given.case_tables]
    paths = zip(names, map(Path, given.case_tables), strict=True)
    tables = {name: read_table(path, CASE_TABLES[name]()) for name, path in paths}
    return tables | {
        "ally_year": coded_ally_years(job)[0],
        "deals": read_processed(given.deals),
        "families": read_families(Path(given.families)),
        "allies": read_allies(Path(given.allies)),
    }
