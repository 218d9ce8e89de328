"""Schemas of the observed types of allies, the predicted ones, and their agreement."""

from __future__ import annotations

from typing import Final

import pandera.pandas as pa

from underbalance.schemas.columns import YEARS, code, iso3, logical, number, table, text, year
from underbalance.schemas.typology import TYPES

FIRST_DECADE: Final = 1990
LAST_DECADE: Final = 2020
# the marks of each type: inconsistent, slow, and failing (both, and something was lost)
MARKS: Final = {
    "effective": (False, False, False),
    "inconsistent": (True, False, False),
    "slow": (False, True, False),
    "slow_inconsistent": (True, True, False),
    "failing": (True, True, True),
}
OBSERVED_TYPES: Final = tuple(MARKS)
DELAY_OUTCOMES: Final = ("adoption", "commitment", "delivery")
# whole types, or one mark apart
MEASURES: Final = ("type", "inconsistent", "slow")


def observed_types() -> pa.DataFrameSchema:
    """Types of allies by decade, observed from outcomes."""
    count = number(0, nullable=False, whole=True)
    return table(
        {
            **_decade(),
            "years": number(1, 10, nullable=False, whole=True),
            "cases": count,
            "open_cases": count,
            "late": count,
            "share_late": number(0, 1),
            "slow": logical(nullable=True),
            "growths": number(0, 10, nullable=False, whole=True),
            "reversal_share": number(0, 1),
            "growth_variance": number(0),
            "inconsistent": logical(nullable=True),
            "losses": count,
            "observed_type": code(("", *OBSERVED_TYPES)),
        },
        ["iso3", "decade_start"],
    )


def delay_medians() -> pa.DataFrameSchema:
    """Median delays of the reference cases, by kind of case."""
    count = number(0, nullable=False, whole=True)
    return table(
        {
            "outcome": code(DELAY_OUTCOMES),
            "kind": text(empty=False),
            "reference_cases": count,
            "reference_ended": count,
            "median": number(0),
            "cases": count,
            "informative": count,
            "late": count,
        },
        ["outcome", "kind"],
    )


def predicted_types() -> pa.DataFrameSchema:
    """Types of allies by decade, predicted from obstacles of the year before."""
    return table(
        {
            **_decade(),
            "quantile": number(0, 1, nullable=False),
            "years": number(1, 10, nullable=False, whole=True),
            "political_years": number(0, 10, nullable=False, whole=True),
            "social_years": number(0, 10, nullable=False, whole=True),
            "political": number(),
            "social": number(),
            "political_cut": number(nullable=False),
            "social_cut": number(nullable=False),
            "high_political": logical(nullable=True),
            "high_social": logical(nullable=True),
            "predicted_type": code(("", *TYPES)),
        },
        ["iso3", "decade_start", "quantile"],
    )


def type_agreement() -> pa.DataFrameSchema:
    """Agreement of the predicted with the observed types, in results/tables."""
    return table(
        {
            "quantile": number(0, 1, nullable=False),
            "measure": code(MEASURES),
            "ally_decades": number(0, nullable=False, whole=True),
            "allies": number(0, nullable=False, whole=True),
            "exact_agreement": number(0, 1),
            "kappa": number(high=1),
            "ci_low": number(high=1),
            "ci_high": number(high=1),
            "undefined_resamples": number(0, nullable=False, whole=True),
        },
        ["quantile", "measure"],
    )


def _decade() -> dict[str, pa.Column]:
    return {
        "iso3": iso3(),
        "decade_start": year(FIRST_DECADE, LAST_DECADE),
        "decade_end": year(*YEARS),
    }
