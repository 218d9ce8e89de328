"""What varies by year on the page of an ally: obstacles, the predicted type, and outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from underbalance.explain.cases import described_columns
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row, only
from underbalance.explain.typology import TYPOLOGY

OBSTACLES = ("political", "economic", "legal", "social")
# outcomes with a row per ally-year: the column with its sign, as steadiness shows in the swings
OUTCOMES_BY_YEAR = {
    "effort": "effort_growth",
    "alignment": "alignment_change",
    "sourcing": "sourcing_change",
    "execution": "execution",
    "exercises": "exercises_growth",
}
QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Series:
    """One variable of an ally by year.

    Parameters
    ----------
    name, label, unit : of the variable.
    rows : year, value (None where it is missing), committed (whether a defence commitment of
        the USA was in force) and, of execution, the source.
    reference : lower quartile, median and upper quartile of the reference ally-years; empty
        for outcomes.
    """

    name: str
    label: str
    unit: str
    rows: tuple[Row, ...]
    reference: tuple[float, ...] = ()

    @property
    def known(self) -> list[Row]:
        """The rows with a value."""
        return [row for row in self.rows if row["value"] is not None]


def years_of(facts: Facts, iso3: str) -> list[int]:
    """Return the years of an ally in ally_year."""
    years = facts.ally_year.loc[facts.ally_year["iso3"] == iso3, "year"]
    return sorted(int(year) for year in years)


def obstacles_of(facts: Facts, iso3: str) -> list[Series]:
    """Return the primary codings of the obstacles of an ally."""
    return [_obstacle(facts, iso3, name) for name in OBSTACLES if name in facts.codings]


def outcomes_of(facts: Facts, iso3: str) -> list[Series]:
    """Return the outcomes of an ally that have a value for most years; without those that none."""
    series = [_outcome(facts, iso3, name) for name in OUTCOMES_BY_YEAR]
    return [one for one in series if one.known]


def types_of(facts: Facts, iso3: str) -> list[Row]:
    """Return year, type (empty where not known) and committed, cut at the primary quantile."""
    rows = only(facts.made(TYPOLOGY).of(iso3), quantile=facts.quantiles[0])
    types = {row["year"]: row["type"] for row in rows}
    return [
        {
            "year": year,
            "type": types.get(year) or "",
            "committed": bool(facts.value("is_ally", iso3, year)),
        }
        for year in years_of(facts, iso3)
    ]


def _obstacle(facts: Facts, iso3: str, name: str) -> Series:
    rows = tuple(
        {
            "year": year,
            "value": facts.value(name, iso3, year),
            "committed": bool(facts.value("is_ally", iso3, year)),
        }
        for year in years_of(facts, iso3)
    )
    reference = tuple(facts.reference.quantile(name, share) for share in QUARTILES)
    return Series(name, facts.codings[name].label, facts.unit(name), rows, reference)


def _outcome(facts: Facts, iso3: str, name: str) -> Series:
    column = OUTCOMES_BY_YEAR[name]
    label, unit, _ = described_columns(facts, name)[column]
    cases = facts.made(f"outcomes/{name}").of(iso3)
    rows = [
        {
            "year": row["year"],
            "value": row[column],
            "committed": bool(row["is_ally"]),
            "source": row.get("source", ""),
        }
        for row in cases
    ]
    # where two sources tell of some years only, their lines go from one to the next
    rows += [] if any(row["source"] for row in rows) else _gaps(facts, iso3, rows)
    return Series(name, label, unit, tuple(sorted(rows, key=itemgetter("year", "source"))))


def _gaps(facts: Facts, iso3: str, rows: list[Row]) -> list[Row]:
    """Return rows without a value for the years between that an outcome has no row for."""
    known = {row["year"] for row in rows}
    return [
        {
            "year": year,
            "value": None,
            "committed": bool(facts.value("is_ally", iso3, year)),
            "source": "",
        }
        for year in range(min(known, default=0), max(known, default=0))
        if year not in known
    ]
