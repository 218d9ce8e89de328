"""Shares of the fit by region; regions without an estimate are told in the notes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from underbalance.present.tables_of_results.weights_table import weights_table

REGIONS = {"core": "All allies", "asia_pacific": "Asia-Pacific"}
SHARES = {"political": 0.852, "economic": 0.0801, "legal": 0.0684}


def rows(spec_id: str, **more: Any) -> list[dict[str, Any]]:
    known = {
        "region": "core", "group": "slowness", "spec_id": spec_id, "share_low": 0.0991,
        "share_high": 0.5, "joint_p": 0.0004, "n_clusters": 33, "note": "",
    }  # fmt: skip
    return [known | {"obstacle": name, "share": share} | more for name, share in SHARES.items()]


def test_shares_are_those_of_the_tidy_result(specs, codebook):
    silent = {
        "region": "asia_pacific", "group": "slowness", "spec_id": "delivery", "share": None,
        "note": "not estimated: too few clusters: 5 < 10",
    }  # fmt: skip
    weights = pd.DataFrame(
        [
            *rows("delivery"),
            *rows("pledge", note="descriptive: n events < 30"),
            *rows("mean", joint_p=None, n_clusters=None),
            silent,
        ]
    )
    table = weights_table(weights, specs, REGIONS, codebook, 0.95)
    assert table.header == ("", "Political", "Economic", "Legal", "Joint p", "Allies")
    own = table.body[table.body.index(("All allies: outcomes of pace",)) :]
    assert own[1:] == (
        ("Delivery", "85 %", "8 %", "7 %", "< 0.001", "33"),
        ("Pledge†", "85 %", "8 %", "7 %", "< 0.001", "33"),
        ("Mean", "85 %", "8 %", "7 %", "", ""),
        ("", "[10, 50]", "[10, 50]", "[10, 50]", "", ""),
    )
    assert (
        "Not estimated (Asia-Pacific, without a panel): delivery: too few clusters: 5 < 10."
        in table.notes
    )


def test_without_any_estimate_the_models_are_listed_as_not_estimated(specs, codebook):
    weights = pd.DataFrame(rows("delivery", share=None, note="not estimated: no rows in the data"))
    table = weights_table(weights.assign(obstacle=""), specs, REGIONS, codebook, 0.95)
    assert ("Delivery", "not estimated", "", "", "", "") in table.body
    assert "Not estimated (All allies): delivery: no rows in the data." in table.notes
