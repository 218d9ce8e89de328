"""Schemas of the facts tables in data/raw, by subject.

The years are the widest the project ships; what each source covers within them is in
config/sources.csv.
"""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.facts import deal_histories, deals, politics, spending, ties

FACTS: dict[str, Callable[[], pa.DataFrameSchema]] = dict(
    sorted(
        (
            deal_histories.TABLES | deals.TABLES | politics.TABLES | spending.TABLES | ties.TABLES
        ).items()
    )
)
