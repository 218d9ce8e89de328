"""Numbers of the primary tests: what the scorecard has of each, and their models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from underbalance.hypotheses.scorecard import MODEL
from underbalance.models.terms import LAG
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import NOT_ESTIMATED, NOT_GIVEN, Row, Source, Wanted
from underbalance.present.scorecard_wording import WITHOUT_CLOCK

SCORECARD: Final = "results/scorecard.csv"
TRIED: Final = ("H2", "H3", "H4")  # of their tests all is quoted, of the others less


class Quantity(NamedTuple):
    """One thing to quote of a test; without a unit it has that of the model."""

    suffix: str
    column: str
    kind: str
    what: str
    unit: str = ""
    transform: str = "identity"


P: Final = "probability"
OF_RIVALS: Final = (
    Quantity("Estimate", "estimate", "coefficient", "Coefficient per standard deviation"),
    Quantity("P", "p_value", "p", "p-value of the model", P),
    Quantity("Direction", "estimate", "word", "Sign found, in words", "word", "direction"),
)
OF_ALL: Final = (
    *OF_RIVALS,
    Quantity("CiLow", "ci_low", "coefficient", "Lower end of the confidence interval"),
    Quantity("CiHigh", "ci_high", "coefficient", "Upper end of the confidence interval"),
    Quantity("PText", "p_value", "p with its name", "p-value of the model, with its name", P),
    Quantity("HolmP", "p_holm", "p", "p-value after Holm’s correction", P),
    Quantity("Agreement", "agrees", "word", "Whether the sign is as predicted", "word",
             "agreement"),
    Quantity("Role", "role", "word", "Part in the verdict: counts, descriptive or not estimated",
             "word", "before colon"),
)  # fmt: skip
OF_TRIED: Final = (
    *OF_ALL,
    Quantity("Se", "std_error", "coefficient", "Standard error"),
    Quantity("HolmPText", "p_holm", "p with its name",
             "p-value after Holm’s correction, with its name", P),
    Quantity("CrvThreeP", "p_crv3", "p", "p-value of the jackknife over allies (CRV3)", P),
    Quantity("PermutationP", "p_permutation", "p",
             "p-value of the permutation of obstacle histories", P),
    Quantity("EffectiveAllies", "effective_clusters", "allies", "Effective number of allies",
             "allies"),
    Quantity("Predicted", "predicted_sign", "word", "Sign predicted, in words", "word",
             "direction"),
    Quantity("Significance", "p_value", "word", "Whether p is below {alpha}", "word",
             "significance at: {alpha}"),
    Quantity("HolmSignificance", "p_holm", "word", "Whether Holm’s p is below {alpha}", "word",
             "significance at: {alpha}"),
)  # fmt: skip
# of estimators whose coefficients are the log of a ratio; in place of {} what it is a ratio of
RATIOS: Final = (
    Quantity("Ratio", "estimate", "ratio", "Ratio of {}s per standard deviation", "ratio", "exp"),
    Quantity("RatioLow", "ci_low", "ratio", "Ratio of {}s, lower end of the interval", "ratio",
             "exp"),
    Quantity("RatioHigh", "ci_high", "ratio", "Ratio of {}s, upper end of the interval", "ratio",
             "exp"),
)  # fmt: skip
PERCENT: Final = (
    Quantity("Percent", "estimate", "percent", "Change of the {} in percent", "percent",
             "percent change"),
    Quantity("PercentSize", "estimate", "percent", "Change of the {} in percent, without its sign",
             "percent", "size of percent change"),
    Quantity("PercentLow", "ci_low", "percent",
             "Change of the {} in percent, lower end of the interval", "percent",
             "percent change"),
    Quantity("PercentHigh", "ci_high", "percent",
             "Change of the {} in percent, upper end of the interval", "percent",
             "percent change"),
)  # fmt: skip
RATIO_OF: Final = {"grouped": "hazard", "variance": "variance"}
COUNTS: Final = (
    Quantity("N", "n", "count", "Rows in the model", "rows"),
    Quantity("Allies", "n_clusters", "count", "Allies (clusters) in the model", "allies"),
)
EVENTS: Final = Quantity("Events", "n_events", "count", "Events in the model", "events")


def of_tests(results: Results, units: Mapping[str, str], alpha: float) -> Iterator[Wanted]:
    """Give the numbers of the primary tests and their models.

    Parameters
    ----------
    units : of the coefficients, by specification.
    alpha : significant is a p below it.
    """
    models = [row for row in results.rows(SCORECARD) if row["kind"] == MODEL]
    first_of: dict[str, dict[str, str]] = {}
    for row in models:
        first_of.setdefault(row["spec_id"], row)
        yield from _test(row, units[row["spec_id"]], f"{alpha:g}")
    for row in first_of.values():
        yield from _model(row, units[row["spec_id"]])


def test_name(spec_id: str, term: str) -> str:
    """Return the first part of the names of a test: the model and the term it is about.

    A term that the name of the model ends with is not said twice.
    """
    short = term.removesuffix(LAG)
    return macro(spec_id) if spec_id.endswith(f"_{short}") else macro(spec_id, short)


def _test(row: Mapping[str, str], unit: str, alpha: str) -> Iterator[Wanted]:
    name = test_name(row["spec_id"], row["term"])
    of = f"{row['term'].removesuffix(LAG)} in {row['spec_id']} ({row['outcome']})"
    for one in _quantities(row["hypothesis"]):
        yield _wanted(name, one, unit, f"{one.what}: {of}, {row['hypothesis']}.", row, alpha)
    ratio_of = RATIO_OF.get(row["estimator"])
    if not ratio_of or unit == WITHOUT_CLOCK or row["hypothesis"].startswith("R"):
        return
    for one in RATIOS:
        what = f"{one.what.format(ratio_of)}: {of}, {row['hypothesis']}."
        yield _wanted(f"{name}{ratio_of.capitalize()}", one, unit, what, row, alpha)
    for one in PERCENT if row["hypothesis"] in TRIED else ():
        what = f"{one.what.format(ratio_of)}: {of}, {row['hypothesis']}."
        yield _wanted(name, one, unit, what, row, alpha)


def _quantities(hypothesis: str) -> tuple[Quantity, ...]:
    if hypothesis in TRIED:
        return OF_TRIED
    return OF_RIVALS if hypothesis.startswith("R") else OF_ALL


def _wanted(
    name: str, one: Quantity, unit: str, what: str, row: Mapping[str, str], alpha: str
) -> Wanted:
    return Wanted(
        name + one.suffix,
        one.kind,
        one.unit or unit,
        what.format(alpha=alpha),
        Source(SCORECARD, _key(row), one.column, one.transform.format(alpha=alpha)),
        missing=NOT_GIVEN if row["estimate"] else NOT_ESTIMATED,
    )


def _model(row: Mapping[str, str], unit: str) -> Iterator[Wanted]:
    spec_id = row["spec_id"]
    name = macro(spec_id)
    for one in (*COUNTS, EVENTS) if row["estimator"] == "grouped" else COUNTS:
        yield _wanted(name, one, unit, f"{one.what} {spec_id}.", row, "")
    if row["hypothesis"] in TRIED:
        yield Wanted(
            f"{name}Df",
            "level",
            "degrees of freedom",
            f"Degrees of freedom of the t distribution of the model {spec_id}.",
            Source(
                f"results/estimates/{spec_id}.csv",
                {"spec_id": spec_id, "term": row["term"]},
                "df",
            ),
        )


def _key(row: Mapping[str, str]) -> Row:
    return {name: row[name] for name in ("hypothesis", "spec_id", "term")}
