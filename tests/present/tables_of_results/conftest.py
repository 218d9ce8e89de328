"""Specifications, a codebook and small results with known numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from underbalance.models.tidy import TIDY_COLUMNS
from underbalance.specifications import Specification

TEST = {"hypothesis": "H3", "term": "social", "sign": "-"}
NOT_ESTIMATED = (
    "not estimated: 'delivered' is predicted perfectly by 'threat_lag1' and the constant"
)


def specification(**changes: Any) -> Specification:
    given = {
        "title": "Years to delivery", "role": "primary", "outcome": "delivery",
        "estimator": "grouped", "years": [1991, 2021], "obstacles": ["political", "social"],
        "rivals": ["threat"], "tests": [TEST],
    }  # fmt: skip
    return Specification.model_validate(given | changes)


@pytest.fixture
def specs() -> dict[str, Specification]:
    """Two primary models of H3, others beside one of them, and one of H2."""
    apart = [TEST | {"term": "economic"}, TEST | {"term": "legal"}]
    return {
        "delivery": specification(),
        "pledge": specification(title="Years to the pledge", outcome="pledge"),
        "effort": specification(
            title="Variance of growth",
            outcome="effort",
            estimator="variance",
            tests=[{"hypothesis": "H2", "term": "political", "sign": "+"}],
        ),
        "delivery_low_low": specification(
            low_low=True,
            title="Years to delivery, low obstacles",
            tests=[{"hypothesis": "H1", "term": "low_low", "sign": "+"}],
        ),
        "delivery_apart": specification(
            title="Years to delivery, economy and law apart",
            role="beside",
            obstacles=["political", "economic", "legal"],
            tests=apart,
        ),
        "delivery_no_threat": specification(
            title="Years to delivery, without threat", role="beside", rivals=[]
        ),
        "delivery_any_size": specification(
            title="Years to delivery, deals of unknown size included", role="beside"
        ),
    }


@pytest.fixture
def codebook() -> pd.DataFrame:
    labels = {
        "political": "Political obstacle",
        "social": "Social obstacle",
        "economic": "Economic obstacle",
        "legal": "Legal obstacle",
        "threat": "Threat",
        "log_gdp": "Log GDP",
    }
    rows = [("ally_year", name, label, "z") for name, label in labels.items()]
    rows.append(("deal_spells", "delivered", "First delivery in the year", "0/1"))
    return pd.DataFrame(rows, columns=["table", "name", "label", "unit"])


def tidy_row(spec_id: str, term: str, estimate: float | None, **more: Any) -> dict[str, Any]:
    numbers = {
        "estimate": estimate,
        "std_error": 0.05,
        "p_value": 0.02,
        "p_method": "t(33)",
        "note": "",
    }
    return dict.fromkeys(TIDY_COLUMNS) | {"spec_id": spec_id, "term": term} | numbers | more


@pytest.fixture
def estimates() -> pd.DataFrame:
    return pd.DataFrame(
        [
            tidy_row("delivery", "social_lag1", -0.14149, p_value=0.0281),
            tidy_row("pledge", "social_lag1", 0.274, note="descriptive: n events < 30"),
            tidy_row("delivery_apart", "economic_lag1", -0.001),
            tidy_row("delivery_apart", "legal_lag1", -0.231, p_value=None),
            tidy_row("delivery_no_threat", "social_lag1", -0.134),
            tidy_row("delivery_any_size", "", None, std_error=None, note=NOT_ESTIMATED),
            tidy_row("effort", "political_lag1", 0.184),
        ]
    )


@pytest.fixture
def sensitivity() -> dict[str, pd.DataFrame]:
    """Tables of results/sensitivity for the two models of H3."""

    def rows(*found: dict[str, Any]) -> pd.DataFrame:
        common = {"hypothesis": "H3", "term": "social_lag1", "note": ""}
        return pd.DataFrame([common | row for row in found])

    left_out = [("THA", -0.191, 0.001), ("GBR", -0.118, 0.028), ("KOR", -0.15, 0.3)]
    return {
        "leave_one_out": rows(
            *(
                {"spec_id": "delivery", "left_out": ally, "estimate": b, "p_value": p}
                for ally, b, p in left_out
            ),
            {"spec_id": "pledge", "left_out": "ALB", "estimate": None, "p_value": None},
        ),
        "specification_curve_summary": rows(
            {
                "spec_id": "delivery",
                "specifications": 23,
                "n_counted": 21,
                "share_predicted_sign": 20 / 21,
                "share_significant": 12 / 21,
                "share_predicted_and_significant": 11 / 21,
                "median_effect": 0.1094,
            },
        ),
        "placebo": rows(
            {"spec_id": "delivery", "model": "lag", "estimate": 9, "std_error": 9, "p_value": 0.9},
            {
                "spec_id": "delivery",
                "model": "lead",
                "estimate": -0.1071,
                "std_error": 0.049,
                "p_value": 0.109,
            },
        ),
        "robustness_value": rows(
            {
                "spec_id": "delivery",
                "rv": None,
                "rv_alpha": None,
                "e_value": 1.439,
                "e_value_limit": 1.208,
            },
        ),
        "power": rows({"spec_id": "delivery", "detectable_effect": 0.1459}),
    }
