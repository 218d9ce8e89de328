"""The templates of the page of a case and of the index of cases (Jinja)."""

HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
body { font: 16px/1.45 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 62rem;
       padding: 0 1rem; color: #111; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
table { display: block; overflow-x: auto; border-collapse: collapse;
        font-variant-numeric: lining-nums tabular-nums; }
th, td { padding: .12rem .8rem .12rem 0; text-align: left; font-weight: normal;
         vertical-align: top; }
td.number, th.number { text-align: right; }
td.date { white-space: nowrap; }
thead th { border-bottom: 1px solid #111; }
img { max-width: 100%; height: auto; }
td.told { min-width: 17rem; }
.small { font-size: .88rem; }
</style>
</head>
<body>
"""
PAGE = (
    HEAD
    + """\
<h1>{{ name }}: missile defence, {{ years[0] }}–{{ years[1] }}</h1>
<p>{{ total.events }} events: {{ total.forward }} forward, {{ total.back }} back; the direction
changed {{ total.back_after_forward + total.forward_after_back }} times within a line of programmes.
<a href="index.html">All cases</a></p>
<p><img src="{{ iso3 }}.png" alt="Obstacles, governments, events and deliveries of {{ name }}">
<br><span class="small"><a href="{{ iso3 }}.pdf">as PDF</a>. Obstacles against the reference sample.
Orders and deliveries are known by year; radars of ships (SPY) stand for Aegis, of which not all
can intercept missiles.</span></p>
{% if claims %}
<h2>Claims of Yoo (2012), and what coding and record say</h2>
<table>
<thead><tr><th>claim</th><th>obstacle</th><th>strength</th><th>verdict</th><th>reason</th></tr></thead>
{% for row in claims -%}
<tr><td>{{ row.claim_id }}: {{ row.claim }}</td><td>{{ row.obstacle.replace("+", " + ") }}</td>
<td>{{ row.strength }}</td><td>{{ row.verdict }}</td><td>{{ row.reason }}</td></tr>
{% endfor -%}
</table>
<p class="small">With types and the facts that the claims state: <a href="claims.html">all
claims</a>.</p>
{% endif %}
{% if expectations %}
<h2>Is the coding as the case has it?</h2>
<table>
<thead><tr><th>expected</th><th>met in</th><th>where not, and why</th></tr></thead>
{% for row in expectations -%}
<tr><td>{{ row.label }}</td><td>{{ row.met }}</td>
<td>{% for other in row.others %}{{ other }}{% if not loop.last %}<br>{% endif %}{% endfor %}</td>
</tr>
{% endfor -%}
</table>
<p class="small">Year by year: <a href="expectations.html">expectations</a>.</p>
{% endif %}
<h2>From stage to stage</h2>
{% if stages %}
<table class="small">
<thead><tr><th>line of programmes</th>{% for step in steps %}<th>{{ step }}</th>{% endfor %}
<th class="number">setbacks</th></tr></thead>
{% for row in stages -%}
<tr><td>{{ row.line }}</td>{% for cell in row.cells %}<td>{{ cell }}</td>{% endfor %}
<td class="number">{{ row.setbacks }}</td></tr>
{% endfor -%}
</table>
<p class="small">Date of the event, and years since the previous stage of the line (in brackets the
fewest and most that the dates allow). earlier: only before the previous stage; –: no such event on
record, though a later stage was reached. <em>None on record</em> since the last stage does not
mean that nothing came: see the orders and deliveries below. Setbacks: events back from the
first stage to the last one reached, or until now. In full:
<code>stage_durations.csv</code>.</p>
{% else %}<p>No line has a forward event of a stage.</p>{% endif %}
{% if deals %}
<h2>Orders of missile-defence systems from the USA, and deliveries</h2>
<table>
<thead><tr><th>system</th><th class="number">ordered</th><th class="number">first delivery</th>
<th class="number">last delivery</th><th class="number">years to the first</th></tr></thead>
{% for row in deals -%}
<tr><td>{{ row.designation }}</td><td class="number">{{ row.order_year }}</td>
<td class="number">{{ row.first }}</td><td class="number">{{ row.last }}</td>
<td class="number">{{ row.waited }}</td></tr>
{% endfor -%}
</table>
<p class="small">From SIPRI's register of arms transfers, which knows years only.</p>
{% endif %}
<h2>Setbacks and changes of direction, by camp of the government</h2>
<table>
<thead><tr><th>camp</th><th class="number">years</th><th class="number">events</th>
<th class="number">back</th><th class="number">per year</th>
<th class="number">back after forward</th><th class="number">forward after back</th>
<th class="number">changes per year</th><th>heads of government</th></tr></thead>
{% for row in camps -%}
<tr><td>{{ row.camp }}</td><td class="number">{{ row.years }}</td>
<td class="number">{{ row.events }}</td><td class="number">{{ row.back }}</td>
<td class="number">{{ row.back_per_year }}</td>
<td class="number">{{ row.back_after_forward }}</td>
<td class="number">{{ row.forward_after_back }}</td>
<td class="number">{{ row.changes_per_year }}</td><td class="small">{{ row.heads }}</td></tr>
{% endfor -%}
</table>
<p class="small">Camps are of economic ideology, as the source codes them for heads of government to
2020; after that from the same head or the same party, or not known (<code>governments.csv</code>).
An event is given to the government of its middle day; one dated by month or year, to the head of
government whom its coding names, if that is one of those who governed then.{% if total.uncertain %}
The dates leave the order open of {{ total.uncertain }} of the changes.{% endif %}</p>
<h2>Years in the ally's own top quartile</h2>
<p class="small">Above the 75th percentile of the ally's own years in the reference sample.</p>
<table>
{% for label, spans in top_years -%}
<tr><th>{{ label }}</th><td>{{ spans or "none" }}</td></tr>
{% endfor -%}
</table>
<h2>Events</h2>
<table class="small">
<thead><tr><th>date</th><th>programme</th><th>stage</th><th></th><th>partner</th>
<th>head of government</th><th>obstacle named</th><th>what happened, <em>source</em></th></tr>
</thead>
{% for row in events -%}
<tr><td class="date">{{ row.date }}</td><td>{{ row.programme }}</td><td>{{ row.stage }}</td>
<td>{{ row.mark }}</td><td>{{ row.partner }}</td><td>{{ row.head_of_government }}</td>
<td>{{ row.obstacle }}{% if row.obstacle_basis %}: {{ row.obstacle_basis }}{% endif %}</td>
<td class="told">{{ row.summary }} <em>{{ row.source }}</em></td></tr>
{% endfor -%}
</table>
<p class="small">▲ forward, ▼ back, ● neither. Hand-coded from public record; not yet checked by
experts of the area. A forward event may name an obstacle that was removed or delayed it.</p>
<h2>Sources</h2>
<ul>
{% for source in sources -%}
<li>{{ source }}</li>
{% endfor -%}
</ul>
</body>
</html>
"""
)
INDEX = (
    HEAD
    + """\
<h1>{{ title }}</h1>
<p>Japan and South Korea are the cases of Yoo (2012): <a href="claims.html">his claims</a> and
<a href="expectations.html">what is expected of the coding</a>, against the data.</p>
<p>Allies with {{ least }} or more public events of missile-defence cooperation. How many events
are on record says more about the record than about cooperation.</p>
<table>
<thead><tr><th>ally</th><th class="number">events</th><th class="number">forward</th>
<th class="number">back</th><th class="number">changes of direction</th>
<th class="number">lines with a clock</th><th class="number">fielded</th></tr></thead>
{% for row in rows -%}
<tr><td><a href="{{ row.iso3 }}.html">{{ row.name }}</a></td>
<td class="number">{{ row.events }}</td>
<td class="number">{{ row.forward }}</td><td class="number">{{ row.back }}</td>
<td class="number">{{ row.changes }}</td><td class="number">{{ row.lines }}</td>
<td class="number">{{ row.fielded }}</td></tr>
{% endfor -%}
</table>
<p class="small">A line is one undertaking, also under several names (config/cases.yaml); its clock
runs from stage to stage, unless it is declared policy. Fielded: lines of programmes with
an event of the stage <em>operational</em>. Tables:
<code>stage_durations.csv</code>, <code>reversals.csv</code>, <code>reversals_by_year.csv</code>,
<code>events.csv</code>, <code>governments.csv</code>.</p>
</body>
</html>
"""
)
