"""What a primary model found, in words and numbers, from its row of the scorecard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.scorecard import CONTRAST
from underbalance.hypotheses.verdict import ALPHA, COUNTS
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.present.scorecard_wording import DIRECTIONS, STANDARDISED, unit_of
from underbalance.present.wording import decimal, equals_p, interval_words
from underbalance.specifications import Specification

NIL: Final = "not to be told from no effect"
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Found:
    """What a model found: in words, its estimate with unit and interval, and its p.

    Number and p are empty where there is no estimate.
    """

    words: str
    number: str
    p: str


def found_words(row: Row, specs: Mapping[str, Specification], codebook: pd.DataFrame) -> Found:
    """Return what a row of the scorecard says.

    Parameters
    ----------
    row : a model or a contrast of results/scorecard.csv.
    specs : all specifications, by spec_id.
    codebook : gives the units of outcomes.
    """
    if str(row["role"]).startswith(NOT_ESTIMATED) or pd.isna(row["estimate"]):
        return Found("not estimated", "", "")
    direction = DIRECTIONS[row["scale"]][1 if row["estimate"] > 0 else -1]
    agrees = "as predicted" if row["agrees"] == "yes" else "against the prediction"
    nil = f", {NIL}" if row["p_value"] >= ALPHA else ""
    unit = STANDARDISED if row["kind"] == CONTRAST else unit_of(specs[row["spec_id"]], codebook)
    interval = interval_words(row["ci_low"], row["ci_high"])
    holm = equals_p(row["p_holm"]) if row["role"] == COUNTS else ""
    p = [equals_p(row["p_value"]), f"Holm {holm}" if holm else str(row["role"])]
    return Found(
        words=f"{direction}, {agrees}{nil}",
        number=" ".join(filter(None, [decimal(row["estimate"]), interval, f"({unit})"])),
        p=", ".join(filter(None, p)),
    )
