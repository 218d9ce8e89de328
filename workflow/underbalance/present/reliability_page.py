"""The page that says how far the two codings of legal constraints agree."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.coding.reliability import STAGES, Bootstrap
from underbalance.present.site.frame import Site
from underbalance.present.wording import decimal, percent
from underbalance.schemas.legal import ITEM_COLUMNS, RULES

PLACES = 2
UNDEFINED = "undefined"
RULE_WORDS = {
    "agreed": "the codings agree once the rules are precise",
    "higher_confidence": "the value of the more confident coder is taken",
    "mean_flagged": "same confidence: the mean is taken, flagged",
    "one_missing": "one coder could not establish a value: the other's is taken, flagged",
}


def write_reliability_page(
    alphas: pd.DataFrame,
    differing: pd.DataFrame,
    codebook: pd.DataFrame,
    names: Mapping[str, str],
    bootstrap: Bootstrap,
    site: Site,
) -> None:
    """Write the page.

    Parameters
    ----------
    alphas : :func:`underbalance.coding.reliability.reliability`.
    differing : :func:`underbalance.coding.reliability.disagreements`.
    codebook : config/codebook.csv, for the labels of the items.
    names : of the allies, by iso3.
    bootstrap : how the intervals were drawn.
    """
    site.write(
        "reliability.html",
        "reliability.html",
        title="Reliability of the legal coding",
        rows=[_row(item, alphas, codebook) for item in alphas["item"].unique()],
        rules=[
            _rule(name, differing, names) for name in RULES if (differing["rule"] == name).any()
        ],
        level=percent(bootstrap.level),
        bootstrap=bootstrap,
        undefined=_undefined(alphas, codebook),
        parted=_parted(differing, codebook, names),
    )


def _row(item: str, alphas: pd.DataFrame, codebook: pd.DataFrame) -> list[str]:
    own = alphas[alphas["item"] == item]
    cells = [_label(item, codebook)]
    for stage in STAGES:
        row = own[own["stage"] == stage].iloc[0]
        cells += [_with_interval(row), f"{row['percent_agreement']:.1f} %"]
    return [*cells, str(own["ally_years"].iloc[0]), str(own["allies"].iloc[0])]


def _label(item: str, codebook: pd.DataFrame) -> str:
    of_item = (codebook["table"] == "ally_year") & (codebook["name"] == ITEM_COLUMNS[item])
    return str(codebook.loc[of_item, "label"].iloc[0])


def _with_interval(row: pd.Series) -> str:
    if pd.isna(row["alpha"]):
        return UNDEFINED
    shown = [_two_places(row[name]) for name in ("alpha", "ci_low", "ci_high")]
    return f"{shown[0]} [{shown[1]}, {shown[2]}]"


def _two_places(number: float) -> str:
    # + 0 turns a rounded -0 into 0
    return decimal(round(number, PLACES) + 0.0, PLACES)


def _rule(name: str, differing: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    own = differing[differing["rule"] == name]
    allies = sorted(names[iso3] for iso3 in own["iso3"].unique())
    return [name, RULE_WORDS[name], str(len(own)), ", ".join(allies)]


def _parted(differing: pd.DataFrame, codebook: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Name the periods on which the codings agreed as coded and differ as clarified."""
    agreed = (differing["value_a"] == differing["value_b"]).fillna(False).astype(bool)
    named = [
        f"{names[row['iso3']]}, {_label(row['item'], codebook)}, from {row['start']}"
        for row in differing[agreed].to_dict("records")
    ]
    if not named:
        return "They part the codings nowhere where these had agreed."
    return f"They part the codings where these had agreed: {'; '.join(named)}."


def _undefined(alphas: pd.DataFrame, codebook: pd.DataFrame) -> str:
    affected = alphas[alphas["undefined_resamples"] > 0]
    counts = zip(affected["item"], affected["stage"], affected["undefined_resamples"], strict=True)
    named = [f"{_label(item, codebook)}, {stage}: {count}" for item, stage, count in counts]
    return f" ({'; '.join(named)})" if named else ""
