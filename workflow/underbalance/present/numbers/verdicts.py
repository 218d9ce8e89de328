"""Numbers of the verdicts: what each rests on, and how many hypotheses hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from underbalance.hypotheses.scorecard import CONTRAST, MODEL, STATEMENTS
from underbalance.hypotheses.verdict import (
    ALPHA,
    CONTRADICTED,
    COUNTS,
    NO_VERDICT,
    NOT_SUPPORTED,
    SUPPORTED,
)
from underbalance.models.terms import LAG
from underbalance.present.numbers.hypotheses import SCORECARD
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import Row, Source, Wanted

CONTRASTS: Final = "results/hypotheses/contrasts.csv"
FAMILIES: Final = {"hypotheses": "H", "rivals": "R"}


def of_verdicts(results: Results, alpha: float) -> Iterator[Wanted]:
    """Give the verdicts, what they rest on, and the comparisons beside them.

    Parameters
    ----------
    alpha : a comparison is significant where p is below it.
    """
    rows = results.rows(SCORECARD)
    for name in STATEMENTS:
        yield from _verdict(name)
        if any(row["hypothesis"] == name and row["kind"] == MODEL for row in rows):
            yield from _tally(name)
    for row in rows:
        if row["kind"] == CONTRAST:
            yield from _contrast(row, alpha)
    for name, first in FAMILIES.items():
        yield from _family(name, [key for key in STATEMENTS if key.startswith(first)])
    yield from _models()


def _verdict(hypothesis: str) -> Iterator[Wanted]:
    source = Source(SCORECARD, {"hypothesis": hypothesis}, "verdict", "same")
    yield Wanted(
        f"{macro(hypothesis)}Verdict", "word", "verdict", f"Verdict on {hypothesis}.", source
    )


def _tally(hypothesis: str) -> Iterator[Wanted]:
    name = macro(hypothesis)
    tests: Row = {"hypothesis": hypothesis, "kind": MODEL}
    counting: Row = {**tests, "role": COUNTS}
    predicted: Row = {**counting, "agrees": "yes"}
    agreeing: Row = {**predicted, "p_holm": {"below": ALPHA}}
    opposite: Row = {**counting, "agrees": "no"}
    contradicting: Row = {**opposite, "p_holm": {"below": ALPHA}}
    against: Row = {**opposite, "p_value": {"below": ALPHA}}
    yield _counted(f"{name}Tests", tests, f"primary tests of {hypothesis}")
    for suffix, row, what in (
        ("Counting", counting, "tests that count"),
        ("Predicted", predicted, "tests that count and have the predicted sign"),
        ("Agreeing", agreeing, f"of these, with a Holm-corrected p < {ALPHA:g}"),
        (
            "Contradicting",
            contradicting,
            f"tests that count, with the opposite sign and a Holm-corrected p < {ALPHA:g}",
        ),
        (
            "Against",
            against,
            f"tests that count, with the opposite sign and an uncorrected p < {ALPHA:g}",
        ),
    ):
        yield from _said(name + suffix, row, f"{what} ({hypothesis})")
    needed = f"tests that must agree for the verdict: half of those that count ({hypothesis})"
    yield _counted(f"{name}Needed", counting, needed, "half of rows")


def _contrast(row: Mapping[str, str], alpha: float) -> Iterator[Wanted]:
    name = macro(row["hypothesis"], "contrast")
    key: Row = {"hypothesis": row["hypothesis"], "kind": CONTRAST}
    of = f"{row['outcome']}, {row['term'].removesuffix(LAG)} ({row['hypothesis']})"
    sd = "standard deviations of the disturbance"
    for suffix, column, kind, unit, how, what in (
        ("", "estimate", "effect", sd, "identity", "Difference of mean effects"),
        ("CiLow", "ci_low", "effect", sd, "identity", "Lower end of its interval"),
        ("CiHigh", "ci_high", "effect", sd, "identity", "Upper end of its interval"),
        ("P", "p_value", "p", "probability", "identity", "Its p-value"),
        ("PText", "p_value", "p with its name", "probability", "identity", "p with its name"),
        (
            "Significance",
            "p_value",
            "word",
            "word",
            f"significance at: {alpha:g}",
            f"Whether p is below {alpha:g}",
        ),
        ("Direction", "estimate", "word", "word", "direction", "Its sign in words"),
    ):
        source = Source(SCORECARD, key, column, how)
        yield Wanted(name + suffix, kind, unit, f"{what}: {of}.", source)
    source = Source(CONTRASTS, {"hypothesis": row["hypothesis"]}, "draws")
    yield Wanted(f"{name}Draws", "count", "draws", f"Draws of allies behind it: {of}.", source)


def _family(name: str, members: list[str]) -> Iterator[Wanted]:
    said = ", ".join(members)
    judged: Row = {"hypothesis": members, "verdict": {"not": NO_VERDICT}}
    what = f"hypotheses ({said}) on which there is a verdict"
    yield from _said(macro(name, "judged"), judged, what, "distinct", "hypothesis")
    for verdict in (SUPPORTED, NOT_SUPPORTED, CONTRADICTED):
        row: Row = {"hypothesis": members, "verdict": verdict}
        what = f"hypotheses ({said}) that are {verdict}"
        yield from _said(macro(name, verdict), row, what, "distinct", "hypothesis")


def _models() -> Iterator[Wanted]:
    tests: Row = {"kind": MODEL}
    counting: Row = {"kind": MODEL, "role": COUNTS}
    silent: Row = {"kind": MODEL, "estimate": ""}
    yield _counted("primaryTests", tests, "primary tests, those of rivals too")
    yield _counted("countingTests", counting, "primary tests that count in a verdict")
    yield from _said("primaryModels", tests, "primary models", "distinct")
    yield from _said("countingModels", counting, "primary models that count", "distinct")
    for end in ("low", "high"):
        source = Source(SCORECARD, tests, "n_clusters", f"{end}est")
        what = f"{end.capitalize()}est number of allies in a primary model."
        yield Wanted(f"modelAllies{end.capitalize()}", "count", "allies", what, source)
    yield from _said("modelsNotEstimated", silent, "primary models not estimated", "distinct")


def _said(
    name: str, row: Row, what: str, how: str = "rows", column: str = "spec_id"
) -> Iterator[Wanted]:
    """Give a count in figures and in words."""
    yield _counted(name, row, what, how, column)
    source = Source(SCORECARD, row, column, how)
    yield Wanted(f"{name}Word", "count in words", "word", f"Number of {what}, in words.", source)


def _counted(name: str, row: Row, what: str, how: str = "rows", column: str = "spec_id") -> Wanted:
    return Wanted(name, "count", "count", f"Number of {what}.", Source(SCORECARD, row, column, how))
