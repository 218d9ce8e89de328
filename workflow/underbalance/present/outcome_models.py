"""What the primary models say of an outcome, a sentence for each test."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.hypotheses.scorecard import MODEL
from underbalance.present.found_wording import found_words
from underbalance.present.model_wording import term_label
from underbalance.present.site.overview import model_pages
from underbalance.specifications import RIVALS, Specification


def models_by_outcome(
    card: pd.DataFrame, specs: Mapping[str, Specification], codebook: pd.DataFrame
) -> dict[str, list[dict[str, object]]]:
    """Return by outcome what its primary models say of the hypotheses on obstacles.

    Parameters
    ----------
    card : results/scorecard.csv.
    specs : all specifications, by spec_id.
    codebook : gives labels and units, those of the codings included.
    """
    pages = model_pages(specs)
    tests = card[(card["kind"] == MODEL) & ~card["hypothesis"].isin([*RIVALS.values()])]
    found: dict[str, list[dict[str, object]]] = {}
    for row in tests.to_dict("records"):
        spec = specs[row["spec_id"]]
        entry = {
            "title": spec.title,
            "address": pages[row["spec_id"]],
            "hypothesis": row["hypothesis"],
            "term": term_label(row["term"], codebook, spec),
            "found": found_words(row, specs, codebook),
        }
        found.setdefault(spec.outcome, []).append(entry)
    return found
