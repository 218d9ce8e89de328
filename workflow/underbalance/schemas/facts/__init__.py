"""Schemas of the facts tables in data/raw, by subject.

The years are the widest the project ships; what each source covers within them is in
config/sources.csv.
"""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.facts import deals, politics, spending, spending_plans, ties

FACTS: dict[str, Callable[[], pa.DataFrameSchema]] = dict(
    sorted(
        (
            deals.TABLES | politics.TABLES | spending.TABLES | spending_plans.TABLES | ties.TABLES
        ).items()
    )
)
