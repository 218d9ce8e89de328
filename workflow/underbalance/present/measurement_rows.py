"""Rows of the tables on the page about measurement, in words and rounded numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.config import Coding, is_primary
from underbalance.present.wording import decimal, label_of, percent, whole

TABLE = "ally_year"
PLACES = 2
NONE = "–"
SHOWN = {"overall": "overall", "within": "within allies"}
# ASSUME: of what kind an index is follows from what it names, not from its numbers
NATURES = {
    "political": (
        "formative",
        "Turnover, many parties, divided control and polarisation are different obstacles. An ally "
        "can have one without the others, and to leave one out changes what the index means.",
    ),
    "economic": (
        "partly reflective",
        "Growth, unemployment and the balance move together with the business cycle; debt is what "
        "earlier years left behind.",
    ),
    "legal": (
        "formative",
        "Each item is a limit of its own. A ceiling on spending need not go with a deployment "
        "veto; what counts is how many limits bind, and how far.",
    ),
    "social": (
        "formative",
        "Money and law are two different things that the theory puts under one name.",
    ),
    "threat": (
        "partly reflective",
        "Rivalries and the rivals’ capabilities make the threat; risk in the news reflects it.",
    ),
    "dependence": (
        "formative",
        "Troops, arms and aid are different ties, and one can take the place of another.",
    ),
}

Row = dict[str, Any]


def nature_rows(consistency: pd.DataFrame, codings: Mapping[str, Coding]) -> list[Row]:
    """Return for each concept its kind, the reason, and alpha of its primary coding."""
    alphas = consistency.set_index(["coding", "level"])["alpha"]
    return [
        {
            "label": codings[concept].label,
            "kind": kind,
            "why": why,
            "overall": number(alphas.get((concept, "overall"))),
            "within": number(alphas.get((concept, "within"))),
        }
        for concept, (kind, why) in NATURES.items()
        if concept in codings
    ]


def consistency_rows(consistency: pd.DataFrame, codings: Mapping[str, Coding]) -> list[Row]:
    """Return a row per coding and level."""
    return [
        {
            "label": codings[row["coding"]].label if row["level"] == "overall" else "",
            "primary": is_primary(row["coding"], codings[row["coding"]]),
            "level": SHOWN[row["level"]],
            "components": row["varying"],
            "cells": [
                _with_interval(row),
                number(row["raw_alpha"]),
                number(row["mean_correlation"]),
                share(row["first_share"]),
                share(1 / row["varying"]) if row["varying"] > 1 else NONE,
                whole(row["ally_years"]),
                whole(row["allies"]),
            ],
        }
        for row in consistency.to_dict("records")
    ]


def constants_named(
    consistency: pd.DataFrame, codings: Mapping[str, Coding], codebook: pd.DataFrame
) -> str:
    """Name the components that never change and so take no part."""
    return "; ".join(
        f"{label_of(variable, codebook, TABLE)} "
        f"({codings[row['coding']].label}, {SHOWN[row['level']]})"
        for row in consistency.to_dict("records")
        for variable in row["constant"].split()
    )


def undefined_named(consistency: pd.DataFrame, codings: Mapping[str, Coding]) -> str:
    """Name the codings with resamples that have no alpha, and count these."""
    affected = consistency[(consistency["undefined_resamples"] > 0) & consistency["alpha"].notna()]
    return "; ".join(
        f"{codings[row['coding']].label}, {SHOWN[row['level']]}: {row['undefined_resamples']}"
        for row in affected.to_dict("records")
    )


def component_rows(
    components: pd.DataFrame, codings: Mapping[str, Coding], codebook: pd.DataFrame
) -> list[Row]:
    """Return a row per component of the primary codings, overall beside within."""
    rows = []
    for overall, within in _levels(components):
        name, variable = overall["coding"], overall["component"]
        if not is_primary(name, codings[name]):
            continue
        label = label_of(variable, codebook, TABLE)
        rows.append(
            {
                "index": codings[name].label,
                "variable": variable,
                "label": f"{label} (turned round)" if overall["sign"] == -1 else label,
                "cells": [
                    whole(overall["observed"]),
                    *(
                        number(row[column])
                        for column in ("item_rest", "alpha_without")
                        for row in (overall, within)
                    ),
                ],
            }
        )
    return rows


def weights_named(
    components: pd.DataFrame, codings: Mapping[str, Coding], codebook: pd.DataFrame
) -> list[str]:
    """Say for each first principal component how its parts are weighed."""
    weighed = components[(components["level"] == "overall") & components["weight"].notna()]
    return [
        f"{codings[str(name)].label}: "
        + "; ".join(
            f"{label_of(row['component'], codebook, TABLE)} {number(row['weight'])}"
            for row in rows.to_dict("records")
        )
        for name, rows in weighed.groupby("coding", sort=False)
    ]


def alternative_rows(correlations: pd.DataFrame, codings: Mapping[str, Coding]) -> list[Row]:
    """Return a row per alternative coding, overall beside within."""
    rows = []
    for overall, within in _levels(correlations):
        rows.append(
            {
                "label": codings[overall["coding"]].label,
                "primary": codings[overall["primary"]].label,
                "cells": [
                    *(
                        number(row[column])
                        for column in ("pearson", "spearman")
                        for row in (overall, within)
                    ),
                    f"{overall['shared']} of {overall['variables']}",
                    whole(overall["ally_years"]),
                    whole(overall["allies"]),
                ],
            }
        )
    return rows


def number(value: float | None) -> str:
    """Return a number with two places and a true minus sign; a dash when it is missing."""
    if value is None or pd.isna(value):
        return NONE
    # + 0 turns a rounded -0 into 0
    return decimal(round(value, PLACES) + 0.0, PLACES)


def share(value: float) -> str:
    """Return a share in whole percent; a dash when it is missing."""
    return NONE if pd.isna(value) else percent(round(value, PLACES))


def _levels(table: pd.DataFrame) -> list[tuple[Row, Row]]:
    """Return the rows of what is measured at both levels in pairs: overall, within."""
    pairs = [table[table["level"] == level].to_dict("records") for level in SHOWN]
    return [
        ({str(k): v for k, v in a.items()}, {str(k): v for k, v in b.items()})
        for a, b in zip(*pairs, strict=True)
    ]


def _with_interval(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["alpha"]):
        return NONE
    return f"{number(row['alpha'])} [{number(row['alpha_low'])}, {number(row['alpha_high'])}]"
