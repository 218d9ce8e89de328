"""The schemas of all tables of a project: those of the design, and those that its user added."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.own.schemas import outcome_schemas, own_schemas
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED

Schemas = dict[str, Callable[[], pa.DataFrameSchema]]


def all_facts() -> Schemas:
    """Return the schemas of the facts tables, then of the user's own tables, by name."""
    return FACTS | own_schemas()


def all_processed() -> Schemas:
    """Return the schemas of the processed tables, those of the user's outcomes last, by name."""
    return PROCESSED | {f"outcome.{name}": make for name, make in outcome_schemas().items()}
