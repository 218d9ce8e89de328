"""The page that says how far the two codings of legal constraints agree."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from jinja2 import Environment, StrictUndefined

from underbalance.clean.legal import adjudicated_periods
from underbalance.coding.reliability import STAGES, Bootstrap, disagreements, reliability
from underbalance.present.wording import decimal, percent
from underbalance.schemas import reliability as schemas
from underbalance.schemas.legal import ITEM_COLUMNS, RULES
from underbalance.tables import write_table, written_whole

PLACES = 2
UNDEFINED = "undefined"
RULE_WORDS = {
    "agreed": "the codings agree once the rules are precise",
    "higher_confidence": "the value of the more confident coder is taken",
    "mean_flagged": "same confidence: the mean is taken, flagged",
    "one_missing": "one coder could not establish a value: the other's is taken, flagged",
}
PAGE = """\
# Reliability of the legal coding

Made by `make`; do not edit. Legal limits on military cooperation were coded twice from public
law and public record, by rule and with the aid of a machine; every row has its basis, source
and confidence (`data/raw/legal_constraints.csv`). **Area experts have not checked either
coding yet.** Both were made with the same aids from the same kind of sources and may share
errors: **alpha is an upper bound** of what independent experts would reach.

| item | alpha before | agreement | alpha after | agreement | ally-years | allies |
|---|---|---|---|---|---|---|
{% for row in rows -%}
| {{ row | join(" | ") }} |
{% endfor %}
In brackets the {{ level }} interval.
*Before* and *after* two clarifications of the rules, which were made when both codings were
finished: a clause that only requires consent to foreign forces is no limit; totals of
multi-year procurement programmes are no ceiling on spending. The codings themselves were
left as they are. The second number is what the rules reach, not an independent test.
{{ parted }}

Alpha is Krippendorff's, ordinal. A unit is an ally-year for which both coders established a
value, the one in force on 31 December. The interval is the percentile interval of
{{ bootstrap.replications }} resamples of allies (seed {{ bootstrap.seed }}), because the years
of an ally hang together. A resample in which only one value occurs has no alpha;
`undefined_resamples` of `alpha.csv` counts them{{ undefined }}. Where nearly all ally-years
have the same value, a single ally can move alpha a long way: read it with the agreement and
the interval.

## Disagreements

`disagreements.csv` has each period on which the coders differ, with both values as coded
(`value_a`, `value_b`) and under the clarified rules (`clarified_a`, `clarified_b`), their
confidence, basis and note, and what was made of it:

| rule | meaning | periods | of allies |
|---|---|---|---|
{% for rule in rules -%}
| {{ rule | join(" | ") }} |
{% endfor %}
The adjudicated values are in `data/processed/legal.csv`; those of 31 December are the columns
`legal_…` of `ally_year`.
"""


def write_reliability(
    constraints: pd.DataFrame,
    bootstrap: Bootstrap,
    codebook: pd.DataFrame,
    alpha: Path,
    differing: Path,
    page: Path,
) -> None:
    """Write alpha and disagreements as tables, and the page that sums them up."""
    periods = adjudicated_periods(constraints)
    alphas, differences = reliability(periods, bootstrap), disagreements(periods)
    write_table(alphas, alpha, schemas.alpha())
    write_table(differences, differing, schemas.disagreements())
    with written_whole(page) as part:
        text = reliability_page(alphas, differences, codebook, bootstrap)
        part.write_text(text, encoding="utf-8")


def reliability_page(
    alphas: pd.DataFrame, differing: pd.DataFrame, codebook: pd.DataFrame, bootstrap: Bootstrap
) -> str:
    """Return the page, in Markdown.

    Parameters
    ----------
    alphas : :func:`underbalance.coding.reliability.reliability`.
    differing : :func:`underbalance.coding.reliability.disagreements`.
    codebook : config/codebook.csv, for the labels of the items.
    """
    environment = Environment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    )
    return environment.from_string(PAGE).render(
        rows=[_row(item, alphas, codebook) for item in alphas["item"].unique()],
        rules=[_rule(name, differing) for name in RULES if (differing["rule"] == name).any()],
        level=percent(bootstrap.level),
        bootstrap=bootstrap,
        undefined=_undefined(alphas, codebook),
        parted=_parted(differing),
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


def _rule(name: str, differing: pd.DataFrame) -> list[str]:
    own = differing[differing["rule"] == name]
    return [f"`{name}`", RULE_WORDS[name], str(len(own)), ", ".join(sorted(own["iso3"].unique()))]


def _parted(differing: pd.DataFrame) -> str:
    """Name the periods on which the codings agreed as coded and differ as clarified."""
    agreed = (differing["value_a"] == differing["value_b"]).fillna(False).astype(bool)
    named = [
        f"{row['iso3']} {row['item']} from {row['start']}"
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
