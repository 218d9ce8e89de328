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

CLAIM_COLUMNS = ["claim_id", "iso3", "claim", "obstacle", "strength", "verdict", "reason"]


def case_inputs(job: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of :func:`underbalance.present.case_pages.present_cases`.

    Parameters
    ----------
    job : with the inputs tables (of results/cases), claims (a list, empty or of one path),
        deals, families, allies, sources, country_years and spells, and the parameter coded.
    """
    given = job.input
    tables = {Path(p).stem: read_table(Path(p), CASE_TABLES[Path(p).stem]()) for p in given.tables}
    return tables | {
        "ally_year": coded_ally_years(job)[0],
        "deals": read_processed(given.deals),
        "families": read_families(Path(given.families)),
        "allies": read_allies(Path(given.allies)),
        "sources": read_sources(Path(given.sources)),
        "claims": _claims(list(given.claims)),
    }


def _claims(paths: list[str]) -> pd.DataFrame:
    """Read the claims, in words; no rows where the run has none."""
    if not paths:
        return pd.DataFrame(columns=CLAIM_COLUMNS)
    return pd.read_csv(paths[0], dtype="str", keep_default_na=False)[CLAIM_COLUMNS]
