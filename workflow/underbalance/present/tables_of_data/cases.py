"""Tables of the missile-defence cases: allies, stages of programmes, types by decade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from underbalance.places import in_run
from underbalance.present.table import Table
from underbalance.present.wording import decimal, quantile_words, whole
from underbalance.schemas.case_codes import ALL, CENSORED, EARLIER, REACHED, STEPS

FIRST, ORDERED, LAST = "commitment", "contract", "operational"
NONE = "–"
UNKNOWN = "not known"


def cases_table(
    stages: pd.DataFrame, reversals: pd.DataFrame, order: Sequence[str], allies: Mapping[str, str]
) -> Table:
    """Return a row for each case: programmes, how far they came, and steps back.

    Parameters
    ----------
    stages, reversals : stage_durations and reversals of results/cases.
    order : iso3 of the cases, in the order shown.
    allies : their names, by iso3.
    """
    totals = reversals[reversals["camp"] == ALL].set_index("iso3").to_dict("index")
    return Table(
        name="cases",
        title="Missile-defence cases: stages reached, time taken and steps back",
        header=(
            "",
            "Programmes",
            "Contract",
            "Years to contract",
            "Operational",
            "Years to operation",
            "Events",
            "Steps back",
            "Back per year",
            "Changes per year",
        ),
        body=tuple(
            _case(allies.get(iso3, iso3), stages[stages["iso3"] == iso3], totals[iso3])
            for iso3 in order
            if iso3 in totals
        ),
        summary=(),
        notes=(
            "Contract, operational: programmes with that stage on record.",
            "Years to contract, to operation: median from the first sign of commitment, over the "
            "programmes (their number in parentheses) of which both are on record.",
            "Steps back: events against taking part. Changes: of direction, in order of events.",
            "Programmes still under way have no time yet, so that these medians are of those that "
            "came so far, not of all.",
            _source(),
        ),
        label_width=0.15,
    )


def stages_table(stages: pd.DataFrame, order: Sequence[str], allies: Mapping[str, str]) -> Table:
    """Return a row for each programme of the given cases and a column for each stage.

    Parameters
    ----------
    stages : stage_durations of results/cases.
    order, allies : as in :func:`cases_table`.
    """
    body: list[tuple[str, ...]] = []
    for iso3 in order:
        own = stages[stages["iso3"] == iso3]
        if len(own):
            body += [(allies.get(iso3, iso3),), *_lines(own)]
    return Table(
        name="case_stages",
        title="Stages of the missile-defence programmes in the cases of Yoo (2012)",
        header=("", *(step.capitalize() for step in STEPS)),
        body=tuple(body),
        summary=(),
        notes=(
            "Year in which a stage was reached; in parentheses the years since the stage before "
            "on record.",
            "None yet: not on record by the end of the file. Earlier: a later stage came first. "
            f"{NONE}: not recorded, though a later stage is.",
            _source(),
        ),
        label_width=0.25,
    )


def types_table(
    predicted: pd.DataFrame,
    observed: pd.DataFrame,
    order: Sequence[str],
    allies: Mapping[str, str],
    quantile: float,
) -> Table:
    """Return a row for each case and a column for each decade: predicted against observed type.

    Parameters
    ----------
    predicted, observed : the processed tables of types by ally and decade.
    order, allies : as in :func:`cases_table`; cases outside the sample have no type.
    quantile : above which an obstacle is high.
    """
    cut = predicted[predicted["quantile"] == quantile]
    foreseen = cut.set_index(["iso3", "decade_start"])["predicted_type"].to_dict()
    seen = observed.set_index(["iso3", "decade_start"])["observed_type"].to_dict()
    decades = sorted({*cut["decade_start"], *observed["decade_start"]})
    listed = [iso3 for iso3 in order if any((iso3, d) in {**foreseen, **seen} for d in decades)]
    return Table(
        name="case_types",
        title="Predicted and observed type of the cases, by decade",
        header=("", "", *(f"{decade}s" for decade in decades)),
        body=tuple(
            (name, what, *(_type(types, iso3, decade) for decade in decades))
            for iso3 in listed
            for name, what, types in (
                (allies.get(iso3, iso3), "predicted", foreseen),
                ("", "observed", seen),
            )
        ),
        summary=(),
        notes=(
            "Predicted by the obstacles; observed in all outcomes of the ally, not only in missile "
            "defence.",
            f"High obstacle: above the {quantile_words(quantile)} of the reference sample. Slow "
            "and inconsistent: observed both, without a loss; the prediction for both is failing.",
            f"{NONE}: no type, as an index or outcomes are not known. Cases outside the sample are "
            "left out.",
            f"Source: {in_run('data/processed/predicted_types.csv')}, observed_types.csv.",
        ),
        label_width=0.14,
    )


def _case(name: str, stages: pd.DataFrame, total: Mapping[Any, Any]) -> tuple[str, ...]:
    reached = stages[stages["status"] == REACHED]
    counts = reached.groupby("stage").size()
    return (
        name,
        whole(stages["line"].nunique()),
        whole(counts.get(ORDERED, 0)),
        _median(reached, ORDERED),
        whole(counts.get(LAST, 0)),
        _median(reached, LAST),
        whole(total["events"]),
        whole(total["back"]),
        decimal(total["back_per_year"], 2),
        decimal(total["changes_per_year"], 2),
    )


def _median(reached: pd.DataFrame, stage: str) -> str:
    waited = reached.loc[reached["stage"] == stage, "years_since_commitment"].dropna()
    return f"{decimal(waited.median(), 1)} ({len(waited)})" if len(waited) else NONE


def _lines(stages: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for line, own in stages.groupby("line", sort=False):
        by_stage = {row["stage"]: _stage(row) for row in own.to_dict("records")}
        yield (str(line), *(by_stage.get(step, "") for step in STEPS))


def _stage(row: Mapping[Any, Any]) -> str:
    match row["status"]:
        case status if status == REACHED:
            waited = "" if pd.isna(row["years"]) else f" ({decimal(row['years'], 1)})"
            return f"{str(row['date'])[:4]}{waited}"
        case status if status == CENSORED:
            return "none yet"
        case status if status == EARLIER:
            return "earlier"
    return NONE


def _type(types: Mapping[Any, str], iso3: str, decade: int) -> str:
    """Return a type in words; nothing for a decade in which the ally has no row."""
    if (iso3, decade) not in types:
        return ""
    return types[iso3, decade].replace("slow_inconsistent", "slow and inconsistent") or NONE


def _source() -> str:
    return f"Source: {in_run('results/cases')}, from data/raw/missile_defence_events.csv."
