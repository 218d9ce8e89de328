"""A made-up project of few allies; its lists, codings and codebook are those of the project."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Index
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.ally.by_year import OBSTACLES
from underbalance.present.ally.happened import Span
from underbalance.present.ally.in_models import ModelTables
from underbalance.present.ally.page import Shared
from underbalance.present.site.frame import Site

SPAN = Span(1990, 2000)
RAW = {
    "alliance": ["iso3", "commitment", "start", "end"],
    "missile_defence_events": ["iso3", "date", "programme", "stage", "direction", "summary"],
    "agreements": ["iso3", "with_usa", "signed", "entered_into_force", "category"],
    "notifications": ["iso3", "date", "system"],
    "cabinets": ["iso3", "start", "cabinet", "caretaker"],
    "elections": ["iso3", "date", "source"],
}
DEAL = ["designation", "description", "number_ordered", "number_delivered", "exclusion"]
DEAL += ["deal_id", "iso3", "order_year", "order_year_uncertain"]
MADE = {
    "leader_spells": ["iso3", "spell", "leader", "start", "end", "interim", "party"],
    "deals": [*DEAL, "first_delivery_year", "last_delivery_year"],
    "typology": ["iso3", "year", "quantile", "type", "is_ally"],
    "observed_types": ["iso3", "decade_start", "observed_type"],
}


@pytest.fixture
def facts(project) -> Callable[..., Facts]:
    """Return a function that makes facts of rows by table, the tables it is not given empty.

    ``years`` are rows of ally_year: by default Japan in 1990 and 1991, with every obstacle 1.
    """

    def make(years=None, **tables):
        outcomes = {f"outcomes/{name}": ["iso3", "year", "is_ally"] for name in OUTCOMES}
        columns = {f"data/raw/{name}.csv": names for name, names in RAW.items()}
        columns |= {f"data/processed/{n}.csv": names for n, names in (MADE | outcomes).items()}
        given = {path: tables.get(Path(path).stem, []) for path in columns}
        frames = {
            Path(path): pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns[path])
            for path, rows in given.items()
        }
        made = Facts(_frames=frames)
        vars(made)["ally_year"] = pd.DataFrame(years or [ally_year(1990), ally_year(1991)])
        return made

    return make


@pytest.fixture
def shared(tmp_path) -> Shared:
    """What pages share, with a folder of their own."""
    tables = ModelTables(Index(pd.DataFrame(columns=["iso3"])), Index(pd.DataFrame()), {})
    return Shared(Site(tmp_path, "A sample"), SPAN, tables, frozenset({"JPN"}))


def ally_year(year, iso3="JPN", committed=1, **values):
    """Return a row of ally_year in the reference sample."""
    row = {"iso3": iso3, "year": year, "is_ally": committed, "in_reference": 1}
    return row | dict.fromkeys(OBSTACLES, 1.0) | values
