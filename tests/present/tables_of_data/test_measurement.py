"""Alpha of the indices and correlations of the codings, by concept."""

from __future__ import annotations

import pandas as pd
from underbalance.config import Coding
from underbalance.present.tables_of_data.measurement import measurement_table


def coding(label: str, parts: int) -> Coding:
    return Coding.model_validate(
        {
            "label": label, "concept": "political", "transform": "z", "aggregate": "mean",
            "min_components": 1,
            "components": [{"variable": f"x{k}", "sign": 1} for k in range(parts)],
        }
    )  # fmt: skip


CODINGS = {
    "political": coding("Political obstacle", 4),
    "political_one": coding("Ministers who left", 1),
    "political_new": coding("Not measured", 2),
}


def test_alphas_and_correlations_stand_by_level():
    common = {"coding": "political", "ally_years": 870, "first_share": 0.3307}
    consistency = pd.DataFrame(
        [
            common | {"level": "overall", "alpha": 0.0864, "alpha_low": -0.236,
                      "alpha_high": 0.3632},
            common | {"level": "within", "alpha": None, "alpha_low": None, "alpha_high": None},
        ]
    )  # fmt: skip
    correlations = pd.DataFrame(
        [
            {"coding": "political_one", "level": "overall", "pearson": 0.2284, "ally_years": 935},
            {"coding": "political_one", "level": "within", "pearson": -0.001, "ally_years": 935},
        ]
    )
    table = measurement_table(consistency, correlations, CODINGS, 0.95, "Treaty allies")
    assert table.body == (
        ("Political obstacle",),
        (
            "Political obstacle", "4", "870", "0.09 [−0.24, 0.36]", "–", "33 %", "primary", "",
        ),
        ("Ministers who left", "1", "935", "–", "–", "–", "0.23", "0.00"),
    )  # fmt: skip
