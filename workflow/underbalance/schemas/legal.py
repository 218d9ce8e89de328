"""Schema of the adjudicated legal constraints."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    table,
)
from underbalance.schemas.facts.coded import HIGHEST_CODE

# the column of ally_year for each item (a name in Stata has 32 characters at most)
ITEM_COLUMNS = {
    "arms_transfer_limits": "legal_arms_transfer_limits",
    "basing_nuclear_space_limits": "legal_basing_nuclear_space",
    "defence_spending_ceiling": "legal_defence_spending_ceiling",
    "deployment_veto": "legal_deployment_veto",
    "fiscal_rule": "legal_fiscal_rule",
    "force_limits": "legal_force_limits",
}
# what is made of two codings that differ, and why
REASONS = {
    "higher_confidence": "the coders differ; the value of the more confident one is taken",
    "mean_flagged": "the coders differ with the same confidence; the mean is taken",
    "one_missing": "one coder could not establish a value; that of the other is taken",
    "both_missing": "neither coder could establish a value",
}
RULES = ("agreed", *REASONS)


def legal() -> pa.DataFrameSchema:
    """Adjudicated legal constraints, by ally, item and period."""
    return table(
        {
            "iso3": iso3(),
            "item": code(tuple(HIGHEST_CODE)),
            "start": iso_date(),
            "end": iso_date(),
            "value": number(0, 2),
            "rule": code(RULES),
            "flagged": logical(),
        },
        ["iso3", "item", "start"],
        not_reversed("start", "end"),
    )
