"""US military personnel by ally and year, from the quarterly reports."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.ledger import Ledger

SEPTEMBER = 9


def us_troops_by_year(us_troops: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return active-duty personnel (persons) by ally and year, and the ledger.

    The September report counts, because it is the only one before 2013. Where a year
    has none, the latest other report of the year stands in and the ledger says so.
    """
    ledger = Ledger("us_troops")
    september_first = us_troops.assign(other=us_troops["month"] != SEPTEMBER)
    ordered = september_first.sort_values(
        ["iso3", "year", "other", "month"], ascending=[True, True, True, False]
    )
    chosen = ordered.drop_duplicates(KEY)
    for row in chosen[chosen["other"]].itertuples():
        ledger.add(
            f"{row.iso3} {row.year}",
            "other_report_month",
            None,
            row.active_duty,
            f"no September report; month {row.month} used",
        )
    table = chosen[["iso3", "year", "active_duty"]].rename(columns={"active_duty": "us_troops"})
    return table.reset_index(drop=True), ledger.frame()
