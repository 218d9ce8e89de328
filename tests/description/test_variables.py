"""Which variables are described, in which rows, before standardisation."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from underbalance.config import Coding, Group
from underbalance.description.variables import describe_variables, made_of, panels, sample_years
from underbalance.models.estimate import Plan
from underbalance.schemas import description as schemas
from underbalance.specifications import Specification
from underbalance.tables import check_frame

ALLIES = ["DEU", "JPN"]
PLAN = Plan(
    "core",
    Group.model_validate({"label": "all", "members": ALLIES, "years": "committed"}),
    frozenset(ALLIES),
    10,
    0.95,
)


def coding(*variables: str, transform: str = "z") -> Coding:
    return Coding.model_validate(
        {
            "label": f"Index of {variables[0]}",
            "concept": "political",
            "transform": transform,
            "aggregate": "mean",
            "min_components": 1,
            "components": [{"variable": name, "sign": 1} for name in variables],
        }
    )


CODINGS = {
    "political": coding("turnover_3y", "enpp"),
    "economic": coding("debt"),
    "legal": coding("legal_fiscal_rule"),
    "social": coding("economic", "legal"),
    "threat": coding("gpr"),
}


def spec(outcome: str, **changes: Any) -> Specification:
    given = {
        "title": outcome, "role": "primary", "outcome": outcome, "estimator": "panel",
        "years": [2001, 2003], "obstacles": ["political", "social"],
        "rivals": ["threat", "log_gdp"],
    }  # fmt: skip
    return Specification.model_validate(given | changes)


SPECS = {
    "effort": spec("effort"),
    "delivery": spec("delivery", estimator="grouped", controls=["log_deal_size"]),
}


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    keys = pd.MultiIndex.from_product([ALLIES, range(1999, 2005)], names=["iso3", "year"])
    years = keys.to_frame(index=False)
    names = ["political", "turnover_3y", "enpp", "social", "economic", "debt", "legal",
             "legal_fiscal_rule", "threat", "gpr", "log_gdp"]  # fmt: skip
    values = {name: range(place, place + len(years)) for place, name in enumerate(names)}
    ally_year = years.assign(**values, in_reference=True, is_ally=years["year"] != 2001)
    effort = years[["iso3", "year"]].assign(effort_growth=3.0, is_ally=years["year"] != 2001)
    effort.loc[effort["iso3"] == "DEU", "effort_growth"] = [1.0, 2.0, 4.0, 8.0, float("nan"), 32.0]
    spells = pd.DataFrame(
        {
            "deal_id": [1, 1, 1, 2],
            "iso3": ["JPN"] * 3 + ["DEU"],
            "year": [2001, 2002, 2003, 2001],
            "years_since_order": [0, 1, 2, 0],
            "delivered": [False, False, True, False],
            "log_deal_size": [2.0, 2.0, 2.0, None],
            "is_ally": True,
        }
    )
    return {"ally_year": ally_year, "effort": effort, "deal_spells": spells}


def described(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    found = describe_variables(SPECS, tables, CODINGS, PLAN)
    return check_frame(found, schemas.variables(), "variables").set_index(["panel", "variable"])


def test_an_index_is_followed_by_all_it_is_made_of():
    assert made_of("social", CODINGS) == [
        "social", "economic", "debt", "legal", "legal_fiscal_rule",
    ]  # fmt: skip


def test_an_obstacle_made_of_others_has_a_panel_for_each():
    assert panels(SPECS, CODINGS) == {
        "political": ["political", "turnover_3y", "enpp"],
        "economic": ["economic", "debt"],
        "legal": ["legal", "legal_fiscal_rule"],
        "social": ["social"],
        "rivals": ["threat", "gpr", "log_gdp"],
    }


def test_obstacles_are_of_the_sample_in_the_year_before_the_outcome(tables):
    rows = sample_years(SPECS, tables["ally_year"], PLAN)
    # models of 2001 to 2003 take values of 2000 to 2002; 2001 is not in the sample
    assert sorted(rows["year"].unique()) == [2000, 2002]
    found = described(tables).loc[("political", "enpp")]
    assert found["mean"] == rows["enpp"].mean()
    assert (found["n"], found["possible"]) == (4, 4)


def test_outcome_by_ally_year_is_missing_where_the_sample_has_no_value(tables):
    found = described(tables).loc[("outcomes", "effort_growth")]
    # 2002 and 2003 of two allies; Germany's 2003 is unknown
    assert (found["n"], found["possible"]) == (3, 4)
    assert found["mean"] == pytest.approx((8 + 3 + 3) / 3)


def test_a_case_counts_once_in_its_last_year(tables):
    found = described(tables)
    waited, event = (found.loc[("outcomes", n)] for n in ("years_since_order", "delivered"))
    assert (waited["n"], waited["mean"], waited["maximum"]) == (2, 1, 2)
    assert event["mean"] == 0.5
    size = found.loc[("controls", "log_deal_size")]
    assert (size["n"], size["share_missing"], size["role"]) == (1, 0.5, "control")
