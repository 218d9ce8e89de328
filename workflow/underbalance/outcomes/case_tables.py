"""The tables of the cases: governments, events, stage durations, reversals."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.config import Cases
from underbalance.outcomes.camps import governments
from underbalance.outcomes.missile_defence import (
    case_events,
    reversals,
    reversals_by_year,
    stage_durations,
)


def case_tables(
    facts: Mapping[str, pd.DataFrame],
    spells: pd.DataFrame,
    cases: Cases,
    years: tuple[int, int],
    apart: frozenset[str] = frozenset(),
) -> dict[str, pd.DataFrame]:
    """Return the tables of :data:`underbalance.schemas.cases.CASE_TABLES` by name.

    Parameters
    ----------
    facts : missile_defence_events, cabinets and leader_ideology.
    spells : the processed table leader_spells.
    years : first and last year of the events; what is not reached by the last day of the
        last one is censored.
    apart : allies that only extensions list.
    """
    periods = governments(spells, facts["cabinets"], facts["leader_ideology"], years, apart)
    events = case_events(facts["missile_defence_events"], cases, periods)
    return {
        "governments": _dates_as_text(periods[periods["iso3"].isin(events["iso3"])]),
        "events": _dates_as_text(events),
        "stage_durations": stage_durations(events, cases, f"{years[1]}-12-31"),
        "reversals": reversals(events, periods),
        "reversals_by_year": reversals_by_year(events, years),
    }


def _dates_as_text(table: pd.DataFrame) -> pd.DataFrame:
    dated = table.select_dtypes("datetime").columns
    return table.assign(**{name: table[name].dt.strftime("%Y-%m-%d") for name in dated})
