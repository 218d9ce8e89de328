"""The table of claims: what Yoo (2012) says, what coding and record say, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.claims.periods import years_of
from underbalance.claims.reasons import coding_says, record_says
from underbalance.claims.record import (
    count_steps,
    record_agreement,
    record_type,
    record_type_agreement,
)
from underbalance.claims.record_checks import run_checks
from underbalance.claims.strength import (
    Cuts,
    coded_strength,
    period_mean,
    strength_agreement,
    worst,
)
from underbalance.claims.tenures import possible_in
from underbalance.claims.verdict import verdict
from underbalance.coding.cuts import is_above
from underbalance.coding.typology import cut_point, type_of
from underbalance.schemas.claim_words import AGREES, DISAGREES, NOT_KNOWN, SEPARATOR
from underbalance.schemas.claims import claims as schema
from underbalance.schemas.facts.coded import OBSTACLES

MEDIAN, UPPER = 0.5, 0.75
TYPED_BY = ("political", "social")


def judge_claims(
    claims: pd.DataFrame,
    ally_year: pd.DataFrame,
    facts: Mapping[str, pd.DataFrame],
    last_recorded: int,
) -> pd.DataFrame:
    """Return one row per claim with what coding and record say, verdict, reason and checks.

    The rules are those of docs/pre_analysis_plan.md; a disagreement is shown as such.

    Parameters
    ----------
    claims : the facts table seed_claims.
    ally_year : with the indices political, economic, legal and social.
    facts : tables by name: missile_defence_events with possible days
        (:func:`underbalance.claims.tenures.with_possible_days`), and those of
        :mod:`underbalance.claims.record_checks`.
    last_recorded : the last year that missile_defence_events covers.

    Returns
    -------
    Columns of :func:`underbalance.schemas.claims.claims`, in the order of the claims.
    """
    if claims.empty:
        return pd.DataFrame(columns=list(schema().columns))
    cuts = {name: _cuts(ally_year, name) for name in (*OBSTACLES, "social")}
    tables = {**facts, "ally_year": ally_year, "seed_claims": claims}
    return pd.DataFrame(
        [_judged(claim, cuts, tables, last_recorded) for claim in claims.to_dict("records")]
    )


def _cuts(ally_year: pd.DataFrame, name: str) -> Cuts:
    values, reference = ally_year[name], ally_year["in_reference"]
    return Cuts(cut_point(values, reference, MEDIAN), cut_point(values, reference, UPPER))


def _judged(
    claim: Mapping[Any, Any],
    cuts: Mapping[str, Cuts],
    tables: Mapping[str, pd.DataFrame],
    last_recorded: int,
) -> dict[str, object]:
    obstacles, claimed = claim["obstacle"].split("+"), claim["strength"]
    period = (claim["period_start"], claim["period_end"])
    years = years_of(*period)
    own = tables["ally_year"].query("iso3 == @claim['iso3']").set_index("year")
    means = {name: period_mean(own[name], years) for name in obstacles}
    coded = {name: coded_strength(mean, cuts[name]) for name, mean in means.items()}
    strength = worst([strength_agreement(claimed, one) for one in coded.values()])

    events = tables["missile_defence_events"].query("iso3 == @claim['iso3']")
    steps = count_steps(events[possible_in(events, *period)], obstacles)
    record = record_agreement(claimed, steps)

    coded_type = _coded_type(own, years, cuts)
    found = record_type(events, *period, f"{last_recorded}-12-31")
    checks = run_checks(claim, tables)
    reasons = [*(coding_says(n, means[n], cuts[n], coded[n]) for n in obstacles)]
    return {
        **{
            name: claim[name]
            for name in ("claim_id", "iso3", "period_start", "period_end", "obstacle", "strength")
        },
        "first_year": years[0],
        "last_year": years[-1],
        **{name: means.get(name) for name in OBSTACLES},
        "coded_strength": "+".join(one or NOT_KNOWN for one in coded.values()),
        "strength_agrees": strength,
        "steps_forward": steps.forward,
        "steps_back": steps.back,
        "steps_back_known": steps.known,
        "steps_back_named": steps.named,
        "record_agrees": record,
        "predicted_type": claim["predicted_type"],
        "coded_type": coded_type,
        "coded_type_agrees": _same_type(coded_type, claim["predicted_type"]),
        "observed_type_in_seed": claim["observed_type_in_seed"],
        "record_type": found,
        "record_type_agrees": record_type_agreement(found, claim["observed_type_in_seed"]),
        "verdict": verdict(strength, record),
        "reason": "; ".join([*reasons, record_says(claimed, steps)]),
        "record_check": SEPARATOR.join(check.statement for check in checks),
        "record_check_result": SEPARATOR.join(check.result for check in checks),
        "claim": claim["claim"],
    }


def _coded_type(own: pd.DataFrame, years: list[int], cuts: Mapping[str, Cuts]) -> str:
    """Return the type of the means over the years in which both indices are known."""
    both = own[list(TYPED_BY)].dropna()
    means = {name: period_mean(both[name], years) for name in TYPED_BY}
    high = (
        None if pd.isna(mean) else is_above(mean, cuts[name].median) for name, mean in means.items()
    )
    return type_of(*high)


def _same_type(coded: str, predicted: str) -> str:
    if not coded:
        return NOT_KNOWN
    return AGREES if coded == predicted else DISAGREES
