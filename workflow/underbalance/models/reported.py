"""Which p-value and interval the tidy result reports."""

from __future__ import annotations

import numpy as np
import pandas as pd

from underbalance.models.tidy import WITHHELD, validate

WILD = "wild"
BOOTSTRAP = "wild cluster bootstrap"


def with_bootstrap(rows: pd.DataFrame, inference: pd.DataFrame) -> pd.DataFrame:
    """Return tidy rows of one specification with p-values and intervals of the wild bootstrap.

    Standard error, df and statistic stay those of the clustered covariance. Terms without a
    bootstrap keep p-value and interval of the t distribution, and ``p_method`` says which; where
    p-values are withheld they stay so. An end that the interval does not have is infinite. The
    note of a row says why an end, or the bootstrap of a term of interest, is missing.

    Parameters
    ----------
    inference : :func:`underbalance.models.inference.infer`.
    """
    tried = inference[inference["method"] == WILD]
    wild = tried[tried["p_value"].notna()]
    found = rows[["term"]].merge(wild, on="term", how="left", validate="one_to_one")
    found.index = rows.index
    use = found["p_value"].notna() & rows["p_value"].notna()
    ends = {"ci_low": -np.inf, "ci_high": np.inf}
    changed = {name: found[name].fillna(ends.get(name, np.nan)) for name in WITHHELD}
    method = f"{BOOTSTRAP} (" + found["note"].str.partition(";")[0] + ")"
    shown = rows["p_value"].notna()
    reasons = rows["term"].map(_reasons(tried)).where(shown).fillna("")
    return validate(
        rows.assign(
            **{name: rows[name].mask(use, values) for name, values in changed.items()},
            p_method=rows["p_method"].mask(use, method),
            note=[
                "; ".join(filter(None, pair)) for pair in zip(rows["note"], reasons, strict=True)
            ],
        )
    )


def _reasons(tried: pd.DataFrame) -> dict[str, str]:
    """Return by term what the bootstrap lacks: itself, or an end of its interval."""
    return {
        row["term"]: row["note"].partition("; ")[2]
        if pd.notna(row["p_value"])
        else f"{BOOTSTRAP} {row['note']}"
        for row in tried.to_dict("records")
    }
