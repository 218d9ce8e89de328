"""Schemas of the tables in results/reliability."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import code, iso3, iso_date, number, table, text
from underbalance.schemas.facts.coded import CODERS, CONFIDENCE, HIGHEST_CODE
from underbalance.schemas.legal import RULES


def alpha() -> pa.DataFrameSchema:
    """Agreement of the two coders by item, before and after the clarifications."""
    return table(
        {
            "item": code(tuple(HIGHEST_CODE)),
            "stage": code(("before", "after")),
            "ally_years": number(0, nullable=False, whole=True),
            "allies": number(0, nullable=False, whole=True),
            "alpha": number(-1, 1),
            "ci_low": number(-1, 1),
            "ci_high": number(-1, 1),
            "percent_agreement": number(0, 100),
            "undefined_resamples": number(0, nullable=False, whole=True),
        },
        ["item", "stage"],
    )


def disagreements() -> pa.DataFrameSchema:
    """Periods on which the two coders differ, and what was made of them."""
    own = {
        **{f"value_{coder}": number(0, 2, whole=True) for coder in CODERS},
        **{f"clarified_{coder}": number(0, 2, whole=True) for coder in CODERS},
        **{f"confidence_{coder}": code(("", *CONFIDENCE)) for coder in CODERS},
        **{f"basis_{coder}": text() for coder in CODERS},
        **{f"note_{coder}": text() for coder in CODERS},
    }
    return table(
        {
            "iso3": iso3(),
            "item": code(tuple(HIGHEST_CODE)),
            "start": iso_date(),
            "end": iso_date(),
            **own,
            "adjudicated": number(0, 2),
            "rule": code(RULES),
        },
        ["iso3", "item", "start"],
    )
