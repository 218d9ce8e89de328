"""Two codings of legal constraints → one adjudicated value per ally, item and day.

The rules are those of the codebook of the coding: two clarifications, made after both
codings were finished, then equal values, else the more confident coding, else the mean.
"""

from __future__ import annotations

import pandas as pd

from underbalance.clean.panel import KEY
from underbalance.ledger import Ledger
from underbalance.schemas.facts.coded import CODERS, CONFIDENCE, LAST_DAY
from underbalance.schemas.legal import ITEM_COLUMNS, REASONS

UNIT = ["iso3", "item"]
CARRIED = ["value", "confidence", "basis", "note"]

# clarification 1: a clause that only requires consent to foreign forces is no limit
CONSENT_ITEM = "basing_nuclear_space_limits"
CONSENT_CODER = "b"
CONSENT_NOTES = ("Consent condition", "consent clause")
# clarification 2: totals of multi-year procurement programmes are no ceiling, so that
# Japan had one on these days only
CEILING_ITEM = "defence_spending_ceiling"
JAPAN_CEILING = ("1997-06-03", "1998-12-17")
DAY_AFTER_CEILING = "1998-12-18"

FLAGGED = ("mean_flagged", "one_missing")


def adjudicate(constraints: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the adjudicated table ``legal`` and its ledger.

    Parameters
    ----------
    constraints : facts table legal_constraints.

    Returns
    -------
    Columns iso3, item, start, end, value (0 to 2; halves where two codings were
    averaged; missing where neither coder established one), rule, flagged. Neighbouring
    periods of the same value and rule are one. The ledger has every value that a
    clarification changed and every period on which the coders differed.
    """
    periods = adjudicated_periods(constraints)
    ledger = Ledger("legal")
    _note_clarified(periods, ledger)
    _note_chosen(periods, ledger)
    return _joined_periods(periods), ledger.frame()


def adjudicated_periods(constraints: pd.DataFrame) -> pd.DataFrame:
    """Return the periods on which neither coding changes, with both codings and the verdict.

    Columns: iso3, item, start, end; value, confidence, basis and note of each coder
    (``value_a``, …) as coded; ``clarified_a`` and ``clarified_b``, the values under the
    clarified rules; value, rule and flagged as adjudicated.
    """
    return _with_verdict(_clarified(_paired(constraints)))


def legal_by_year(legal: pd.DataFrame) -> pd.DataFrame:
    """Return the adjudicated values in force on 31 December, by ally and year.

    Parameters
    ----------
    legal : the table ``legal`` (:func:`adjudicate`).

    Returns
    -------
    Columns iso3, year and one for each item, named by ``ITEM_COLUMNS``.
    """
    values = in_force(legal).pivot(index=KEY, columns="item", values="value")
    wide = values.reindex(columns=list(ITEM_COLUMNS)).rename(columns=ITEM_COLUMNS)
    return wide.rename_axis(columns=None).reset_index()


def in_force(periods: pd.DataFrame, day: str = "12-31") -> pd.DataFrame:
    """Return one row per period and year in which it is in force on a day of the calendar.

    Parameters
    ----------
    periods : rows with ``start`` and ``end``, ISO dates.
    day : month and day, ``"MM-DD"``.

    Returns
    -------
    The rows with ``year``, sorted by ally, item and year.
    """
    first, last = (
        int(periods[name].str[:4].agg(f)) for name, f in (("start", "min"), ("end", "max"))
    )
    parts = [
        periods[(periods["start"] <= f"{year}-{day}") & (f"{year}-{day}" <= periods["end"])].assign(
            year=year
        )
        for year in range(first, last + 1)
    ]
    return pd.concat(parts).sort_values([*UNIT, "year"], ignore_index=True)


def _paired(constraints: pd.DataFrame) -> pd.DataFrame:
    """Cut both codings wherever either changes, and put them beside one another."""
    starts = constraints[[*UNIT, "start"]].drop_duplicates()
    clarified = starts[(starts["iso3"] == "JPN") & (starts["item"] == CEILING_ITEM)]
    cuts = [
        clarified.assign(start=day).drop_duplicates()
        for day in (JAPAN_CEILING[0], DAY_AFTER_CEILING)
    ]
    grid = pd.concat([starts, *cuts]).drop_duplicates().sort_values([*UNIT, "start"])
    following = pd.to_datetime(grid.groupby(UNIT)["start"].shift(-1), format="%Y-%m-%d")
    day_before = (following - pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d")
    periods = grid.assign(end=day_before.fillna(LAST_DAY)).reset_index(drop=True)
    for coder in CODERS:
        own = _in_periods(constraints[constraints["coder"] == coder], periods)
        periods = periods.assign(**{f"{name}_{coder}": own[name] for name in CARRIED})
    return periods


def _in_periods(coding: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one coding in force at the start of each period."""
    wanted = periods.assign(day=pd.to_datetime(periods["start"]), place=range(len(periods)))
    rows = coding.assign(day=pd.to_datetime(coding["start"])).sort_values("day")
    found = pd.merge_asof(
        wanted[[*UNIT, "day", "place"]].sort_values("day"),
        rows[[*UNIT, "day", *CARRIED]],
        on="day",
        by=UNIT,
    )
    return found.sort_values("place", ignore_index=True)


def _clarified(periods: pd.DataFrame) -> pd.DataFrame:
    values = {f"clarified_{c}": periods[f"value_{c}"] for c in CODERS}
    of_consent = (periods["item"] == CONSENT_ITEM) & _mentions_consent(periods)
    recoded = f"clarified_{CONSENT_CODER}"
    values[recoded] = values[recoded].mask(of_consent & values[recoded].notna(), 0)
    of_japan = (periods["iso3"] == "JPN") & (periods["item"] == CEILING_ITEM)
    in_ceiling = periods["start"].between(*JAPAN_CEILING).astype("Int64")
    for name, value in values.items():
        values[name] = value.mask(of_japan & value.notna(), in_ceiling)
    return periods.assign(**values)


def _mentions_consent(periods: pd.DataFrame) -> pd.Series:
    notes = periods[f"note_{CONSENT_CODER}"].fillna("")
    return pd.Series(
        [any(words in note for words in CONSENT_NOTES) for note in notes], index=periods.index
    )


def _with_verdict(periods: pd.DataFrame) -> pd.DataFrame:
    a, b = (periods[f"clarified_{c}"].astype("float64") for c in CODERS)
    rank = {word: i for i, word in enumerate(CONFIDENCE)}
    trust_a, trust_b = (periods[f"confidence_{c}"].map(rank).fillna(-1) for c in CODERS)
    # ASSUME: what one coder could not establish does not unmake the value of the other,
    # however sure the first is that there is none; the value is flagged
    one_missing = a.isna() ^ b.isna()
    differ = a.notna() & b.notna() & (a != b)
    rule = (
        pd.Series("agreed", index=periods.index)
        .mask(differ & (trust_a != trust_b), "higher_confidence")
        .mask(differ & (trust_a == trust_b), "mean_flagged")
        .mask(one_missing, "one_missing")
        .mask(a.isna() & b.isna(), "both_missing")
    )
    value = a.where(trust_a > trust_b, b).where(rule == "higher_confidence", (a + b) / 2)
    value = value.mask(one_missing, a.fillna(b))
    return periods.assign(value=value, rule=rule, flagged=rule.isin(FLAGGED))


def _note_clarified(periods: pd.DataFrame, ledger: Ledger) -> None:
    for coder in CODERS:
        old, new = periods[f"value_{coder}"], periods[f"clarified_{coder}"]
        for row in periods[(old != new).fillna(False).astype(bool)].to_dict("records"):
            is_consent = row["item"] == CONSENT_ITEM
            ledger.add(
                f"{row['iso3']} {row['item']} {row['start']} coder {coder}",
                "clarified_consent" if is_consent else "clarified_ceiling",
                row[f"value_{coder}"],
                row[f"clarified_{coder}"],
                "a clause that only requires consent to foreign forces is no limit"
                if is_consent
                else "totals of multi-year procurement programmes are no ceiling on spending",
            )


def _note_chosen(periods: pd.DataFrame, ledger: Ledger) -> None:
    for row in periods[periods["rule"] != "agreed"].to_dict("records"):
        codings = [
            f"{coder} {_shown(row[f'clarified_{coder}'])} ({row[f'confidence_{coder}']})"
            for coder in CODERS
        ]
        ledger.add(
            f"{row['iso3']} {row['item']} {row['start']}",
            row["rule"],
            ", ".join(codings),
            row["value"],
            REASONS[row["rule"]],
        )


def _shown(value: object) -> str:
    return "not established" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _joined_periods(periods: pd.DataFrame) -> pd.DataFrame:
    same = pd.Series(True, index=periods.index)
    for name in (*UNIT, "value", "rule"):
        before = periods[name].shift()
        same &= (periods[name] == before) | (periods[name].isna() & before.isna())
    runs = periods.groupby((~same).cumsum())
    first = runs[[*UNIT, "start", "value", "rule", "flagged"]].first()
    table = first.assign(end=runs["end"].last())
    columns = [*UNIT, "start", "end", "value", "rule", "flagged"]
    return table[columns].reset_index(drop=True)
