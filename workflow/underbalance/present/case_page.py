"""The page of a case: its figure, stages, setbacks, obstacles and events; and the index."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from underbalance.present.site.frame import Site
from underbalance.present.wording import decimal
from underbalance.schemas.case_codes import ALL, CENSORED, REACHED, STEPS

MARKS = {1: "▲", -1: "▼", 0: "●"}


@dataclass(frozen=True)
class CasePage:
    """What the page of one case shows, beside its figure.

    Parameters
    ----------
    iso3, name : the ally.
    years : first and last year.
    stages, camps, events : its rows of stage_durations, reversals and events (results/cases).
    top_years : label and years of each obstacle.
    deals : its orders of missile-defence systems
        (:func:`underbalance.present.case_layout.case_deals`).
    claims, expectations : its rows of these tables of results/cases, none for most.
    size : width and height of its figure.
    is_member : whether the ally has a page of its own.
    """

    iso3: str
    name: str
    years: tuple[int, int]
    stages: pd.DataFrame
    camps: pd.DataFrame
    events: pd.DataFrame
    top_years: Mapping[str, str]
    deals: pd.DataFrame
    claims: pd.DataFrame
    expectations: pd.DataFrame
    size: tuple[int, int]
    is_member: bool


def write_case_page(case: CasePage, sources: Sequence[str], site: Site) -> None:
    """Write the page of a case; its figure is the PNG beside it."""
    once = case.events.drop_duplicates("event").sort_values("event")
    site.write(
        "case.html",
        f"cases/{case.iso3}.html",
        title=f"{case.name}: missile defence",
        size=case.size,
        is_member=case.is_member,
        iso3=case.iso3,
        name=case.name,
        years=case.years,
        total=_total(case.camps),
        claims=case.claims.to_dict("records"),
        expectations=expectation_rows(case.expectations),
        deals=[_deal_row(row) for row in case.deals.to_dict("records")],
        steps=list(STEPS),
        stages=stage_rows(case.stages),
        camps=[_camp_row(row) for row in case.camps.to_dict("records")],
        top_years=list(case.top_years.items()),
        events=once.assign(mark=once["direction"].map(MARKS)).to_dict("records"),
        sources=sources,
    )


def write_case_index(pages: Sequence[CasePage], least: int, site: Site) -> None:
    """Write the index: a line for each case, in the order given."""
    rows = []
    for case in pages:
        total = _total(case.camps)
        fielded = case.stages[
            (case.stages["stage"] == "operational") & (case.stages["status"] == REACHED)
        ]
        row: dict[str, Any] = {
            "iso3": case.iso3,
            "name": case.name,
            "lines": case.stages["line"].nunique(),
        }
        row |= {name: total[name] for name in ("events", "forward", "back")}
        changes = total["back_after_forward"] + total["forward_after_back"]
        rows.append(row | {"changes": changes, "fielded": len(fielded)})
    title = "Cases: missile defence"
    site.write("cases.html", "cases/index.html", title=title, rows=rows, least=least)


def stage_rows(stages: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each line of programmes with one cell for each stage."""
    rows: list[dict[str, Any]] = []
    for line, own in stages.groupby("line", sort=False):
        by_stage = {str(row["stage"]): _cell(row) for row in own.to_dict("records")}
        # of several stages still to come only the first waits for the one before it
        censored = own.loc[own["status"] == CENSORED, "setbacks"].head(1)
        setbacks = own.loc[own["status"] == REACHED, "setbacks"].sum() + censored.sum()
        cells = [by_stage[step] for step in STEPS]
        rows.append({"line": line, "cells": cells, "setbacks": int(setbacks)})
    return rows


def expectation_rows(expectations: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each expectation: the years that meet it, and why others do not."""
    rows = []
    for label, own in expectations.groupby("label", sort=False):
        met = own[own["met"] == "1"]
        others = own[own["met"] != "1"].to_dict("records")
        rows.append(
            {
                "label": label,
                "met": f"{len(met)} of {len(own)} years",
                "others": [f"{row['year']}: {row['why']}" for row in others],
            }
        )
    return rows


def _deal_row(row: Mapping[Hashable, Any]) -> dict[str, str]:
    """Return an order in words; the register knows years only."""
    years = {name: row[name] for name in ("order_year", "first", "last")}
    shown = {name: "–" if pd.isna(y) else str(int(y)) for name, y in years.items()}
    waited = row["first"] - row["order_year"]
    shown["waited"] = "none yet" if pd.isna(waited) else str(int(waited))
    return shown | {"designation": str(row["designation"])}


def _cell(row: Mapping[Hashable, Any]) -> str:
    years = row["years"] if pd.notna(row["years"]) else None
    match row["status"]:
        case "reached":
            return str(row["date"]) + (f" {_waited(row, years)}" if years is not None else "")
        case "censored":
            return "none on record"
        case "earlier":
            return "earlier"
    return "–"


def _waited(row: Mapping[Hashable, Any], years: float) -> str:
    low, high = (decimal(row[name], 1) for name in ("years_low", "years_high"))
    span = "" if low == high else f" [{low}–{high}]"
    return f"+{decimal(years, 1)}{span}"


def _total(camps: pd.DataFrame) -> dict[str, int]:
    row = camps[camps["camp"] == ALL].iloc[0]
    names = ("events", "forward", "back", "back_after_forward", "forward_after_back", "uncertain")
    return {name: int(row[name]) for name in names}


def _camp_row(row: dict[Hashable, Any]) -> dict[Hashable, Any]:
    rates: dict[Hashable, Any] = {
        name: decimal(row[name], places)
        for name, places in (("years", 1), ("back_per_year", 2), ("changes_per_year", 2))
    }
    camp = row["camp"].replace("_", " ")
    heads = "" if row["camp"] == ALL else row["heads"]
    return row | rates | {"camp": camp, "heads": heads}
