"""The page that says how well the indices of obstacles and rivals measure what they name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from jinja2 import Environment, StrictUndefined

from underbalance.coding.alternatives import alternative_correlations
from underbalance.coding.describe import formula_of, with_codings
from underbalance.coding.measurement import component_statistics, consistency
from underbalance.coding.recipes import recipes
from underbalance.coding.reliability import Bootstrap
from underbalance.config import Coding, is_primary
from underbalance.present.measurement_rows import (
    alternative_rows,
    component_rows,
    consistency_rows,
    constants_named,
    nature_rows,
    undefined_named,
    weights_named,
)
from underbalance.present.wording import percent
from underbalance.samples import ReferenceRows, reference_rows
from underbalance.schemas import measurement as schemas
from underbalance.tables import write_table, written_whole

SCHEMAS = {
    "consistency": schemas.consistency,
    "components": schemas.components,
    "correlations": schemas.correlations,
}
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Measurement of the indices</title>
<style>
body { font: 16px/1.45 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 64rem;
       padding: 0 1rem; color: #111; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .3rem; }
table { display: block; overflow-x: auto; border-collapse: collapse;
        font-variant-numeric: lining-nums tabular-nums; }
th, td { padding: .12rem .9rem .12rem 0; text-align: left; font-weight: normal;
         vertical-align: top; }
td.number { text-align: right; white-space: nowrap; }
td.level { white-space: nowrap; }
thead th { border-bottom: 1px solid #111; vertical-align: bottom; }
tr.primary th, dt { font-weight: bold; }
dd { margin: 0 0 .4rem 1.5rem; }
img { max-width: 100%; height: auto; }
.small { font-size: .88rem; }
</style>
</head>
<body>
<h1>Measurement of the indices</h1>
<p>Made by <code>make</code>. Everything is of the reference sample ({{ reference }}).
<em>Overall</em> compares all ally-years; <em>within allies</em> takes each ally’s mean off first,
because the panel models have ally effects and use only what is left then.</p>

<h2>What alpha means</h2>
<p>Cronbach’s alpha says how far the components of an index go together: near 1 when all rise and
fall as one, 0 when they are unrelated, below 0 when they go against each other. It grows with the
number of components as well as with their correlation. It is <em>not</em> the share of the index
that is true, and it does not say whether the index measures one thing: many components that
are loosely related give a high alpha, too.</p>
<p>Whether a high alpha is wanted depends on the index. In a <em>reflective</em> index the
components are symptoms of one thing; they should agree, and a low alpha is a fault. In a
<em>formative</em> index they are different things that together make up what is named; they need
not agree, and a low alpha is no fault. It is a fact to know, though: then the index depends on
which components it has and on their weights (so that the alternatives below matter), its effect
is a mean of the effects of unlike parts, and the parts should be looked at one by one as well.</p>
<table>
<thead><tr><th>index</th><th>kind</th><th>why</th><th>alpha</th><th>within</th></tr></thead>
{% for row in natures -%}
<tr><th>{{ row.label }}</th><td>{{ row.kind }}</td><td>{{ row.why }}</td>
<td class="number">{{ row.overall }}</td><td class="number">{{ row.within }}</td></tr>
{% endfor -%}
</table>
<p class="small">The kind is our reading of what the indices name, not a finding. Alpha as a
measure of error presumes a reflective index: it must not be used to correct estimates for
unreliable measurement here.</p>

<h2>Do the components go together?</h2>
<table>
<thead><tr><th>index</th><th></th><th>compo&shy;nents</th><th>alpha [{{ level }} interval]</th>
<th>raw alpha</th><th>mean corre&shy;lation</th><th>first compo&shy;nent</th>
<th>if un&shy;related</th><th>ally-years</th><th>allies</th></tr></thead>
{% for row in consistency -%}
<tr{% if row.primary %} class="primary"{% endif %}><th>{{ row.label }}</th>
<td class="level">{{ row.level }}</td>
<td class="number">{{ row.components }}</td>
{%- for cell in row.cells %}<td class="number">{{ cell }}</td>{% endfor %}</tr>
{% endfor -%}
</table>
<p class="small">Alpha is of the components set to the same variance, raw alpha of the components
as they enter. Both are of ally-years with all components, and the same for codings that only put
the same components together in another way. Intervals: percentiles of
{{ bootstrap.replications }} resamples of allies (seed {{ bootstrap.seed }}). First component: the
share of the variance that the first principal component holds; beside it what it would hold if
no two components were related.{% if constants %} Left out because they never change:
{{ constants }}.{% endif %}{% if undefined %} Resamples without an alpha, left out of the interval,
because a component that varies in few allies is constant in them: {{ undefined }}.{% endif %}</p>

<h2>Each component against the others</h2>
<table>
<thead><tr><th>index</th><th>component</th><th>ally-years</th><th>with the others</th>
<th>within</th><th>alpha without it</th><th>within</th></tr></thead>
{% for row in components -%}
<tr><th>{{ row.index }}</th><td>{{ row.label }} <code>{{ row.variable }}</code></td>
{%- for cell in row.cells %}<td class="number">{{ cell }}</td>{% endfor %}</tr>
{% endfor -%}
</table>
<p class="small">With the others: correlation of the component, turned so that more is more of an
obstacle, with the sum of the others (corrected item–total correlation). Negative: the component
goes against the rest. Primary codings only; <code>components.csv</code> has all.</p>
{% if weights %}
<p class="small">Weights in first principal components, of components turned as in the index. A
negative weight turns a component against what the theory says of it: the index then no longer
means what its name says.</p>
<ul class="small">
{% for words in weights -%}
<li>{{ words }}</li>
{% endfor -%}
</ul>
{% endif %}

<h2>Do the alternatives agree with the primary codings?</h2>
<p><img src="../figures/coding_correlations.png" alt="Correlations of the alternatives"></p>
<table>
<thead><tr><th>alternative</th><th>of</th><th>Pearson</th><th>within</th><th>Spearman</th>
<th>within</th><th>shared variables</th><th>ally-years</th><th>allies</th></tr></thead>
{% for row in alternatives -%}
<tr><th>{{ row.label }}</th><td>{{ row.primary }}</td>
{%- for cell in row.cells %}<td class="number">{{ cell }}</td>{% endfor %}</tr>
{% endfor -%}
</table>
<p class="small">On the ally-years of the reference sample that have both. Codings made of the same
variables correlate by construction: the agreement of an alternative that shares none says more.
</p>

<h2>How each coding is made</h2>
<p class="small">From <code>config/codings.yaml</code>; a minus turns a variable round. Bold: the
primary coding of its concept. Labels and sources of the variables:
<code>config/codebook.csv</code>.</p>
<table>
{% for row in definitions -%}
<tr{% if row.primary %} class="primary"{% endif %}><th><code>{{ row.name }}</code></th>
<td>{{ row.label }}</td><td>{{ row.formula }}</td></tr>
{% endfor -%}
</table>

<h2>References</h2>
<ul class="small">
<li>Bollen, K. A. and Lennox, R. (1991). Conventional wisdom on measurement: a structural equation
perspective. Psychological Bulletin 110, 305–314.</li>
<li>Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16,
297–334.</li>
<li>Sijtsma, K. (2009). On the use, the misuse, and the very limited usefulness of Cronbach’s alpha.
Psychometrika 74, 107–120.</li>
</ul>
</body>
</html>
"""


def write_measurement(
    ally_year: pd.DataFrame,
    codings: Mapping[str, Coding],
    references: Mapping[str, ReferenceRows],
    codebook: pd.DataFrame,
    bootstrap: Bootstrap,
    reference: str,
    folder: Path,
) -> None:
    """Write consistency.csv, components.csv, correlations.csv and index.html.

    Parameters
    ----------
    ally_year : coded ally-years.
    codings : by name.
    references : reference samples of codings that have their own, by name.
    codebook : config/codebook.csv.
    bootstrap : how the intervals are drawn.
    reference : the reference sample in words.
    folder : where the files go.
    """
    own = {name: reference_rows(ally_year, rows) for name, rows in references.items()}
    made = recipes(ally_year, codings, own)
    tables = {
        "consistency": consistency(ally_year, made, bootstrap),
        "components": component_statistics(ally_year, made),
        "correlations": alternative_correlations(ally_year, codings),
    }
    for name, schema in SCHEMAS.items():
        write_table(tables[name], folder / f"{name}.csv", schema())
    text = measurement_page(tables, codings, with_codings(codebook, codings), bootstrap, reference)
    with written_whole(folder / "index.html") as part:
        part.write_text(text, encoding="utf-8")


def measurement_page(
    tables: Mapping[str, pd.DataFrame],
    codings: Mapping[str, Coding],
    codebook: pd.DataFrame,
    bootstrap: Bootstrap,
    reference: str,
) -> str:
    """Return the page, as HTML.

    Parameters
    ----------
    tables : consistency, components and correlations.
    codebook : with the codings (:func:`underbalance.coding.describe.with_codings`).
    """
    found = tables["consistency"]
    # every value is escaped
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return page.from_string(PAGE).render(
        reference=reference,
        level=percent(bootstrap.level),
        bootstrap=bootstrap,
        natures=nature_rows(found, codings),
        consistency=consistency_rows(found, codings),
        constants=constants_named(found, codings, codebook),
        undefined=undefined_named(found, codings),
        components=component_rows(tables["components"], codings, codebook),
        weights=weights_named(tables["components"], codings, codebook),
        alternatives=alternative_rows(tables["correlations"], codings),
        definitions=[
            {
                "name": name,
                "label": coding.label,
                "primary": is_primary(name, coding),
                "formula": formula_of(coding),
            }
            for name, coding in codings.items()
        ],
    )
