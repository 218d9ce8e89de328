"""The scorecard: what each primary model says of each hypothesis, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from underbalance.errors import Fault, raise_if_any
from underbalance.hypotheses.verdict import (
    NO_VERDICT,
    corrected,
    role,
    verdict,
)
from underbalance.models.tidy import is_estimated
from underbalance.places import in_run

STATEMENTS: Final = {
    "H1": "Allies with low obstacles are faster and steadier",
    "H2": "The political obstacle makes cooperation less steady (more than slower)",
    "H3": "The social obstacle makes cooperation slower (more than less steady)",
    "H4": "Both obstacles together make cooperation fail",
    "H5": "Obstacles differ in weight by region",
    "R1": "Threat makes cooperation faster and steadier",
    "R2": "Dependence on the USA makes cooperation faster and steadier",
    "R3": "Large allies cooperate faster and more steadily (collective goods)",
}
MODEL: Final = "model"
CONTRAST: Final = "contrast"
POINTER: Final = "pointer"
SHOWN: Final = "shown: enters no verdict"
WEIGHTS_FILE: Final = "results/hypotheses/weights.csv"
COLUMNS: Final = [
    "hypothesis", "statement", "verdict", "kind", "spec_id", "outcome", "estimator", "scale",
    "term", "estimate", "std_error", "ci_low", "ci_high", "p_value", "p_method", "p_holm",
    "p_crv3", "p_permutation", "effective_clusters", "n", "n_events", "n_clusters",
    "predicted_sign", "agrees", "role",
]  # fmt: skip
FROM_ESTIMATES: Final = [
    "estimate", "std_error", "ci_low", "ci_high", "p_value", "p_method", "n", "n_events",
    "n_clusters", "note",
]  # fmt: skip

KEYS: Final = ["spec_id", "term"]
# by column, the method of inference and its number
BESIDE: Final = {
    "p_crv3": ("crv3", "p_value"),
    "p_permutation": ("permutation", "p_value"),
    "effective_clusters": ("crv1", "effective_clusters"),
}


def scorecard(
    tests: pd.DataFrame,
    estimates: pd.DataFrame,
    inference: pd.DataFrame,
    contrasts: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per hypothesis and primary model, and one per contrast.

    Parameters
    ----------
    tests : what the primary models test: ``hypothesis``, ``spec_id``, ``outcome`` in words,
        ``estimator``, ``scale`` (what more of the outcome means: pace, duration, unsteadiness or
        failure), ``term`` as in the tidy result, ``predicted_sign`` (1 or −1).
    estimates : tidy rows of those models; a model that could not be estimated has one
        row whose note begins ``not estimated``.
    inference : terms of interest of those models by method
        (:func:`underbalance.models.inference.infer`).
    contrasts : :func:`underbalance.hypotheses.contrasts.contrast_row`.

    Returns
    -------
    Columns :data:`COLUMNS`, in the order H1 to H5, R1 to R3. ``role`` says whether a
    model counts in the verdict, else why not; ``agrees`` whether its estimate has the
    predicted sign. Without a test a hypothesis has no verdict and one row that says so.

    Raises
    ------
    FaultsError : for tests of terms that the estimates do not have.
    """
    models = tests.merge(
        _found(tests, estimates), on=["spec_id", "term"], how="left", validate="many_to_one"
    ).merge(_beside(inference), on=["spec_id", "term"], how="left", validate="many_to_one")
    models["kind"] = MODEL
    models["role"] = [
        role(row["n_events"], row["p_value"], row["p_method"], row["note"])
        for row in models.to_dict("records")
    ]
    rows = [part for name in STATEMENTS for part in _of_hypothesis(name, models, contrasts)]
    found = pd.concat(rows, ignore_index=True)
    found["statement"] = found["hypothesis"].map(STATEMENTS)
    kinds = dict.fromkeys(["n", "n_events", "n_clusters", "predicted_sign"], "Int64")
    return found.reindex(columns=COLUMNS).astype(kinds | dict.fromkeys(BESIDE, "float64"))


def corrected_by_test(card: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    """Return p after Holm's correction by hypothesis, specification and term, where there is one.

    Parameters
    ----------
    card : :func:`scorecard`.
    """
    own = card[card["p_holm"].notna()]
    keys = zip(own["hypothesis"], own["spec_id"], own["term"], strict=True)
    return dict(zip(keys, own["p_holm"].astype("float64"), strict=True))


def _found(tests: pd.DataFrame, estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the tidy row of each tested term, or that of the model without an estimate."""
    empty = ~is_estimated(estimates)
    without = estimates[empty].set_index("spec_id")
    with_terms = estimates[~empty].set_index(["spec_id", "term"])
    keys = tests[["spec_id", "term"]].drop_duplicates()
    pairs = list(keys.itertuples(index=False, name=None))
    raise_if_any(
        [
            _no_such_term(spec_id, term)
            for spec_id, term in pairs
            if spec_id not in without.index and (spec_id, term) not in with_terms.index
        ]
    )
    rows = [
        with_terms.loc[(spec_id, term)] if spec_id not in without.index else without.loc[spec_id]
        for spec_id, term in pairs
    ]
    found = pd.DataFrame([row[FROM_ESTIMATES].to_dict() for row in rows], columns=FROM_ESTIMATES)
    return pd.concat([keys.reset_index(drop=True), found], axis=1)


def _beside(inference: pd.DataFrame) -> pd.DataFrame:
    """Return by term what other methods say beside the reported one, missing where they do not."""
    found = inference[KEYS].drop_duplicates()
    for name, (method, column) in BESIDE.items():
        own = inference.loc[inference["method"] == method, [*KEYS, column]]
        found = found.merge(
            own.rename(columns={column: name}), on=KEYS, how="left", validate="one_to_one"
        )
    return found


def _of_hypothesis(
    name: str, models: pd.DataFrame, contrasts: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    own = models[models["hypothesis"] == name].copy()
    own["p_holm"] = corrected(own["p_value"].astype("float64"), own["role"])
    own["agrees"] = [_agrees(row) for row in own.to_dict("records")]
    found = verdict(own)
    yield own.assign(verdict=found)
    if own.empty:
        yield pd.DataFrame([_pointer(name)])
    for row in contrasts[contrasts["hypothesis"] == name].to_dict("records"):
        yield pd.DataFrame([_contrast(row, found)])


def _agrees(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["estimate"]):
        return ""
    return "yes" if np.sign(row["estimate"]) == row["predicted_sign"] else "no"


def _contrast(row: Mapping[Any, Any], found: str) -> dict[str, Any]:
    """Return the row of a contrast; positive is what the hypothesis says."""
    numbers = {name: row[name] for name in ("std_error", "ci_low", "ci_high", "p_value")}
    missing = pd.isna(row["effect"])
    return numbers | {
        "hypothesis": row["hypothesis"],
        "verdict": found,
        "kind": CONTRAST,
        "spec_id": "",
        "outcome": f"{row['more']} minus {row['less']}",
        "estimator": "",
        "scale": row["more"],
        "term": row["term"],
        "estimate": row["effect"],
        "p_method": "" if missing else f"pairs bootstrap of allies, {row['draws']} draws",
        "n_clusters": row["allies"],
        "predicted_sign": 1,
        "agrees": _agrees({"estimate": row["effect"], "predicted_sign": 1}),
        "role": f"{SHOWN}; {row['note']}" if row["note"] else SHOWN,
    }


def _pointer(name: str) -> dict[str, Any]:
    """Return the row of a hypothesis that no model tests."""
    where = f"see {in_run(WEIGHTS_FILE)}" if name == "H5" else "no primary model tests it"
    texts = dict.fromkeys(
        ["spec_id", "outcome", "estimator", "scale", "term", "p_method", "agrees"], ""
    )
    return texts | {
        "hypothesis": name,
        "verdict": NO_VERDICT,
        "kind": POINTER,
        "role": f"descriptive: {where}",
    }


def _no_such_term(spec_id: str, term: str) -> Fault:
    return Fault(
        "config/models.yaml",
        f"specification {spec_id}",
        "a tested term must be one of the estimates",
        term,
        f"a term of {in_run('results/estimates')}/{spec_id}.csv",
        "correct the name in tests",
    )
