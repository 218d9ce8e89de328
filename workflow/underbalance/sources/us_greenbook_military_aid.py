"""US Overseas Loans and Grants (Greenbook), military assistance → facts table ``us_aid``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources.originals import find_original, read_original

FIRST_YEAR = 1985
DOLLARS_PER_MILLION = 1_000_000
LOANS = "Foreign Military Financing, Direct Loan Program Account"


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return obligations of US military assistance by ally and fiscal year.

    Million US dollars, the sum over accounts, at current and at constant prices (of
    fiscal year 2019, where both are the same). A fiscal year ends on 30 September. An
    ally without any obligation in a year has no row. Loans are part of the sum, with
    their whole amount in the year they are authorised (3.8 billion for Poland's F-16 in
    2003); how much of it they are is a column of its own.
    """
    path = find_original(folder, "greenbook_military_*.csv")
    rows = read_original(path, ["iso3c", "year", "category", "account", "constant", "current"])
    rows = rows[
        rows["iso3c"].isin(allies["iso3"])
        & (rows["year"] >= FIRST_YEAR)
        & (rows["category"] == "Military")
    ]
    rows = rows.assign(loans=rows["current"].where(rows["account"] == LOANS, 0.0))
    sums = rows.groupby(["iso3c", "year"])[["current", "constant", "loans"]].sum().reset_index()
    table = pd.DataFrame(
        {
            "iso3": sums["iso3c"],
            "year": sums["year"].astype("Int64"),
            "military_aid_current_usd_m": sums["current"] / DOLLARS_PER_MILLION,
            "military_aid_constant_usd_m": sums["constant"] / DOLLARS_PER_MILLION,
            "military_loans_current_usd_m": sums["loans"] / DOLLARS_PER_MILLION,
        }
    )
    return table.sort_values(["iso3", "year"], ignore_index=True)
