"""What the results hang on, in sentences that are computed from the sensitivity analyses."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from underbalance.hypotheses.scorecard import MODEL
from underbalance.hypotheses.verdict import ALPHA
from underbalance.present.wording import decimal, percent
from underbalance.sensitivity.curve import ALL
from underbalance.sensitivity.power import SOUGHT

NAMED: Final = 4  # models or allies that a sentence names
Names = Mapping[Hashable, Any]
KEYS: Final = ["hypothesis", "spec_id", "term"]


@dataclass(frozen=True)
class Caveat:
    """A sentence with the name of the analysis and the figure that shows it."""

    title: str
    text: str
    figure: str


def caveats(
    sensitivity: Mapping[str, pd.DataFrame], card: pd.DataFrame, names: Names
) -> list[Caveat]:
    """Return the caveats.

    Parameters
    ----------
    sensitivity : leave_one_out, specification_curve_summary, robustness_value, placebo and
        power of results/sensitivity.
    card : results/scorecard.csv, for the names of the models.
    names : of the allies, by iso3.
    """
    models = card[card["kind"] == MODEL]
    titles = models.drop_duplicates("spec_id").set_index("spec_id")["outcome"].to_dict()
    return [
        *_leave_one_out(sensitivity["leave_one_out"], titles, names),
        *_specifications(sensitivity["specification_curve_summary"]),
        *_placebo(sensitivity["placebo"], titles),
        *_omitted(sensitivity["robustness_value"], models, titles),
        *_power(sensitivity["power"]),
    ]


def _leave_one_out(rows: pd.DataFrame, titles: Names, names: Names) -> Iterator[Caveat]:
    known = rows[rows["estimate"].notna()]
    if known.empty:
        return
    tests = known.drop_duplicates(KEYS)
    turned = known[np.sign(known["estimate"]) != np.sign(known["full_estimate"])]
    most = known.iloc[known["influence"].abs().argmax()]
    parts = [
        f"{titles[str(spec_id)]} (without {_listed([names[i] for i in own['left_out']])})"
        for (_, spec_id, _), own in turned.groupby(KEYS, sort=False)
    ]
    turns = f"turns the sign of {len(parts) or 'none'} of {len(tests)} estimates"
    yield Caveat(
        "Single allies",
        f"Leaving out one ally at a time {turns}{': ' if parts else ''}{_listed(parts, '; ')}. It "
        f"moves an estimate most in “{titles[most['spec_id']]}”, from "
        f"{decimal(most['full_estimate'])} to {decimal(most['estimate'])} without "
        f"{names[most['left_out']]}.",
        "sensitivity_leave_one_out",
    )


def _specifications(rows: pd.DataFrame) -> Iterator[Caveat]:
    # beside the row of all models of a hypothesis there is one for each of them
    of_all = rows[(rows["spec_id"] == ALL) & (rows["n_counted"] > 0)]
    for row in of_all.to_dict("records"):
        sign, clear = row["share_predicted_sign"], row["share_predicted_and_significant"]
        yield Caveat(
            f"Other choices, {row['hypothesis']}",
            f"Of {row['n_counted']:.0f} estimates, the primary ones and those with another coding, "
            f"sample, set of rows or of rivals, {percent(round(sign, 2))} have the predicted sign; "
            f"{percent(round(clear, 2))} have it and p < {ALPHA:g}.",
            f"sensitivity_specification_curve_{row['hypothesis'].lower()}",
        )


def _placebo(rows: pd.DataFrame, titles: Names) -> Iterator[Caveat]:
    later = rows[(rows["model"] == "both") & (rows["when"] == "lead") & rows["p_value"].notna()]
    if later.empty:
        return
    clear = [titles[spec_id] for spec_id in later.loc[later["p_value"] < ALPHA, "spec_id"]]
    yield Caveat(
        "Obstacles of the year after",
        f"The obstacle of the following year, which can cause nothing, has p < {ALPHA:g} beside "
        f"that of the year before in {len(clear) or 'none'} of {len(later)} models"
        f"{': ' if clear else ''}{_listed(clear, '; ')}.",
        "",
    )


def _omitted(rows: pd.DataFrame, models: pd.DataFrame, titles: Names) -> Iterator[Caveat]:
    tested = rows.merge(models[[*KEYS, "p_value"]], on=KEYS, how="inner", validate="one_to_one")
    clear = tested[(tested["p_value"] < ALPHA) & (tested["rv"].notna() | tested["e_value"].notna())]
    parts = [
        f"{percent(round(row['rv'], 2))} of the variance that is left (“{titles[row['spec_id']]}”)"
        if pd.notna(row["rv"])
        else f"risk ratios of {decimal(row['e_value'], 2)} (“{titles[row['spec_id']]}”)"
        for row in clear.to_dict("records")
    ]
    if parts:
        yield Caveat(
            "Variables left out",
            f"To undo the estimates with p < {ALPHA:g} an omitted variable must explain, of "
            f"obstacle and outcome each, {_listed(parts, '; ')}.",
            "",
        )


def _power(rows: pd.DataFrame) -> Iterator[Caveat]:
    known = rows.drop_duplicates(KEYS)["detectable_effect"].dropna()
    if len(known):
        yield Caveat(
            "What could be found",
            f"With a power of {percent(SOUGHT)} the tests find effects of "
            f"{decimal(known.min(), 2)} to {decimal(known.max(), 2)} standard deviations of the "
            "disturbance, depending on the model; smaller ones they are likely to miss.",
            "sensitivity_power",
        )


def _listed(parts: list[str], separator: str = ", ") -> str:
    """Return the first few parts, and how many more there are."""
    more = [f"{len(parts) - NAMED} more"] if len(parts) > NAMED else []
    return separator.join([*parts[:NAMED], *more])
