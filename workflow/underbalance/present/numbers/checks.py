"""Numbers of the specifications beside a primary test: what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from underbalance.hypotheses.scorecard import MODEL
from underbalance.models.terms import LAG, tested_terms
from underbalance.present.numbers.hypotheses import SCORECARD, TRIED, test_name
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import NOT_ESTIMATED, NOT_GIVEN, Row, Source, Wanted
from underbalance.specifications import Specification

CURVE: Final = "results/sensitivity/specification_curve.csv"
RIVALS: Final = "rivals"  # the specifications in which a rival is left out or measured otherwise


def of_checks(results: Results, specs: Mapping[str, Specification]) -> Iterator[Wanted]:
    """Give estimate and p-value of every specification beside a primary test.

    The name is that of the test with what the check's own name adds to that of the primary model:
    ``commitment_clear`` gives ``commitmentSocialClearEstimate``.

    Parameters
    ----------
    specs : all specifications, of every role.
    """
    for row in results.rows(SCORECARD):
        if row["kind"] == MODEL and row["hypothesis"] in TRIED:
            for spec_id in checks_of(row, specs):
                yield from _check(row, spec_id, results)
            yield from _rivals(row)


def checks_of(test: Mapping[str, str], specs: Mapping[str, Specification]) -> list[str]:
    """Return the specifications that test the same term anew, with something else changed."""
    primary = specs[test["spec_id"]]
    return [
        name
        for name, spec in specs.items()
        if spec.role != "primary"
        and spec.outcome == primary.outcome
        and spec.products == primary.products
        and (test["hypothesis"], test["term"])
        in {(one.hypothesis, one.term) for one in tested_terms(spec)}
    ]


def _check(test: Mapping[str, str], spec_id: str, results: Results) -> Iterator[Wanted]:
    file, key = f"results/estimates/{spec_id}.csv", {"spec_id": spec_id, "term": test["term"]}
    known = results.value(Source(file, key, "estimate")) is not None
    own = spec_id.removeprefix(f"{test['spec_id']}_")
    name = test_name(test["spec_id"], test["term"]) + macro("x", own)[1:]
    of = f"{test['term'].removesuffix(LAG)} in {spec_id}, beside {test['spec_id']}"
    for suffix, column, kind, unit, what in (
        ("Estimate", "estimate", "coefficient", "as the estimate", "Coefficient"),
        ("P", "p_value", "p", "probability", "p-value"),
        ("PText", "p_value", "p with its name", "probability", "p-value, with its name"),
    ):
        source = Source(file, dict(key), column)
        missing = NOT_GIVEN if known else NOT_ESTIMATED
        yield Wanted(name + suffix, kind, unit, f"{what}: {of}.", source, missing)


def _rivals(test: Mapping[str, str]) -> Iterator[Wanted]:
    key: Row = {
        **{name: test[name] for name in ("spec_id", "hypothesis", "term")},
        "kind": RIVALS,
    }
    name = test_name(test["spec_id"], test["term"])
    of = f"{test['term'].removesuffix(LAG)} in {test['spec_id']}, one rival left out or another"
    for end in ("Low", "High"):
        how = f"{end.lower()}est"
        source = Source(CURVE, key, "estimate", how)
        what = f"{how.capitalize()} estimate: {of}."
        yield Wanted(f"{name}Rivals{end}", "coefficient", "as the estimate", what, source)
        source = Source(CURVE, key, "choice", f"at {how}: estimate")
        what = f"What is changed in the {how} estimate: {of}."
        yield Wanted(f"{name}Rivals{end}Choice", "spaced word", "word", what, source)
        source = Source(CURVE, key, "p_value", f"at {how}: estimate")
        what = f"p-value of the {how} estimate, with its name: {of}."
        yield Wanted(f"{name}Rivals{end}PText", "p with its name", "probability", what, source)
