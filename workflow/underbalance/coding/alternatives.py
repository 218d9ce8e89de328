"""How far the alternative codings of a concept go with the primary one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from underbalance.coding.measurement import at_level, varying_columns
from underbalance.coding.order import used_by
from underbalance.config import Coding, is_primary
from underbalance.schemas import measurement as schemas
from underbalance.schemas.measurement import LEVELS

FEWEST = 3  # ally-years of a correlation
DIGITS = 12  # deviations that differ by error of rounding are ties


def alternative_correlations(table: pd.DataFrame, codings: Mapping[str, Coding]) -> pd.DataFrame:
    """Return how far each alternative coding goes with the primary one of its concept.

    Rows are the ally-years of the reference sample with both. Within allies, both are taken
    as deviations from their means over these rows; Spearman's is then of the ranks of the
    deviations.

    Returns
    -------
    One row per alternative and level: coding, primary, level, pearson, spearman, ally_years,
    allies, shared (variables that the two are both made of, which correlate by construction),
    variables (that the alternative is made of). A correlation is missing with fewer than
    three ally-years and where one of the two does not vary.
    """
    reference = table[table["in_reference"].astype(bool)]
    rows = []
    for name, coding in codings.items():
        primary: str = coding.concept
        if is_primary(name, coding) or primary not in codings:
            continue
        both = reference.set_index("iso3")[[primary, name]].astype("float64").dropna()
        parts = base_variables(name, codings)
        rows += [
            {"coding": name, "primary": primary, "level": level}
            | _correlated(at_level(both, level), both)
            | {
                "shared": len(parts & base_variables(primary, codings)),
                "variables": len(parts),
            }
            for level in LEVELS
        ]
    return pd.DataFrame(rows, columns=list(schemas.correlations().columns))


def base_variables(name: str, codings: Mapping[str, Coding]) -> set[str]:
    """Return the variables a coding is made of, through the codings it is made of."""
    used = used_by(codings, [name])
    return {part.variable for c in used.values() for part in c.components} - set(used)


def _correlated(own: pd.DataFrame, both: pd.DataFrame) -> dict[str, object]:
    """Return Pearson's and Spearman's correlation of two columns, and of how many rows."""
    varies = len(own) >= FEWEST and len(varying_columns(own, both)) == own.shape[1]
    ranks = own.round(DIGITS).rank()
    return {
        "pearson": _pearson(own) if varies else np.nan,
        "spearman": _pearson(ranks) if varies else np.nan,
        "ally_years": len(own),
        "allies": own.index.nunique(),
    }


def _pearson(pair: pd.DataFrame) -> float:
    return float(np.corrcoef(pair.to_numpy(), rowvar=False)[0, 1])
