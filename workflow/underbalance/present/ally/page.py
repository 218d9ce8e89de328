"""The page of an ally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from underbalance.coding.cuts import is_above
from underbalance.explain.facts import Facts
from underbalance.explain.rows import Row
from underbalance.explain.wording import title as explained_title
from underbalance.places import sample_of_run
from underbalance.present.ally import charts, tables
from underbalance.present.ally.by_year import Series, obstacles_of, outcomes_of, types_of
from underbalance.present.ally.cases import HEAD as CASE_HEAD
from underbalance.present.ally.cases import case_lines, orders_counted
from underbalance.present.ally.happened import Span, deals_of, events_of, leaders_of
from underbalance.present.ally.in_models import HEAD as MODEL_HEAD
from underbalance.present.ally.in_models import ModelTables, model_lines
from underbalance.present.ally.summary import counting_of, sentences
from underbalance.present.extension_use import Use
from underbalance.present.site.charts import chart
from underbalance.present.site.frame import Site
from underbalance.present.tie_words import COMMITMENT, Counting
from underbalance.present.typology_map import MEANING
from underbalance.present.wording import decimal, quantile_words

LETTERS = {"effective": "E", "inconsistent": "I", "slow": "S", "failing": "F", "": "·"}
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Shared:
    """What all ally pages share.

    Parameters
    ----------
    site : the report.
    span : years that charts show.
    models : what the models have of allies.
    cases : allies that have a page of cases.
    uses : what the models use of added allies, by code.
    """

    site: Site
    span: Span
    models: ModelTables
    cases: frozenset[str]
    uses: Mapping[str, Use] = field(default_factory=dict)


def write_ally_page(facts: Facts, iso3: str, shared: Shared) -> Path:
    """Write the page of an ally below ``allies`` and return its path."""
    path = f"allies/{iso3}.html"
    name = facts.ally_name(iso3)
    types, deals = types_of(facts, iso3), deals_of(facts, iso3)
    use, counting = shared.uses.get(iso3), counting_of(facts, iso3)
    shared.site.write(
        "ally.html",
        path,
        title=name,
        charts=True,
        iso3=iso3,
        name=name,
        sample_option=f" --sample {sample}" if (sample := sample_of_run()) else "",
        explained=explained_title(name, "{year}"),
        lead=[*sentences(facts, iso3, types, deals), *([use.head] if use else [])],
        use=use,
        case=iso3 in shared.cases,
        cut=quantile_words(facts.quantiles[0]),
        counting=counting,
        years=[year_button(row, counting) for row in types],
        legend=legend(types),
        model_head=MODEL_HEAD,
        model_lines=model_lines(shared.models, iso3),
        case_head=CASE_HEAD,
        case_lines=case_lines(facts, iso3),
        orders_counted=orders_counted(facts, iso3, deals),
        **_by_year(facts, iso3, types, shared.span, counting),
        **_with_dates(facts, iso3, deals, shared.span),
    )
    return shared.site.root / path


def year_button(row: Row, counting: Counting = COMMITMENT) -> dict[str, Any]:
    """Return what the button of a year shows: letter and kind of the type, and both in words."""
    kind = row["type"]
    outside = "" if row["committed"] else f", no US {counting.full}"
    return {
        "year": row["year"],
        "letter": LETTERS[kind],
        "kind": kind or "unknown",
        "outside": not row["committed"],
        "words": f"{row['year']}: {kind or NOT_KNOWN}{outside}",
    }


def legend(types: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Return letter, kind and meaning of the types that the years of an ally have."""
    present = {row["type"] for row in types}
    return [
        (letter, kind or "unknown", MEANING[kind or NOT_KNOWN])
        for kind, letter in LETTERS.items()
        if kind in present
    ]


def level(series: Series) -> str:
    """Say what a variable is in the last year in which it is known, and where that lies."""
    if not series.known:
        return f"{series.label}: not known for any year."
    last = series.known[-1]
    said = f"{series.label} ({series.unit}): {decimal(last['value'], 2)} in {last['year']}"
    if not series.reference:
        return f"{said}."
    median = series.reference[1]
    side = "above" if is_above(last["value"], median) else "not above"
    return f"{said}, {side} the reference median of {decimal(median, 2)}."


def _by_year(
    facts: Facts, iso3: str, types: Sequence[Row], span: Span, counting: Counting
) -> Mapping[str, object]:
    obstacles, outcomes = obstacles_of(facts, iso3), outcomes_of(facts, iso3)
    return {
        "obstacles": [_line(one, span, "obstacles", counting) for one in obstacles],
        "outcomes": [_line(one, span, "outcomes", counting) for one in outcomes],
        "obstacle_table": tables.obstacle_table(obstacles, types, counting),
        "outcome_table": tables.outcome_table(outcomes),
    }


def _line(series: Series, span: Span, table: str, counting: Counting) -> Markup:
    alt = f"{series.label} by year, {span.first} to {span.last}. {level(series)}"
    return chart(
        charts.line_chart(series, span, counting),
        f"{table}-{series.name}",
        alt=alt,
        caption=level(series),
        fallback=f"#table-{table}",
        words="Numbers",
    )


def _with_dates(facts: Facts, iso3: str, deals: Sequence[Row], span: Span) -> Mapping[str, object]:
    leaders, events = leaders_of(facts, iso3, span), events_of(facts, iso3, span)
    drawn = partial(_drawn, span=span)
    return {
        "leaders": drawn(
            charts.leader_chart, leaders, "leaders", "Leaders and their days in office"
        ),
        "deals": drawn(charts.deal_chart, deals, "deals", "Orders of US arms and their deliveries"),
        "events": drawn(charts.event_chart, events, "events", "Events by date"),
        "leader_table": tables.leader_table(leaders),
        "deal_table": tables.deal_table(deals),
        "event_table": tables.event_table(events),
    }


def _drawn(draw: Any, rows: Sequence[Row], name: str, what: str, *, span: Span) -> Markup:
    """Return a chart of rows; nothing where there are none."""
    if not rows:
        return Markup("")
    alt = f"{what}: {len(rows)}, {span.first} to {span.last}."
    spec = draw(rows, span)
    fallback = f"#table-{name}"
    return chart(spec, name, alt=alt, caption=alt, fallback=fallback, words="As a table")
