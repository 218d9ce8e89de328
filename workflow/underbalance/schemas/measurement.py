"""Schemas of the tables in results/measurement."""

from __future__ import annotations

import pandera.pandas as pa

from underbalance.schemas.columns import code, logical, number, table, text

LEVELS = ("overall", "within")


def consistency() -> pa.DataFrameSchema:
    """Consistency of the components of each coding that has two or more."""
    return table(
        {
            "coding": text(empty=False),
            "concept": text(empty=False),
            "level": code(LEVELS),
            "components": number(2, nullable=False, whole=True),
            "coded": number(0, nullable=False, whole=True),
            "mean_observed": number(0),
            "varying": number(0, nullable=False, whole=True),
            "constant": text(),
            "ally_years": number(0, nullable=False, whole=True),
            "allies": number(0, nullable=False, whole=True),
            "mean_correlation": number(-1, 1),
            # alpha has no lower bound: components that go against each other make it negative
            "alpha": number(high=1),
            "alpha_low": number(high=1),
            "alpha_high": number(high=1),
            "raw_alpha": number(high=1),
            "raw_low": number(high=1),
            "raw_high": number(high=1),
            "undefined_resamples": number(0, nullable=False, whole=True),
            "first_share": number(0, 1),
        },
        ["coding", "level"],
    )


def components() -> pa.DataFrameSchema:
    """How each component hangs together with the others of its coding."""
    return table(
        {
            "coding": text(empty=False),
            "level": code(LEVELS),
            "component": text(empty=False),
            "sign": number(-1, 1, nullable=False, whole=True),
            "weight": number(-1, 1),
            "observed": number(0, nullable=False, whole=True),
            "varies": logical(),
            "item_rest": number(-1, 1),
            "alpha_without": number(high=1),
        },
        ["coding", "level", "component"],
    )


def correlations() -> pa.DataFrameSchema:
    """How far the alternatives of a concept go with its primary coding."""
    return table(
        {
            "coding": text(empty=False),
            "primary": text(empty=False),
            "level": code(LEVELS),
            "pearson": number(-1, 1),
            "spearman": number(-1, 1),
            "ally_years": number(0, nullable=False, whole=True),
            "allies": number(0, nullable=False, whole=True),
            "shared": number(0, nullable=False, whole=True),
            "variables": number(1, nullable=False, whole=True),
        },
        ["coding", "level"],
    )
