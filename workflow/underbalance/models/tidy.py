"""The one result table: every estimator makes a :class:`Fit`, every renderer reads tidy rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from underbalance.errors import EstimationError, Fault, FaultsError, raise_if_any
from underbalance.models.model import Model
from underbalance.tables import write_table

TIDY_COLUMNS = [
    "spec_id", "outcome", "hypothesis", "term", "estimate", "std_error", "se_type", "df",
    "statistic", "p_value", "p_method", "ci_low", "ci_high", "n", "n_events", "n_clusters",
    "ties", "sample", "data_sha", "note",
]  # fmt: skip
COUNTS = ["n", "n_events", "n_clusters"]
NUMBERS = ["estimate", "std_error", "df", "statistic", "p_value", "ci_low", "ci_high"]
TEXTS = [column for column in TIDY_COLUMNS if column not in [*COUNTS, *NUMBERS]]
NAMED = ["spec_id", "outcome", "term", "se_type", "p_method", "sample", "data_sha"]
WITHHELD = ["p_value", "ci_low", "ci_high"]
TOO_FEW = "too few clusters"
NOT_ESTIMATED = "not estimated: "
UNLESS = f", but empty where note says '{TOO_FEW}'"
USUAL_LEVEL = 0.95

# rows that break a rule, the column it is on, and what is allowed
Rule = tuple[pd.Series, str, str]


@dataclass(frozen=True, eq=False)
class Fit:
    """An estimated model, before it is told which specification it belongs to.

    Parameters
    ----------
    estimates : coefficients, shape (k,), indexed by term.
    covariance : their covariance, shape (k, k), indexed and labelled by term.
    se_type : standard errors in words, e.g. ``"clustered by iso3 (CRV1)"``.
    df : degrees of freedom of the t distribution (``inf`` for the normal).
    p_method : p-value in words, e.g. ``"t(29)"``.
    n, n_clusters, n_events : rows, clusters and events used; None where there are none.
    ties : handling of tied event times, empty where the question does not arise.
    loglik : log-likelihood at the estimates.
    extra : further named numbers, such as the within R².
    notes : what the data made the estimator do (rows left out, durations pooled).
    withheld : why no p-value and no interval may be shown; empty if they may.
    model : the model itself, for what estimates it again (bootstrap, jackknife, permutation).

    Raises
    ------
    EstimationError
        If terms disagree or repeat, a number is not finite, or a standard error is not positive.
    """

    estimates: pd.Series[float]
    covariance: pd.DataFrame
    se_type: str
    df: float
    p_method: str
    n: int
    n_clusters: int | None = None
    n_events: int | None = None
    ties: str = ""
    loglik: float | None = None
    extra: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    withheld: str = ""
    model: Model | None = None

    def __post_init__(self) -> None:
        terms = self.terms
        if terms != list(self.covariance.index) or terms != list(self.covariance.columns):
            raise EstimationError(f"estimates and covariance name different terms: {terms}")
        if len(set(terms)) < len(terms):
            raise EstimationError(f"a term occurs twice: {terms}")
        pairs = zip(terms, self.estimates, np.diag(self.covariance), strict=True)
        bad = [f"'{t}'" for t, b, v in pairs if not (np.isfinite(b) and 0 < v < np.inf)]
        if bad:
            raise EstimationError(
                f"no finite estimate with a positive standard error for {', '.join(bad)}"
            )
        if not np.isfinite(self.covariance.to_numpy()).all():
            raise EstimationError("the covariance matrix has entries that are not finite")

    @property
    def terms(self) -> list[str]:
        """Names of the terms, in model order."""
        return [str(term) for term in self.estimates.index]

    @property
    def std_errors(self) -> pd.Series[float]:
        """Square roots of the diagonal of the covariance, indexed by term."""
        return pd.Series(np.sqrt(np.diag(self.covariance)), index=self.estimates.index)


def tidy(
    fit: Fit,
    *,
    spec_id: str,
    outcome: str,
    hypothesis: str,
    sample: str,
    data_sha: str,
    note: str = "",
    level: float = USUAL_LEVEL,
) -> pd.DataFrame:
    """Return one row per term with :data:`TIDY_COLUMNS`.

    Statistic, p-value and interval come from the same t distribution with ``fit.df``
    degrees of freedom, so the interval excludes zero exactly when p < 1 − level. Where
    the fit withholds them, p-value and interval are empty and the note says why.

    Raises
    ------
    FaultsError
        If the rows break a rule of :func:`validate`.
    """
    from scipy.special import stdtr, stdtrit  # heavy, and reading rows does not need it

    statistic = fit.estimates / fit.std_errors
    reach = float(stdtrit(fit.df, 0.5 + level / 2)) * fit.std_errors
    rows = pd.DataFrame(
        {
            "spec_id": spec_id,
            "outcome": outcome,
            "hypothesis": hypothesis,
            "term": fit.terms,
            "estimate": fit.estimates.to_numpy(),
            "std_error": fit.std_errors.to_numpy(),
            "se_type": fit.se_type,
            "df": float(fit.df),
            "statistic": statistic.to_numpy(),
            "p_value": 2 * stdtr(fit.df, -statistic.abs().to_numpy()),
            "p_method": fit.p_method,
            "ci_low": (fit.estimates - reach).to_numpy(),
            "ci_high": (fit.estimates + reach).to_numpy(),
            "n": fit.n,
            "n_events": fit.n_events,
            "n_clusters": fit.n_clusters,
            "ties": fit.ties,
            "sample": sample,
            "data_sha": data_sha,
            "note": _join_notes(note, fit, level),
        }
    )
    if fit.withheld:
        rows[WITHHELD] = np.nan
    return validate(rows.astype(_dtypes())[TIDY_COLUMNS])


def not_estimated(
    reason: str,
    *,
    spec_id: str,
    outcome: str,
    sample: str,
    data_sha: str,
    n: int | None = None,
    n_events: int | None = None,
) -> pd.DataFrame:
    """Return the one row of a specification that the data cannot carry: no estimate, the reason.

    Parameters
    ----------
    n, n_events : of the complete rows that the estimator was given, None where not known.
    """
    row = dict.fromkeys(TIDY_COLUMNS, "") | dict.fromkeys([*COUNTS, *NUMBERS])
    named = {"spec_id": spec_id, "outcome": outcome, "sample": sample, "data_sha": data_sha}
    row |= {**named, "n": n, "n_events": n_events, "note": f"{NOT_ESTIMATED}{reason}"}
    return validate(pd.DataFrame([row]).astype(_dtypes())[TIDY_COLUMNS])


def is_estimated(rows: pd.DataFrame) -> pd.Series[bool]:
    """Say for each tidy row whether it is an estimate, and no note on why there is none."""
    return ~rows["note"].str.startswith(NOT_ESTIMATED, na=False)


def too_few_clusters(n_clusters: int, min_clusters: int) -> str:
    """Return the reason to withhold p-values, empty when there are clusters enough."""
    return f"{TOO_FEW}: {n_clusters} < {min_clusters}" if n_clusters < min_clusters else ""


def read(path: Path) -> pd.DataFrame:
    """Read a tidy table with the very numbers that were written, and validate it."""
    texts = dict.fromkeys(TEXTS, "str")
    blank = {column: [""] for column in [*COUNTS, *NUMBERS]}
    rows = pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=blank)
    _check_columns(rows, str(path))
    try:
        rows = rows.astype(_dtypes())
    except (TypeError, ValueError) as error:
        what = f"{', '.join(NUMBERS)} (numbers), {', '.join(COUNTS)} (whole numbers)"
        raise FaultsError(
            [_fault(str(path), "columns", "kinds of columns", error, what)]
        ) from error
    return validate(rows, str(path))


def write(rows: pd.DataFrame, path: Path) -> None:
    """Validate and write a tidy table whole or not at all, floats with their shortest repr."""
    write_table(validate(rows, str(path)), path)


def validate(rows: pd.DataFrame, file: str = "tidy result") -> pd.DataFrame:
    """Return the rows if they keep every rule of the tidy result.

    Raises
    ------
    FaultsError
        With every fault: columns, empty or repeated keys, p outside [0, 1], a standard
        error or df that is not positive, an estimate outside its interval, missing numbers;
        numbers, terms or further rows of a specification that was not estimated.
    """
    _check_columns(rows, file)
    numbered = rows.reset_index(drop=True)
    estimated = is_estimated(numbered)
    broken = _broken_rules_of_estimates(numbered[estimated])
    broken += _broken_rules_of_others(numbered, ~estimated)
    raise_if_any(
        [
            _fault(
                file, f"spec_id {row['spec_id']}, term {row['term']}", column, row[column], allowed
            )
            for where, column, allowed in broken
            if where.any()
            for row in numbered.loc[where[where].index].to_dict("records")
        ]
    )
    return rows


def _broken_rules_of_estimates(rows: pd.DataFrame) -> list[Rule]:
    silent = rows["note"].str.contains(TOO_FEW, regex=False, na=False)
    p_value, low, high = (rows[column] for column in WITHHELD)
    return [
        *((rows[column].isna() | (rows[column] == ""), column, "not empty") for column in NAMED),
        (rows.duplicated(["spec_id", "term"], keep=False), "term", "once per spec_id"),
        (~np.isfinite(rows["estimate"]), "estimate", "finite"),
        (~(np.isfinite(rows["std_error"]) & (rows["std_error"] > 0)), "std_error", "above 0"),
        (~(rows["df"] > 0), "df", "above 0"),
        (~np.isfinite(rows["statistic"]), "statistic", "finite"),
        (~p_value.between(0, 1).where(~silent, p_value.isna()), "p_value", f"0 to 1{UNLESS}"),
        (~(low <= rows["estimate"]).where(~silent, low.isna()), "ci_low", f"≤ estimate{UNLESS}"),
        (~(high >= rows["estimate"]).where(~silent, high.isna()), "ci_high", f"≥ estimate{UNLESS}"),
        (~_within(rows["n"], 1, np.inf), "n", "1 or more"),
        (~_within(rows["n_events"].fillna(0), 0, rows["n"]), "n_events", "0 to n, or empty"),
        (~_within(rows["n_clusters"].fillna(1), 1, rows["n"]), "n_clusters", "1 to n, or empty"),
    ]


def _broken_rules_of_others(rows: pd.DataFrame, others: pd.Series[bool]) -> list[Rule]:
    empty = ["term", "se_type", "p_method", "hypothesis", "ties"]
    named = [column for column in NAMED if column not in empty]
    why = "where a specification was not estimated"
    again = rows["spec_id"].duplicated(keep=False)
    return [
        *((others & (rows[c].isna() | (rows[c] == "")), c, "not empty") for c in named),
        *((others & (rows[c] != ""), c, f"empty {why}") for c in empty),
        *((others & rows[c].notna(), c, f"empty {why}") for c in ["n_clusters", *NUMBERS]),
        (others & ~_within(rows["n"].fillna(1), 1, np.inf), "n", "1 or more, or empty"),
        (
            others & ~_within(rows["n_events"].fillna(0), 0, rows["n"].fillna(0)),
            "n_events",
            "0 to n, or empty",
        ),
        (others & again, "spec_id", f"in one row {why}"),
    ]


def _join_notes(note: str, fit: Fit, level: float) -> str:
    interval = "" if level == USUAL_LEVEL else f"interval at {level:g}"
    return "; ".join(part for part in [note, fit.withheld, *fit.notes, interval] if part)


def _dtypes() -> dict[str, str]:
    kinds = dict.fromkeys(COUNTS, "Int64") | dict.fromkeys(NUMBERS, "float64")
    return {column: kinds.get(column, "str") for column in TIDY_COLUMNS}


def _within(counts: pd.Series[int], low: float, high: float | pd.Series[int]) -> pd.Series[bool]:
    return ((counts >= low) & (counts <= high)).fillna(value=False)


def _check_columns(rows: pd.DataFrame, file: str) -> None:
    found = [str(column) for column in rows.columns]
    if found != TIDY_COLUMNS:
        order = ", ".join(TIDY_COLUMNS)
        raise FaultsError([_fault(file, "header", "columns", ", ".join(found), order)])


def _fault(file: str, where: str, what: str, value: object, allowed: str) -> Fault:
    return Fault(
        file=file,
        where=where,
        rule=f"{what} must be {allowed}",
        value=str(value),
        allowed=allowed,
        mend="estimate the specification again; tidy tables are not edited by hand",
    )
