"""Effects stand by group, then their mean, then the contrast."""

from __future__ import annotations

from typing import Any

import pandas as pd
from underbalance.present.tables_of_results.contrasts import contrasts_table


def effect(group: str, spec_id: str, value: float | None, **more: Any) -> dict[str, Any]:
    row = {"term": "social_lag1", "group": group, "spec_id": spec_id, "effect": value}
    numbers = {"std_error": 0.0571, "ci_low": -0.0166, "ci_high": 0.204, "p_value": 0.106}
    return row | numbers | {"note": ""} | more


def test_numbers_are_those_of_effects_and_contrasts(specs, codebook):
    effects = pd.DataFrame(
        [
            effect("inconsistency", "effort", 0.0073),
            effect("slowness", "delivery", 0.1098),
            effect("inconsistency", "mean", 0.1181),
            effect("slowness", "mean", 0.1045),
            effect("slowness", "pledge", None, term="", note="descriptive: n events < 30"),
        ]
    )
    contrast = effect("", "", -0.0137) | {
        "hypothesis": "H3", "more": "slowness", "less": "inconsistency", "draws": 2000,
    }  # fmt: skip
    table = contrasts_table(pd.DataFrame([contrast]), effects, specs, codebook, 0.95, "All allies")
    assert [(row[0], *row[1:2]) for row in table.body] == [
        ("H3: Social obstacle",),
        ("Slowness: delivery", "0.110"),
        ("Mean of slowness", "0.104"),
        ("Inconsistency: effort", "0.007"),
        ("Mean of inconsistency", "0.118"),
        ("Contrast: slowness minus inconsistency", "−0.014"),
    ]
    assert table.body[1][2:] == ("[−0.017, 0.204]", "0.057", "0.106")
    assert "Left out: pledge (descriptive: n events < 30)." in table.notes
    assert any("2,000 draws" in note for note in table.notes)


def test_contrasts_that_were_not_estimated_say_why(specs, codebook):
    why = "not estimated: too few clusters: 5 < 10"
    contrast = effect("", "", None, note=why) | {
        "hypothesis": "H3", "more": "slowness", "less": "inconsistency", "draws": None,
    }  # fmt: skip
    empty = pd.DataFrame(columns=["term", "group", "spec_id", "effect", "note"])
    table = contrasts_table(pd.DataFrame([contrast]), empty, specs, codebook, 0.95, "All allies")
    assert table.body[-1] == ("Contrast: slowness minus inconsistency", why, "", "", "")
