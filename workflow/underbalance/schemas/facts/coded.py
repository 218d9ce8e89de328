"""Facts tables coded by hand by this project, by the rules of the folder ``coding``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import pandas as pd
import pandera.pandas as pa

from underbalance.schemas.columns import (
    code,
    is_possible_date,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    table,
    text,
)
from underbalance.schemas.facts.periods import (
    first_period_begins,
    last_period_ends,
    no_gap,
    no_overlap,
    not_before_independence,
)

CODERS = ("a", "b")
CONFIDENCE = ("low", "medium", "high")
HIGHEST_CODE = {
    "arms_transfer_limits": 2,
    "basing_nuclear_space_limits": 2,
    "defence_spending_ceiling": 1,
    "deployment_veto": 2,
    "fiscal_rule": 2,
    "force_limits": 2,
}
FIRST_DAY, LAST_DAY = "1990-01-01", "2025-12-31"
ONE_CODING = ["coder", "iso3", "item"]

STAGES = (
    "agreement",
    "budget",
    "contract",
    "decision",
    "delivery",
    "integration",
    "interest",
    "operational",
    "review",
    "study",
    "test",
)
DATE_FORMS = {"day": r"\d{4}-\d{2}-\d{2}", "month": r"\d{4}-\d{2}", "year": r"\d{4}"}
EVENT_YEARS = ("1983", "2025")
OBSTACLES = ("political", "economic", "legal")
STRENGTHS = ("none", "minor", "major")
TYPES = ("effective", "inconsistent", "slow", "failing")


def legal_constraints() -> pa.DataFrameSchema:
    """Legal limits on cooperation, by coder, ally, item and period of constant value."""
    return table(
        {
            "iso3": iso3(),
            "item": code(tuple(HIGHEST_CODE)),
            "coder": code(CODERS),
            "value": number(0, 2, whole=True),
            "start": iso_date(),
            "end": iso_date(),
            "basis": text(empty=False),
            "source": text(empty=False),
            "confidence": code(CONFIDENCE),
            "note": text(),
        },
        ["iso3", "item", "coder", "start"],
        not_reversed("start", "end"),
        _value_is_of_the_item(),
        first_period_begins(FIRST_DAY, ONE_CODING),
        no_overlap(ONE_CODING),
        no_gap(ONE_CODING),
        last_period_ends(LAST_DAY, ONE_CODING),
        *(_coder_is_there(coder) for coder in CODERS),
        *(_item_is_coded(item) for item in HIGHEST_CODE),
    )


def _value_is_of_the_item() -> pa.Check:
    def holds(rows: pd.DataFrame) -> pd.Series:
        return (rows["value"] <= rows["item"].map(HIGHEST_CODE)).fillna(True).astype(bool)

    error = "value must be a code of the item|0 or 1 for defence_spending_ceiling, else 0 to 2"
    return pa.Check(holds, error=f"{error}|correct the value or the item")


def _coder_is_there(coder: str) -> pa.Check:
    """Tell a coder who is missing once for an ally, at its first row."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        coded = rows["iso3"].isin(rows.loc[rows["coder"] == coder, "iso3"])
        return coded | rows.duplicated("iso3")

    return pa.Check(
        holds,
        error=f"coder {coder} is missing: an ally must be coded by both"
        f"|rows of coders {' and '.join(CODERS)}"
        f"|add the coding of coder {coder}, of each item; until there is one, keep the rows of "
        "the other elsewhere",
    )


def _item_is_coded(item: str) -> pa.Check:
    """Tell an item that a coder left out once for an ally, at the coder's first row."""

    def holds(rows: pd.DataFrame) -> pd.Series:
        coding = pd.MultiIndex.from_frame(rows[["iso3", "coder"]])
        coded = pd.Series(coding.isin(coding[rows["item"] == item]), index=rows.index)
        return coded | ~rows["coder"].isin(CODERS) | rows.duplicated(["iso3", "coder"])

    return pa.Check(
        holds,
        error=f"coder must code every item of an ally, and {item} is missing"
        f"|{', '.join(HIGHEST_CODE)}"
        f"|add rows of {item} by this coder; an empty value says that it could not be established",
    )


def missile_defence_events() -> pa.DataFrameSchema:
    """Public events of missile-defence cooperation."""
    return table(
        {
            "iso3": iso3(),
            "date": _event_date(),
            "date_precision": code(tuple(DATE_FORMS)),
            "programme": text(empty=False),
            "stage": code(STAGES),
            "direction": number(-1, 1, nullable=False, whole=True),
            "partner": text(empty=False),
            "head_of_government": text(),
            "obstacle": _joined((*OBSTACLES, "external"), alone=("none", "unknown")),
            "obstacle_basis": text(),
            "summary": text(empty=False),
            "source": text(empty=False),
            "in_seed": logical(),
            "confidence": code(CONFIDENCE),
        },
        ["iso3", "date", "programme", "stage"],
        _date_is_as_precise_as_said(),
        not_before_independence("date"),
    )


def _event_date() -> pa.Column:
    first, last = EVENT_YEARS

    def possible(dates: pd.Series) -> pd.Series:
        monthly = dates.where(dates.str.len() != len("YYYY"), dates + "-01")
        return is_possible_date(monthly, month=True) & dates.str[:4].between(first, last)

    error = f"must be a date that exists|YYYY, YYYY-MM or YYYY-MM-DD in {first} to {last}"
    return pa.Column("str", pa.Check(possible, error=f"{error}|correct the date"))


def _date_is_as_precise_as_said() -> pa.Check:
    def holds(rows: pd.DataFrame) -> pd.Series:
        forms = rows["date_precision"].map(DATE_FORMS)
        fits = [
            re.fullmatch(str(form), date) is not None
            for date, form in zip(rows["date"], forms, strict=True)
        ]
        return pd.Series(fits, index=rows.index, dtype=bool) | forms.isna()

    error = "date must be as precise as date_precision says"
    return pa.Check(
        holds, error=f"{error}|day YYYY-MM-DD, month YYYY-MM, year YYYY|correct one of the two"
    )


def seed_claims() -> pa.DataFrameSchema:
    """Testable claims of Yoo (2012) about Japan and South Korea."""
    return table(
        {
            "claim_id": text(empty=False),
            "iso3": iso3(),
            "period_start": iso_date(),
            "period_end": iso_date(),
            "obstacle": _joined(OBSTACLES),
            "strength": code(STRENGTHS),
            "predicted_type": code(TYPES),
            "observed_type_in_seed": _joined(TYPES, alone=("",)),
            "claim": text(empty=False),
            "seed_section": text(empty=False),
        },
        ["claim_id"],
        not_reversed("period_start", "period_end"),
        not_before_independence("period_start"),
        _in_the_years_of_the_events("period_start"),
        _in_the_years_of_the_events("period_end"),
        _prediction_follows_table_1(),
    )


def _in_the_years_of_the_events(column: str) -> pa.Check:
    """Demand that a claim is of years in which events are coded: it is held against them."""
    first, last = EVENT_YEARS

    def holds(rows: pd.DataFrame) -> pd.Series:
        return rows[column].str[:4].between(first, last)

    error = f"{column} must lie in the years of the table missile_defence_events"
    return pa.Check(holds, error=f"{error}|a day in {first} to {last}|correct {column}")


def _prediction_follows_table_1() -> pa.Check:
    def holds(rows: pd.DataFrame) -> pd.Series:
        pairs = zip(rows["obstacle"], rows["strength"], strict=True)
        predicted = [predicted_type(obstacle, strength) for obstacle, strength in pairs]
        return rows["predicted_type"] == pd.Series(predicted, index=rows.index, dtype="str")

    error = "predicted_type must follow from obstacle and strength"
    allowed = "effective unless major; political inconsistent, economic or legal slow, both failing"
    return pa.Check(holds, error=f"{error}|{allowed}|correct one of the three")


def predicted_type(obstacle: str, strength: str) -> str:
    """Return what Table 1 of Yoo (2012) predicts from obstacles joined by ``+``."""
    if strength != "major":
        return "effective"
    political = "political" in obstacle.split("+")
    social = bool({"economic", "legal"} & set(obstacle.split("+")))
    if political and social:
        return "failing"
    return "inconsistent" if political else "slow"


def _joined(codes: Collection[str], alone: Collection[str] = ()) -> pa.Column:
    """Return a column of codes joined by ``+``, or one of those that stand alone."""

    def known(cells: pd.Series) -> pd.Series:
        parts = cells.str.split("+")
        return cells.isin(list(alone)) | parts.map(
            lambda found: set(found) <= set(codes) and len(found) == len(set(found))
        )

    shown = ", ".join([*codes, *(one or "(empty)" for one in alone)])
    error = f"must be known codes, joined by + when more than one|{shown}|correct it"
    return pa.Column("str", pa.Check(known, error=error))


TABLES: dict[str, Callable[[], pa.DataFrameSchema]] = {
    "legal_constraints": legal_constraints,
    "missile_defence_events": missile_defence_events,
    "seed_claims": seed_claims,
}
