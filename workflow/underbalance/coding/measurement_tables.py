"""The tables that say how well the indices of obstacles and rivals measure what they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd
import pandera.pandas as pa

from underbalance.coding.alternatives import alternative_correlations
from underbalance.coding.measurement import component_statistics, consistency
from underbalance.coding.recipes import recipes
from underbalance.coding.reliability import Bootstrap
from underbalance.config import Coding
from underbalance.samples import ReferenceRows, reference_rows
from underbalance.schemas import measurement as schemas

SCHEMAS: Final[Mapping[str, Callable[[], pa.DataFrameSchema]]] = {
    "consistency": schemas.consistency,
    "components": schemas.components,
    "correlations": schemas.correlations,
}


def measurement_tables(
    ally_year: pd.DataFrame,
    codings: Mapping[str, Coding],
    references: Mapping[str, ReferenceRows],
    bootstrap: Bootstrap,
) -> dict[str, pd.DataFrame]:
    """Return the tables consistency, components and correlations (:data:`SCHEMAS`).

    Parameters
    ----------
    ally_year : coded ally-years.
    codings : by name.
    references : reference samples of codings that have their own, by name.
    bootstrap : how the intervals are drawn.
    """
    own = {name: reference_rows(ally_year, rows) for name, rows in references.items()}
    made = recipes(ally_year, codings, own)
    return {
        "consistency": consistency(ally_year, made, bootstrap),
        "components": component_statistics(ally_year, made),
        "correlations": alternative_correlations(ally_year, codings),
    }
