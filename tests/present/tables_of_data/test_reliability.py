"""Agreement of the coders: before and after side by side."""

from __future__ import annotations

import pandas as pd
from underbalance.present.tables_of_data.reliability import reliability_table

CODEBOOK = pd.DataFrame(
    [("ally_year", "legal_basing_nuclear_space", "Limits on bases", "code")],
    columns=["table", "name", "label", "unit"],
)


def test_numbers_are_those_of_alpha_and_undefined_is_said():
    common = {"item": "basing_nuclear_space_limits", "ally_years": 1363, "allies": 39}
    alpha = pd.DataFrame(
        [
            common | {"stage": "before", "alpha": 0.7933, "ci_low": 0.6017, "ci_high": 0.9149,
                      "percent_agreement": 80.264},
            common | {"stage": "after", "alpha": None, "ci_low": None, "ci_high": None,
                      "percent_agreement": 100.0},
        ]
    )  # fmt: skip
    table = reliability_table(alpha, CODEBOOK, 0.95)
    assert table.body == (
        (
            "Limits on bases", "39", "1,363", "80.3", "0.79 [0.60, 0.91]", "100.0",
            "not defined",
        ),
    )  # fmt: skip
    assert any("95 % interval" in note for note in table.notes)
