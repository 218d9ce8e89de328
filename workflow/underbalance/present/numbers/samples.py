"""Numbers of the data: who and what was observed, when, and with which settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.names import macro
from underbalance.present.numbers.number import Row, Source, Wanted
from underbalance.present.tie_words import counting_of_run

ALLY_YEARS: Final = "data/processed/ally_year.csv"
OUTCOMES: Final = "results/outcomes/summary.csv"
NOT_REACHED: Final = "not reached"  # a median before which half of the cases have not ended
SETTINGS: Final = "results/manifest.json"
MEMBERSHIP: Final = "results/description/membership.csv"
ARTICLE: Final = "core"  # the sample that the article and the numbers above are written for
COUNTED: Final[tuple[tuple[str, str, Row, str, str, str], ...]] = (
    ("allies", ALLY_YEARS, {"is_ally": "1"}, "iso3", "distinct",
     "Allies with a {formal} in some year"),
    ("allyYears", ALLY_YEARS, {"is_ally": "1"}, "iso3", "rows",
     "Ally-years with a {formal}"),
    ("referenceAllies", ALLY_YEARS, {"in_reference": "1"}, "iso3", "distinct",
     "Allies in the reference sample of the standardisation"),
    ("referenceAllyYears", ALLY_YEARS, {"in_reference": "1"}, "iso3", "rows",
     "Ally-years in the reference sample of the standardisation"),
    ("politicalAllyYears", ALLY_YEARS, {"is_ally": "1", "political": {"not": ""}}, "iso3", "rows",
     "Ally-years with a {formal} and a known political obstacle"),
    ("socialAllyYears", ALLY_YEARS, {"is_ally": "1", "social": {"not": ""}}, "iso3", "rows",
     "Ally-years with a {formal} and a known social obstacle"),
    ("states", ALLY_YEARS, {}, "iso3", "distinct", "States in the table of allies and years"),
    ("stateYears", ALLY_YEARS, {}, "iso3", "rows", "Rows of the table of allies and years"),
    ("deals", "data/processed/deals.csv", {}, "deal_id", "rows", "Orders of US arms"),
    ("dealAllies", "data/processed/deals.csv", {}, "iso3", "distinct", "Buyers of US arms"),
    ("notices", "data/processed/notification_orders.csv", {}, "notice_id", "distinct",
     "US congressional notices with a matched system family"),
    ("leaderSpells", "data/processed/leader_spells.csv", {}, "spell", "rows",
     "Terms of heads of government"),
    ("sources", "config/sources.csv", {}, "source", "distinct", "Sources of the data"),
    ("factsTables", "config/sources.csv", {}, "table", "distinct", "Facts tables in data/raw"),
    ("ledgerEntries", "data/processed/ledger.csv", {}, "rule", "rows",
     "Rows dropped, repaired or imputed, and cells left empty, each with its reason"),
    ("missileDefenceEvents", "results/cases/events.csv", {}, "iso3", "rows",
     "Events of missile defence"),
    ("missileDefenceCases", "results/cases/events.csv", {}, "iso3", "distinct",
     "Allies with a case history of missile defence"),
)  # fmt: skip
SET: Final = (
    ("firstYear", "first_year", "year", "First year of the table of allies and years"),
    ("lastYear", "last_year", "year", "Last year of the table of allies and years"),
    ("referenceFirstYear", "reference.first_year", "year", "First year of the reference sample"),
    ("referenceLastYear", "reference.last_year", "year", "Last year of the reference sample"),
    ("minClusters", "min_clusters", "count", "Allies below which no p-value is shown"),
    ("confidencePercent", "confidence_level", "share", "Confidence level of intervals in percent"),
    ("bootstrapDraws", "bootstrap_draws", "count", "Draws of the wild cluster bootstrap"),
    ("permutations", "permutations", "count", "Permutations of the obstacle histories"),
    ("bootstrapReplications", "bootstrap_replications", "count", "Draws of allies for intervals"),
    ("powerSimulations", "power_simulations", "count", "Simulated outcomes behind the power"),
    ("randomSeed", "seed", "year", "Seed of the random numbers"),
    ("sampleName", "sample", "word", "Name of the estimation sample"),
)


def of_samples(results: Results) -> Iterator[Wanted]:
    """Give the sizes of what was observed, by outcome too, and the settings of the run."""
    formal = f"formal {counting_of_run().name}"
    for name, file, row, column, how, what in COUNTED:
        said = f"{what.format(formal=formal)}."
        yield Wanted(name, "count", "count", said, Source(file, dict(row), column, how))
    for row in results.rows(OUTCOMES):
        yield from _outcome(row)
    for name, key, kind, what in SET:
        yield Wanted(name, kind, "setting", f"{what}.", Source(SETTINGS, {}, f"config.{key}"))


def of_other_sample(results: Results) -> Iterator[Wanted]:
    """Give what a text needs to know of a sample that is not the one the article is written for."""
    setting = Source(SETTINGS, {}, "config.sample")
    if results.value(setting) == ARTICLE:
        return
    what = "How names of numbers on the whole sample begin"
    yield Wanted("sampleKey", "macro name", "setting", f"{what}.", setting)
    counted = Source(MEMBERSHIP, {}, "iso3", "distinct")
    yield Wanted("sampleAllies", "count", "count", "Allies in the sample of this run.", counted)


def _outcome(row: Mapping[str, str]) -> Iterator[Wanted]:
    key: Row = {"outcome": row["outcome"]}
    quantities = [
        ("Cases", "rows", "count", "cases", "Cases observed"),
        ("CasesAllies", "allies", "count", "allies", "Allies with a case"),
        ("CasesFirstYear", "first_year", "year", "year", "First year of a case"),
        ("CasesLastYear", "last_year", "year", "year", "Last year of a case"),
        ("CasesMedian", "median", "median", row["measure"].replace("_", " "), "Median"),
    ]
    if row["ended"]:
        ended = ("CasesEnded", "ended", "count", "cases", "Cases of which the end was seen")
        quantities.append(ended)
    for suffix, column, kind, unit, what in quantities:
        yield Wanted(
            macro(row["outcome"]) + suffix,
            kind,
            unit,
            f"{what}: {row['label']}.",
            Source(OUTCOMES, key, column),
            missing=NOT_REACHED,
        )
