"""Agreement: months from the signature of a defence agreement to its entry into force."""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import with_is_ally
from underbalance.ledger import Ledger

COLUMNS = [
    "iso3",
    "year",
    "is_ally",
    "agreement_id",
    "with_usa",
    "scope",
    "category",
    "text_seen",
    "force_date_known",
    "months_to_force",
    "in_force",
]
NOT_COUNTED = {
    "news_report": "known from the news, which do not report entry into force",
    "signature_month_unknown": "the month of the signature is not known",
    "force_before_signature": "entry into force lies before the signature",
    "force_date_not_shown": "the source gives neither a text nor the month of entry into force",
}


def agreement(
    agreements: pd.DataFrame, country_years: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return defence agreements with the months until they entered into force, and the ledger.

    An unknown date of entry into force is missing data, not an agreement still waiting:
    whether it is known depends on the source (all of Turkey's treaty register, one in 62
    of a Spanish list), and the dataset (Kinne 2020) has no code for "not in force". So
    nothing is censored; ``months_to_force`` is missing where the month is not known.
    Agreements are rows where the source would have shown the date: its coders had the
    text, or a treaty register states the date. The primary subset is ``text_seen`` and
    ``force_date_known``; where the text is known, most dates are.

    The dates end in 2013: of the agreements signed last, the slowest are not yet in.

    Parameters
    ----------
    agreements : the facts table.
    country_years : ally-years with ``is_ally``.

    Returns
    -------
    One row per agreement and listed ally. ``year`` is that of the signature;
    ``months_to_force`` counts calendar months, 0 in the month of the signature (also
    where the days within it are reversed); ``in_force`` is true when a date is known or
    the agreement was terminated, else missing.
    """
    dated = _with_months(agreements)
    reason = _not_counted(dated)
    table = with_is_ally(dated[reason == ""], country_years)
    in_force = (table["entered_into_force"] != "") | table["terminated"].fillna(False)
    table = table.assign(
        force_date_known=table["months_to_force"].notna(),
        in_force=in_force.astype("boolean").where(in_force),
    )
    table = table[COLUMNS].sort_values(["agreement_id", "iso3"], ignore_index=True)
    return table, _ledger(dated, reason)


def _with_months(agreements: pd.DataFrame) -> pd.DataFrame:
    signed, in_force = _month(agreements["signed"]), _month(agreements["entered_into_force"])
    return agreements.assign(
        year=agreements["signed"].str[:4].astype("Int64"),
        signature_month_known=signed.notna(),
        months_to_force=in_force - signed,
    )


def _month(dates: pd.Series) -> pd.Series:
    """Return the number of the month since year 0; missing where only the year is known."""
    known = dates.where(dates.str.len() >= len("YYYY-MM"), None)
    year, month = known.str[:4].astype("Int64"), known.str[5:7].astype("Int64")
    return 12 * year + month


def _not_counted(dated: pd.DataFrame) -> pd.Series:
    """Return the first rule by which an agreement does not count, empty if none."""
    unknown = dated["months_to_force"].isna()
    rules = {
        "news_report": ~dated["source_is_treaty"],
        "signature_month_unknown": ~dated["signature_month_known"],
        "force_before_signature": (dated["months_to_force"] < 0).fillna(False),
        "force_date_not_shown": ~dated["text_seen"] & unknown,
    }
    reason = pd.Series("", index=dated.index)
    for rule, applies in rules.items():
        reason = reason.mask((reason == "") & applies.astype(bool), rule)
    return reason


def _ledger(dated: pd.DataFrame, reason: pd.Series) -> pd.DataFrame:
    ledger = Ledger("outcome.agreement")
    for row, rule in zip(dated.itertuples(), reason, strict=True):
        if rule:
            key = f"{row.iso3} {row.agreement_id}"
            ledger.add(key, rule, row.entered_into_force, None, NOT_COUNTED[rule])
    return ledger.frame()
