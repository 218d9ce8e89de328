"""The specification curve: every obstacle in all its codings, samples and sets of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from underbalance.config import Coding
from underbalance.errors import EstimationError
from underbalance.hypotheses.effects import standardiser
from underbalance.models.design_rows import Tables
from underbalance.models.estimate import Plan, fitted
from underbalance.models.frames import frame_of, joined
from underbalance.models.inference.draws import generator
from underbalance.models.inference.wald import crv1
from underbalance.models.reported import BOOTSTRAP
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.sensitivity.bootstrap_p import bootstrap_p
from underbalance.sensitivity.progress import told
from underbalance.sensitivity.tested import LABELS, PrimaryTest

PRIMARY = "primary"
KINDS = (PRIMARY, "coding", "part", "sample", "rows", "rivals")
COMPLETE = "all components known"
WITHOUT_THREAT = "without threat"
THREAT = "threat"
# codings of these concepts take the place of a rival (dependence is measured by troops)
RIVAL_CONCEPTS = {THREAT: "threat", "us_troops_per_1000": "dependence"}
# their components may be missing in part (docs/pre_analysis_plan.md, codings)
PARTLY_KNOWN = ("political", "economic")
SIGNIFICANT = 0.05
COLUMNS = [
    *LABELS, "kind", "choice", "estimate", "std_error", "p_value", "p_method", "ci_low", "ci_high",
    "effect", "effect_low", "effect_high", "predicted_sign", "n", "n_events", "n_clusters", "note",
]  # fmt: skip
TEXTS = [*LABELS, "kind", "choice", "p_method", "note"]
SUMMARY = [
    "hypothesis", "spec_id", "specifications", "estimated", "with_p_value", "share_predicted_sign",
    "share_significant", "share_predicted_and_significant", "median_effect",
]  # fmt: skip
ALL = "all"


@dataclass(frozen=True)
class Choice:
    """One specification of the curve.

    Parameters
    ----------
    kind : which choice differs from the primary specification, one of :data:`KINDS`.
    choice : what it is, empty for the primary one.
    tested : the term in its specification.
    plan : the sample.
    """

    kind: str
    choice: str
    tested: PrimaryTest
    plan: Plan


def curves(
    tests: Sequence[PrimaryTest],
    codings: Mapping[str, Coding],
    plans: Sequence[Plan],
    last_year: int,
    tables: Tables,
    seed: int,
    draws: int,
) -> pd.DataFrame:
    """Return the rows of :func:`curve` for all primary tests."""
    found = [
        curve(choices(one, codings, plans, last_year), tables, seed, draws)
        for one in told("specification curve", tests)
    ]
    return joined(found, COLUMNS, TEXTS)


def choices(
    tested: PrimaryTest,
    codings: Mapping[str, Coding],
    plans: Sequence[Plan],
    last_year: int,
) -> list[Choice]:
    """Return the primary specification and all that differ from it in one choice.

    Codings: every other entry of config/codings.yaml for the concept of the obstacle (of both
    obstacles of a product). Parts: where the obstacle is made of others, as the social one is of
    the economic and the legal, these in its place and one of them tested, in each of its
    codings. Samples: ``plans`` from the second on. Rows: only those in which all
    components of the political and the economic obstacle are known. Rivals: threat and
    dependence in their other codings; without threat, which is known to 2020 only, so that
    years go on to ``last_year``.

    Parameters
    ----------
    plans : the sample of the primary model, then the others.
    """
    primary, *others = plans
    found = [Choice(PRIMARY, "", tested, primary)]
    for variable in tested.variables:
        found += [
            Choice("coding", name, tested.with_coding(variable, name), primary)
            for name, coding in codings.items()
            if coding.concept == codings[variable].concept and name != variable
        ]
    found += [
        Choice("part", name, tested.with_part(tested.variables[0], parts, name), primary)
        for name, parts in _parts(tested, codings)
    ]
    found += [
        Choice("sample", plan.sample, tested.varied(sample=plan.sample), plan) for plan in others
    ]
    complete = {f"{name}_components": len(codings[name].components) for name in PARTLY_KNOWN}
    rows = tested.varied(only_lagged={**tested.spec.only_lagged, **complete})
    found.append(Choice("rows", COMPLETE, rows, primary))
    found += [
        Choice("rivals", name, tested.varied(rivals=rivals), primary)
        for name, rivals in _other_rivals(tested, codings)
    ]
    if THREAT in tested.spec.rivals:
        rivals = tuple(name for name in tested.spec.rivals if name != THREAT)
        years = (tested.spec.years[0], last_year)
        found.append(
            Choice("rivals", WITHOUT_THREAT, tested.varied(rivals=rivals, years=years), primary)
        )
    return found


def curve(found: Sequence[Choice], tables: Tables, seed: int, draws: int) -> pd.DataFrame:
    """Return the estimate of each specification, one row with :data:`COLUMNS` for each.

    P-values are those of the wild cluster bootstrap, that of the primary specification by the
    very draws of the scorecard. Intervals are t(G−1) with the model's clustered errors, for they
    take no time: where a few allies carry an estimate they are too short, and can leave out
    zero where p is above .05. ``effect`` is the estimate in standard deviations of the
    disturbance, positive where it has the predicted sign. What cannot be estimated has a row
    with the reason.
    """
    return frame_of([_row(one, tables, seed, draws) for one in found], COLUMNS, TEXTS)


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Return counts and shares by hypothesis and model, and of all models of a hypothesis.

    Shares of signs are of the estimated specifications, those of p < .05 of those with a
    p-value.
    """
    by_model = rows.groupby(["hypothesis", "spec_id"], sort=False)
    found = [_shares(str(h), str(s), part) for (h, s), part in by_model]
    found += [_shares(str(h), ALL, part) for h, part in rows.groupby("hypothesis", sort=False)]
    return pd.DataFrame(found, columns=SUMMARY)


def _parts(
    tested: PrimaryTest, codings: Mapping[str, Coding]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each coding of each part of a single obstacle, with what takes its place."""
    if len(tested.variables) > 1:
        return
    parts = [c.variable for c in codings[tested.variables[0]].components if c.variable in codings]
    for place, part in enumerate(parts):
        for name, coding in codings.items():
            if coding.concept == codings[part].concept:
                yield name, (*parts[:place], name, *parts[place + 1 :])


def _other_rivals(
    tested: PrimaryTest, codings: Mapping[str, Coding]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each other coding of a rival, and the rivals with it."""
    rivals = tested.spec.rivals
    for rival, concept in RIVAL_CONCEPTS.items():
        for name, coding in codings.items():
            if rival in rivals and coding.concept == concept and name != rival:
                yield name, tuple(name if one == rival else one for one in rivals)


def _row(one: Choice, tables: Tables, seed: int, draws: int) -> dict[str, object]:
    spec, term = one.tested.spec, one.tested.term
    row: dict[str, object] = {"kind": one.kind, "choice": one.choice, **one.tested.labels}
    try:
        fit = fitted(one.tested.spec_id, spec, tables, one.plan)
        if term not in fit.terms:
            raise EstimationError(f"'{term}' is not in the model")
        factor = one.tested.sign * abs(standardiser(spec.estimator, fit))
    except EstimationError as error:
        return row | {"note": f"{NOT_ESTIMATED}{error}"}
    test = crv1(fit, term, level=one.plan.confidence_level)
    if fit.withheld:
        test = replace(test, ci_low=np.nan, ci_high=np.nan)
    ends = sorted([factor * test.ci_low, factor * test.ci_high])
    random = generator(seed, one.tested.spec_id, term, "wild")
    p_value, drawn = bootstrap_p(fit, term, random, draws)
    return row | {
        "estimate": test.estimate,
        "std_error": test.std_error,
        "p_value": p_value,
        "p_method": "" if np.isnan(p_value) else f"{BOOTSTRAP} ({drawn})",
        "ci_low": test.ci_low,
        "ci_high": test.ci_high,
        "effect": factor * test.estimate,
        "effect_low": ends[0],
        "effect_high": ends[1],
        "predicted_sign": factor * test.estimate > 0,
        "n": fit.n,
        "n_events": fit.n_events,
        "n_clusters": fit.n_clusters,
        "note": "; ".join([*([drawn] if np.isnan(p_value) else []), *fit.notes]),
    }


def _shares(hypothesis: str, spec_id: str, rows: pd.DataFrame) -> dict[str, object]:
    estimated = rows[rows["estimate"].notna()]
    tested = estimated[estimated["p_value"].notna()]
    predicted = estimated["predicted_sign"].astype(bool)
    significant = tested["p_value"] < SIGNIFICANT
    both = significant & tested["predicted_sign"].astype(bool)
    return {
        "hypothesis": hypothesis,
        "spec_id": spec_id,
        "specifications": len(rows),
        "estimated": len(estimated),
        "with_p_value": len(tested),
        "share_predicted_sign": predicted.mean() if len(estimated) else np.nan,
        "share_significant": significant.mean() if len(tested) else np.nan,
        "share_predicted_and_significant": both.mean() if len(tested) else np.nan,
        "median_effect": estimated["effect"].median(),
    }
