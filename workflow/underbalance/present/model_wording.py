"""How models, their terms and methods are worded in tables and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from underbalance.models.design import measure_of
from underbalance.models.design_listed import all_rows
from underbalance.models.terms import LAG, obstacle_terms, regressors, rival_terms
from underbalance.present.wording import label_of
from underbalance.specifications import LOW_LOW, Specification, product_name

HYPOTHESES = {
    "H1": "H1: low obstacles, pace and steadiness of cooperation",
    "H2": "H2: the political obstacle and inconsistent cooperation",
    "H3": "H3: the social obstacle and slow cooperation",
    "H4": "H4: both obstacles and failed cooperation",
    "other": "Other models",
}
ROLES = {"primary": "", "beside": "beside the primary models", "robustness": "robustness"}
ESTIMATORS = {
    "panel": "least squares with ally and year fixed effects",
    "within_between": "within–between regression, coefficients within allies",
    "first_difference": "least squares on first differences",
    "driscoll_kraay": "least squares with ally and year fixed effects, Driscoll–Kraay errors",
    "counts": "Poisson pseudo-maximum likelihood, log ratios of means",
    "variance": "location–scale model, coefficients of the log variance",
    "variance_pooled": "location–scale model without ally effects in the variance",
    "grouped": "complementary log-log model (proportional hazards), log hazard ratios",
    "linear_probability": "least squares of the event, differences in probability",
    "cox": "Cox model (Efron’s ties), log hazard ratios",
    "cox_breslow": "Cox model (Breslow’s ties), log hazard ratios",
    "aft_weibull": "Weibull model of the log duration, log time ratios",
    "aft_loglogistic": "log-logistic model of the log duration, log time ratios",
    "aft_exponential": "exponential model of the log duration, log time ratios",
    "cause_specific": "Cox model of one ending, the others censored, log hazard ratios",
    "fine_gray": "Fine–Gray model of one ending, log subdistribution hazard ratios",
}
YEARS = ["Year fixed effects"]
TWO_WAY = ["Ally fixed effects", *YEARS]
# of estimators that have none there is no entry
EFFECTS = {
    **dict.fromkeys(("panel", "driscoll_kraay", "counts"), TWO_WAY),
    **dict.fromkeys(("within_between", "first_difference"), YEARS),
    **dict.fromkeys(("variance", "variance_pooled"), TWO_WAY),
    "grouped": ["Duration dummies"],
}
# columns that the rows of models have beside those of their tables
ADDED = {
    "category": "Armament category",
    "cohort": "Five-year cohort of the start",
    "log_cost": "Log cost of the notice",
    "log_size_or_0": "Log size of the deal, 0 where unknown",
    "size_unknown": "Size of the deal unknown",
}


def term_label(term: str, codebook: pd.DataFrame, spec: Specification) -> str:
    """Return the codebook's label of a term; (t − 1) marks values of the year before."""
    if not term.endswith(LAG):
        return ADDED.get(term) or label_of(term, codebook, all_rows()[spec.outcome].table)
    variable = term.removesuffix(LAG)
    parts = {product_name(*pair): pair for pair in spec.products}.get(variable, (variable,))
    if variable == LOW_LOW:
        parts = ("Low obstacles, all of them",)
    label = " × ".join(label_of(part, codebook, "ally_year") for part in parts)
    return f"{label} (t\u00a0−\u00a01)"


def caption(name: str, hypothesis: str, role: str, common: str) -> str:
    """Return the caption of a table of models.

    Parameters
    ----------
    name : of the table; a number at its end is said, as other tables are called the same.
    common : what its models have in common (:func:`variants`).
    """
    words = HYPOTHESES[hypothesis]
    # a hypothesis may already be named after it
    details = [part for part in (ROLES[role], "" if common in words else common) if part]
    part = re.search(r"_(\d+)$", name)
    return "".join(
        [words, f" ({': '.join(details)})" if details else "", f", part {part[1]}" if part else ""]
    )


def variants(specs: Sequence[Specification]) -> tuple[str, list[str]]:
    """Return what models have in common, and the head of each column.

    A title says after its first comma in what a model differs. What all say stands in the
    caption, the rest in the heads; heads that would still be the same are the titles.
    """
    own = [spec.title.split(", ")[1:] for spec in specs]
    common: list[str] = []
    while all(own) and len({parts[-1] for parts in own}) == 1:
        common.insert(0, own[0][-1])
        own = [parts[:-1] for parts in own]
    heads = [
        ", ".join([s.outcome.capitalize(), *parts]) for s, parts in zip(specs, own, strict=True)
    ]
    heads = [
        spec.title if heads.count(head) > 1 else head
        for spec, head in zip(specs, heads, strict=True)
    ]
    return ", ".join(common), heads


def estimator_words(spec: Specification) -> str:
    """Return the estimator and what its coefficients are."""
    if spec.estimator == "grouped" and not all_rows()[spec.outcome].duration:
        return "complementary log-log model of cases without a clock, its coefficients"
    return ESTIMATORS[spec.estimator]


def labelled(text: str, spec: Specification, codebook: pd.DataFrame) -> str:
    """Return an estimator's words with labels in place of the names of variables."""
    measure = measure_of(spec)
    labels = {
        name: term_label(name, codebook, spec) for name in (*regressors(spec), *spec.categories)
    }
    labels |= {measure: label_of(measure, codebook, all_rows()[spec.outcome].table), "iso3": "ally"}
    names = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))

    def label(found: re.Match[str]) -> str:
        return f"“{labels[found[1]]}”" if found[1] else labels[found[2]]

    return re.sub(rf"'({names})'|\b({names})\b", label, text)


def shown_terms(spec: Specification) -> list[list[str]]:
    """Return the terms a table shows: obstacles, rivals, controls.

    Dummies of durations and categories are estimated but only named.
    """
    return [obstacle_terms(spec), rival_terms(spec), list(spec.controls)]
