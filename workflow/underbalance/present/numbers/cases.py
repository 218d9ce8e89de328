"""Numbers of the case histories, the claims on them, and the types of cooperation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import Row, Source, Wanted
from underbalance.schemas.claim_words import VERDICTS

DURATIONS: Final = "results/cases/stage_durations.csv"
REVERSALS: Final = "results/cases/reversals.csv"
CLAIMS: Final = "results/cases/claims.csv"
EXPECTATIONS: Final = "results/cases/expectations.csv"
TYPOLOGY: Final = "results/tables/typology.csv"
AGREEMENT: Final = "results/tables/type_agreement.csv"
OBSERVED: Final = "data/processed/observed_types.csv"
STAGES: Final = ("contract", "operational")
NOT_RECORDED: Final = "not recorded"
CAMPS: Final = ("all", "rightist", "leftist_or_centrist")
TYPES: Final = ("effective", "inconsistent", "slow", "failing")
OBSERVED_TYPES: Final = (*TYPES, "slow_inconsistent")


def of_cases(results: Results, seed: tuple[str, ...], quantile: float) -> Iterator[Wanted]:
    """Give the numbers of the cases.

    Parameters
    ----------
    seed : iso3 codes of the cases that the theory was made on.
    quantile : above which an obstacle is high.
    """
    for iso3 in seed:
        yield from _durations(results, iso3)
        yield from _reversals(iso3)
    for name, own in (("", {}), *((iso3, {"iso3": iso3}) for iso3 in seed)):
        yield from _claims(name, own)
    yield from _typology(results, f"{quantile:g}")


def _durations(results: Results, iso3: str) -> Iterator[Wanted]:
    begun = [
        row["line"]
        for row in results.rows(DURATIONS)
        if row["iso3"] == iso3 and row["stage"] == "commitment" and row["status"] == "reached"
    ]
    for line in begun:
        for stage in STAGES:
            key: Row = {"iso3": iso3, "line": line, "stage": stage}
            name, what = macro(iso3, line, stage), f"{line} ({iso3}), {stage}"
            yield Wanted(
                f"{name}Years",
                "duration",
                "years",
                f"Years since the commitment, up to now where not reached: {what}.",
                Source(DURATIONS, key, "years_since_commitment"),
                missing=NOT_RECORDED,
            )
            yield Wanted(
                f"{name}Status",
                "word",
                "word",
                f"Whether the stage was reached, censored or not recorded: {what}.",
                Source(DURATIONS, key, "status", "spaced"),
            )


def _reversals(iso3: str) -> Iterator[Wanted]:
    for camp in CAMPS:
        key: Row = {"iso3": iso3, "camp": camp}
        of = f"{iso3}, governments: {camp.replace('_', ' ')}"
        for suffix, column, kind, unit, what in (
            ("GovernmentYears", "years", "allies", "years", "Years observed"),
            ("StepsForward", "forward", "count", "count", "Steps forward"),
            ("StepsBack", "back", "count", "count", "Steps back"),
            ("StepsBackPerYear", "back_per_year", "duration", "per year", "Steps back per year"),
            (
                "ReversalsPerYear",
                "changes_per_year",
                "duration",
                "per year",
                "Changes of direction per year",
            ),
        ):
            source = Source(REVERSALS, key, column)
            yield Wanted(macro(iso3, camp) + suffix, kind, unit, f"{what}: {of}.", source)


def _claims(name: str, own: Row) -> Iterator[Wanted]:
    of = f"claims on {name}" if name else "claims on the cases"
    first = macro(name, "claims")
    yield Wanted(
        first, "count", "count", f"Number of {of}.", Source(CLAIMS, own, "verdict", "rows")
    )
    for verdict in VERDICTS:
        source = Source(CLAIMS, {**own, "verdict": verdict}, "verdict", "rows")
        what = f"Number of {of} that are {verdict} (coding and record)"
        yield Wanted(macro(first, verdict), "count", "count", f"{what}.", source)
        yield Wanted(
            macro(first, verdict, "word"), "count in words", "word", f"{what}, in words.", source
        )
    source = Source(CLAIMS, own, "verdict", "percent that are: supported")
    what = f"Share of {of} that are supported"
    yield Wanted(f"{first}SupportedPercent", "percent", "percent", f"{what}.", source)
    met = macro(name, "expectations")
    yield Wanted(
        met, "count", "count", f"Number of expected ally-years ({name or 'all'}).",
        Source(EXPECTATIONS, own, "met", "rows"),
    )  # fmt: skip
    yield Wanted(
        f"{met}Met", "count", "count", f"Number of expected ally-years met ({name or 'all'}).",
        Source(EXPECTATIONS, {**own, "met": "1"}, "met", "rows"),
    )  # fmt: skip


def _typology(results: Results, quantile: str) -> Iterator[Wanted]:
    table = results.rows(TYPOLOGY)
    regions = [row["group"] for row in table if row["grouping"] == "region"]
    for group in dict.fromkeys(["all", *regions]):
        key: Row = {
            "quantile": quantile,
            "grouping": "all" if group == "all" else "region",
            "group": group,
        }
        for kind in TYPES:
            source = Source(TYPOLOGY, key, f"share_{kind}", "percent")
            what = f"Share of ally-years coded {kind} ({group.replace('_', ' ')})"
            yield Wanted(
                macro("type", group, kind, "share"), "percent", "percent", f"{what}.", source
            )
    for measure in ("type", "inconsistent", "slow"):
        yield from _agreement(measure, quantile)
    for kind in OBSERVED_TYPES:
        source = Source(OBSERVED, {"observed_type": kind}, "observed_type", "rows")
        what = f"Ally-decades observed as {kind.replace('_', ' and ')}"
        yield Wanted(macro("observed", kind), "count", "ally-decades", f"{what}.", source)


def _agreement(measure: str, quantile: str) -> Iterator[Wanted]:
    key: Row = {"quantile": quantile, "measure": measure}
    of = f"predicted and observed {measure}"
    for suffix, column, kind, how, what in (
        ("Kappa", "kappa", "index", "identity", "Cohen’s kappa"),
        ("KappaLow", "ci_low", "index", "identity", "Cohen’s kappa, lower end of the interval"),
        ("KappaHigh", "ci_high", "index", "identity", "Cohen’s kappa, upper end of the interval"),
        ("Agreement", "exact_agreement", "percent", "percent", "Exact agreement"),
        ("AgreementDecades", "ally_decades", "count", "identity", "Ally-decades compared"),
        ("AgreementAllies", "allies", "count", "identity", "Allies compared"),
    ):
        source = Source(AGREEMENT, key, column, how)
        unit = {"index": "kappa", "percent": "percent"}.get(kind, "count")
        yield Wanted(macro(measure, "types") + suffix, kind, unit, f"{what}: {of}.", source)
