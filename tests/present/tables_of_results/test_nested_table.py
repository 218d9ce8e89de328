"""What obstacles add and what rivals add, side by side."""

from __future__ import annotations

import pandas as pd
from underbalance.present.tables_of_results.nested_table import nested_table


def test_both_comparisons_of_a_model_are_one_row(specs, codebook):
    known = {"spec_id": "delivery", "lr": 9.3, "n_clusters": 33, "note": ""}
    nested = pd.DataFrame(
        [
            known | {"comparison": "obstacles given rivals", "wald_f": 7.354, "wald_p": 0.0024,
                     "aic_without": 105.25, "aic_with": 100.0, "predicts_better": "yes"},
            known | {"comparison": "rivals given obstacles", "wald_f": 6.119, "wald_p": 0.0009,
                     "aic_without": 98.0, "aic_with": 100.0, "predicts_better": "no"},
            *(
                {"spec_id": "effort", "comparison": name, "lr": None, "n_clusters": None,
                 "note": "not estimated: no rows in the data"}
                for name in ("obstacles given rivals", "rivals given obstacles")
            ),
        ]
    )  # fmt: skip
    table = nested_table(nested, specs, codebook, "All allies")
    assert table.body == (
        ("Models of H2",),
        ("Effort", "not estimated", "", "", "", "not estimated", "", "", "", ""),
        ("Models of H3",),
        ("Delivery", "7.4", "0.002", "5.2", "yes", "6.1", "< 0.001", "−2.0", "no", "33"),
    )
    assert "Effort not estimated: no rows in the data." in table.notes
