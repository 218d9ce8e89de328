"""Facts tables of weapon systems: requests to buy them, and their first orders."""

from __future__ import annotations

from collections.abc import Callable

import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    table,
    text,
    year,
)

# which caveat of the source was acted upon
MENDED = ("", "amendment", "cost", "split", "system")


def notifications() -> pa.DataFrameSchema:
    """US congressional notifications of requests to buy arms, one row per notice."""
    return table(
        {
            "notice_id": text(empty=False),
            "iso3": iso3(),
            "date": iso_date(),
            "transmittal": text(),
            "system": text(empty=False),
            # dollars or billions would fall outside
            "cost_usd_m": number(1, 30_000),
            "correction": logical(),
            "mended": code(MENDED),
        },
        ["notice_id"],
    )


def system_orders() -> pa.DataFrameSchema:
    """First orders of US system families, one row per family and ally."""
    return table(
        {
            "family": text(empty=False),
            "iso3": iso3(),
            "first_order_year": year(1970, 2026, nullable=True),
            "first_order_year_uncertain": logical(),
            "orders": number(0, 1000, nullable=False, whole=True),
            "first_any_supplier_year": year(1970, 2026),
            "first_export_year": year(1970, 2026),
            "first_export_uncertain": logical(),
            "export_may_precede_file": logical(),
        },
        ["family", "iso3"],
        not_reversed("first_export_year", "first_order_year"),
        not_reversed("first_any_supplier_year", "first_order_year"),
    )


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "notifications": notifications,
    "system_orders": system_orders,
}
