"""What the rows of added allies lack."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.description.missing import missing_by_ally
from underbalance.models.estimate import Plan
from underbalance.schemas.inference import ally_missing
from underbalance.specifications import Specification
from underbalance.tables import check_frame

ALLIES = [f"A{number:02}" for number in range(12)]
YEARS = range(1999, 2011)
PLAN = Plan("s", Group(label="all", members=tuple(ALLIES), years="all"), frozenset(ALLIES), 10, 0.9)
PANEL = Specification.model_validate(
    {
        "title": "title", "role": "primary", "outcome": "effort", "estimator": "panel",
        "years": (2000, 2010), "obstacles": ("political", "social"), "rivals": ("threat",),
        "products": [["political", "social"]],
    }
)  # fmt: skip
CODEBOOK = pd.DataFrame(
    [
        ("ally_year", "political", "Political obstacle"),
        ("ally_year", "social", "Social obstacle"),
        ("outcome.effort", "effort_growth", "Growth"),
    ],
    columns=["table", "name", "label"],
)


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Of the ally A00 the political obstacle is not known before 2003, and its growth of 2010."""
    draw = np.random.default_rng(20120717)
    keys = pd.MultiIndex.from_product([ALLIES, YEARS], names=["iso3", "year"]).to_frame(index=False)
    values = {name: draw.normal(size=len(keys)) for name in ("political", "social", "threat")}
    ally_year = keys.assign(is_ally=True, in_reference=True, **values)
    effort = keys.assign(is_ally=True, effort_growth=draw.normal(size=len(keys)), reversal=0)
    is_first = keys["iso3"] == "A00"
    ally_year.loc[is_first & (keys["year"] < 2003), "political"] = np.nan
    effort.loc[is_first & (keys["year"] == 2010), "effort_growth"] = np.nan
    return {"ally_year": ally_year, "effort": effort}


def found(tables: dict[str, pd.DataFrame], *allies: str) -> pd.DataFrame:
    return missing_by_ally({"effort": PANEL}, tables, PLAN, CODEBOOK, allies)


def test_rows_without_a_variable_are_counted_in_the_year_that_the_model_takes(tables):
    rows = check_frame(found(tables, "A00"), ally_missing(), "missing")
    # obstacles are of the year before: 2000 to 2003 take 1999 to 2002
    assert rows.set_index("variable")["missing"].to_dict() == {
        "effort_growth": 1, "political": 4, "social": 0, "threat": 0,
    }  # fmt: skip


def test_variables_have_the_labels_of_the_codebook_without_the_lag(tables):
    labels = found(tables, "A00").set_index("variable")["label"].to_dict()
    assert labels["political"] == "Political obstacle"
    assert labels["effort_growth"] == "Growth"
    assert labels["threat"] == "threat"


def test_only_the_allies_that_are_asked_about_are_told(tables):
    assert set(found(tables, "A00", "A01")["iso3"]) == {"A00", "A01"}
    assert found(tables, "EGY").empty


def test_a_model_that_the_data_cannot_carry_is_marked(tables):
    assert (found(tables, "A00")["estimated"] == 1).all()
    few = tables["effort"][tables["effort"]["iso3"] == "A00"]
    assert (found({**tables, "effort": few}, "A00")["estimated"] == 0).all()
