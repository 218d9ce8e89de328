"""One page for each outcome: what it measures, from what, how many cases, how they spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from jinja2 import Environment, StrictUndefined

from underbalance.config import Group
from underbalance.outcomes.catalogue import Outcome
from underbalance.present.outcome_figure import outcome_svg
from underbalance.present.outcome_numbers import (
    Numbers,
    is_yes_no,
    known_cases,
    outcome_numbers,
)
from underbalance.present.wording import whole
from underbalance.samples import in_sample
from underbalance.tables import written_whole

COMMON = ("iso3", "year", "is_ally")  # the same in every outcome table
NO_CASES = "<p>The sample has no case.</p>"
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ outcome.label }}</title>
<style>
body { font: 16px/1.45 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 46rem;
       padding: 0 1rem; color: #111; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
table { display: block; overflow-x: auto; border-collapse: collapse;
        font-variant-numeric: lining-nums tabular-nums; }
th, td { padding: .12rem .8rem .12rem 0; text-align: left; font-weight: normal;
         vertical-align: top; }
td.number { text-align: right; }
thead th { border-bottom: 1px solid #111; }
table.beside { display: inline-block; margin-right: 3rem; vertical-align: top; }
svg { max-width: 100%; height: auto; }
.small { font-size: .88rem; }
</style>
</head>
<body>
<h1>{{ outcome.label }}</h1>
<p>Outcome <code>{{ name }}</code>, for the concept <em>{{ outcome.concept }}</em>. A row is:
{{ outcome.unit }}. Sample: {{ sample }}.</p>
<h2>What is measured</h2>
<table>
<thead><tr><th>column</th><th>meaning</th><th>unit</th></tr></thead>
{% for row in columns -%}
<tr><td><code>{{ row.name }}</code></td><td>{{ row.label }}{% if row.formula %}:
{{ row.formula }}{% endif %}</td><td>{{ row.unit }}</td></tr>
{% endfor -%}
</table>
<h2>How many cases, and how they spread</h2>
{{ figure }}
{% for part in numbers -%}
<table class="beside">
{% for label, value in part -%}
<tr><th>{{ label }}</th><td class="number">{{ value }}</td></tr>
{% endfor -%}
</table>
{% endfor -%}
{% if without %}<p class="small">Allies of the sample without a case: {{ without }}.</p>{% endif %}
{% if dropped %}
<h2>What was left out or repaired</h2>
<table>
<thead><tr><th>rule</th><th>entries</th><th>for example</th></tr></thead>
{% for row in dropped -%}
<tr><td><code>{{ row.rule }}</code></td><td class="number">{{ row.entries }}</td>
<td>{{ row.key }}: {{ row.reason }}</td></tr>
{% endfor -%}
</table>
<p class="small">Counted over all listed allies; every entry is in
<code>data/processed/ledger.csv</code>.</p>
{% endif %}
<h2>Sources</h2>
<ul>
{% for source in sources -%}
<li>{{ source }}</li>
{% endfor -%}
</ul>
</body>
</html>
"""


def write_outcome_page(
    name: str,
    outcome: Outcome,
    table: pd.DataFrame,
    path: Path,
    *,
    group: Group,
    members: frozenset[str],
    lists: Mapping[str, pd.DataFrame],
) -> Numbers:
    """Write the page of one outcome for a sample; return its numbers.

    Parameters
    ----------
    table : the outcome table.
    group, members : the sample and its allies.
    lists : ``codebook``, ``sources`` (the registry) and ``ledger``.
    """
    cases = table[in_sample(table, group, members)]
    numbers = outcome_numbers(cases, outcome, members)
    codebook = lists["codebook"][lists["codebook"]["table"] == f"outcome.{name}"]
    measure = codebook[codebook["name"] == outcome.measure].iloc[0]
    label = f"{measure['label']} ({measure['unit']})"
    # the figure is our own SVG; everything else is escaped
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    known = known_cases(cases, outcome)
    figure = outcome_svg(known, outcome, label) if len(known) else NO_CASES
    text = page.from_string(PAGE.replace("{{ figure }}", "{{ figure | safe }}")).render(
        name=name,
        outcome=outcome,
        sample=group.label,
        columns=codebook[~codebook["name"].isin(COMMON)].to_dict("records"),
        figure=figure,
        numbers=[_counts(numbers), _spread(numbers, yes_no=is_yes_no(cases, outcome))],
        without=", ".join(numbers.without),
        dropped=_dropped(lists["ledger"], [f"outcome.{name}", *outcome.processed]),
        sources=_cited(lists["sources"], outcome),
    )
    with written_whole(path) as part:
        part.write_text(text, encoding="utf-8")
    return numbers


def _counts(numbers: Numbers) -> list[tuple[str, str]]:
    shown = [("Cases", whole(numbers.rows))]
    if numbers.ended is not None:
        shown.append(("… that ended", whole(numbers.ended)))
        censored = numbers.rows - numbers.unknown - numbers.ended
        shown.append(("… censored", whole(censored)))
    if numbers.unknown:
        shown.append(("… not at risk, or not known", whole(numbers.unknown)))
    shown.append(("Allies with a case", whole(numbers.allies)))
    if numbers.first_year is not None:
        shown.append(("Years", f"{numbers.first_year}–{numbers.last_year}"))
    return shown


def _spread(numbers: Numbers, *, yes_no: bool) -> list[tuple[str, str]]:
    names = {"mean": "Mean", "sd": "Standard deviation", "min": "Minimum", "p25": "Lower quartile"}
    names |= {"median": "Median", "p75": "Upper quartile", "max": "Maximum"}
    if yes_no:
        names = {"mean": "Share of yes"}
    if numbers.ended is not None:
        names = {"p25": "A quarter ended by", "median": "Half by", "p75": "Three quarters by"}
    return [
        (label, f"{numbers.spread[key]:.3g}".replace("-", "−"))
        for key, label in names.items()
        if pd.notna(numbers.spread[key])
    ]


def _dropped(ledger: pd.DataFrame, tables: Sequence[str]) -> list[dict[str, object]]:
    own = ledger[ledger["table"].isin(tables)]
    first = own.groupby("rule").agg(
        entries=("key", "size"), key=("key", "first"), reason=("reason", "first")
    )
    return [{str(k): v for k, v in row.items()} for row in first.reset_index().to_dict("records")]


def _cited(sources: pd.DataFrame, outcome: Outcome) -> list[str]:
    used = sources[sources["table"].isin(outcome.facts)].drop_duplicates("citation_key")
    return [
        f"{row['authors']} ({row['published']}). {row['work']}. Version used: {row['version']}."
        for row in used.sort_values("citation_key").to_dict("records")
    ]
