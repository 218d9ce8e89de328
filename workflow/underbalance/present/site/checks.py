"""The checks that bear on a test with a small p: without single allies, other specifications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from underbalance.hypotheses.scorecard import MODEL
from underbalance.hypotheses.verdict import ALPHA, COUNTS
from underbalance.present.tables_of_results.robustness import other_specifications
from underbalance.present.tables_of_results.tried import Tried
from underbalance.present.wording import decimal, equals_p, within_line
from underbalance.specifications import Specification

KEYS: Final = ["hypothesis", "spec_id", "term"]


@dataclass(frozen=True)
class Checked:
    """A test, its p, and what each check of it gave."""

    title: str
    p: str
    checks: list[str]


@dataclass(frozen=True)
class Checks:
    """What tests are checked with.

    Parameters
    ----------
    leave_one_out : of results/sensitivity.
    estimates : tidy results of the specifications that are not primary.
    specs : all specifications, by spec_id.
    codebook : gives labels.
    names : of the allies, by iso3.
    """

    leave_one_out: pd.DataFrame
    estimates: pd.DataFrame
    specs: Mapping[str, Specification]
    codebook: pd.DataFrame
    names: Mapping[Any, Any]

    def of(self, own: pd.DataFrame) -> list[Checked]:
        """Return the checks of the tests of a hypothesis that count and have p < .05.

        Parameters
        ----------
        own : its rows of results/scorecard.csv.
        """
        clear = own[(own["kind"] == MODEL) & (own["role"] == COUNTS) & (own["p_value"] < ALPHA)]
        return [
            Checked(
                str(row["outcome"]),
                equals_p(row["p_value"]),
                [*self._without_allies(row), *self._otherwise(row)],
            )
            for row in clear.to_dict("records")
        ]

    def _without_allies(self, row: Mapping[Any, Any]) -> Iterator[str]:
        """Give the range of the estimate and the largest p with one ally left out."""
        tried = self.leave_one_out
        for key in KEYS:
            tried = tried[tried[key] == row[key]]
        known = tried[tried["estimate"].notna()].sort_values("estimate", kind="stable")
        if known.empty:
            return
        low, high = (known.iloc[place] for place in (0, -1))
        largest = known["p_value"].max()
        p = (
            f"; largest {equals_p(largest)} (of t, not of the bootstrap)"
            if pd.notna(largest)
            else ""
        )
        yield (f"without one ally at a time: {self._with_name(low)} to {self._with_name(high)}{p}")

    def _with_name(self, row: pd.Series) -> str:
        return f"{decimal(row['estimate'])} (without {self.names[row['left_out']]})"

    def _otherwise(self, row: Mapping[Any, Any]) -> Iterator[str]:
        """Give the estimates of other specifications of the outcome for the hypothesis."""
        spec_id = str(row["spec_id"])
        test = Tried(
            str(row["hypothesis"]),
            spec_id,
            self.specs[spec_id],
            str(row["term"]),
            int(row["predicted_sign"]),
        )
        found = other_specifications(test, self.specs, self.codebook)
        for label, (name, term) in found.items():
            own = self.estimates[
                (self.estimates["spec_id"] == name) & (self.estimates["term"] == term)
            ]
            known = own[own["estimate"].notna()].to_dict("records")
            said = [decimal(known[0]["estimate"]), equals_p(known[0]["p_value"])] if known else []
            yield f"{within_line(label)}: {', '.join(filter(None, said)) or 'not estimated'}"
