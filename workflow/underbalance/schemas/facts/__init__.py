"""Schemas of the facts tables in data/raw, by subject.

The years are the widest the project ships; what each source covers within them is in
config/sources.csv.
"""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.facts import (
    coded,
    deal_histories,
    deals,
    governments,
    politics,
    spending,
    spending_plans,
    systems,
    threat,
    ties,
)

SUBJECTS = (
    coded,
    deal_histories,
    deals,
    governments,
    politics,
    spending,
    spending_plans,
    systems,
    threat,
    ties,
)
FACTS: dict[str, Callable[[], pa.DataFrameSchema]] = dict(
    sorted((name, schema) for subject in SUBJECTS for name, schema in subject.TABLES.items())
)
