"""The tables that figures and pages of cases are made of, read for a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from underbalance.families import read_families
from underbalance.registry import read_allies, read_sources
from underbalance.schemas.cases import CASE_TABLES
from underbalance.stages import coded_ally_years, read_processed
from underbalance.tables import read_table


def case_inputs(job: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of :func:`underbalance.present.case_pages.present_cases`.

    Parameters
    ----------
    job : with the inputs tables, claims and expectations (of results/cases), deals, families,
        allies, sources, country_years and spells, and the parameter coded.
    """
    given = job.input
    tables = {Path(p).stem: read_table(Path(p), CASE_TABLES[Path(p).stem]()) for p in given.tables}
    return tables | {
        "ally_year": coded_ally_years(job)[0],
        "deals": read_processed(given.deals),
        "families": read_families(Path(given.families)),
        "allies": read_allies(Path(given.allies)),
        "sources": read_sources(Path(given.sources)),
        # shown as they are written
        "claims": pd.read_csv(given.claims, dtype="str", keep_default_na=False),
        "expectations": pd.read_csv(given.expectations, dtype="str", keep_default_na=False),
    }
