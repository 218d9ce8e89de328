"""The charts of an ally: one template of each kind, filled with the rows of the ally.

To build and check a chart takes as long as a page of the report; so each kind is built once,
with names where the rows come.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from underbalance.explain.rows import Row
from underbalance.present.ally.by_year import Series
from underbalance.present.ally.happened import DIRECTIONS, LANES, Span
from underbalance.present.tie_words import COMMITMENT, Counting

if TYPE_CHECKING:
    import altair as alt

Spec: TypeAlias = dict[str, Any]
INK, SOFT, LIGHT, BAND = "#1a1a1a", "#555", "#fff", "#e4e4e4"
GRID = 5  # years between lines
LONG = 20  # bands from which a chart has its years at both ends
LINE_HEIGHT, LANE_HEIGHT, ROW_HEIGHT, DEAL_HEIGHT = 120, 30, 16, 13  # pixels
DASHES: dict[str, list[int]] = {"nato": [1, 0], "sipri": [2, 2]}
HIT = 220  # square pixels around a point that answer to the pointer
NONE = "–"  # in a tooltip
SHAPES = {"forward": "triangle-up", "back": "triangle-down", "neither": "circle"}


def line_chart(series: Series, span: Span, counting: Counting = COMMITMENT) -> Spec:
    """Return the chart of a variable by year.

    Obstacles are drawn on the middle half of the reference ally-years, with the median; other
    variables with a line at zero. Years that count are filled.
    """
    names = ("low", "median", "high")
    bounds = dict(zip(names, series.reference, strict=True)) if series.reference else {"median": 0}
    rows = [{**row, "committed": "yes" if row["committed"] else "no"} for row in series.rows]
    by_source = any(row.get("source") for row in rows)
    spec = _line_template(span, bool(series.reference), by_source, counting.name)
    # the ends of the band are the ends of the axis
    ends = [{**bounds, "year": year} for year in (span.first, span.last + 1)]
    return _filled(spec, 1, rows=rows, bounds=ends)


def leader_chart(leaders: Sequence[Row], span: Span) -> Spec:
    """Return the strip of leaders, one below the other, each with the name beside the bar."""
    rows = [
        {**row, "row": number, "kind": "acting" if row["interim"] else "leader"}
        for number, row in enumerate(leaders)
    ]
    rows = [{**row, "end": row["end"] or "in office", "side": _side(row, span)} for row in rows]
    return _filled(_leader_template(span), len(rows), rows=rows)


def deal_chart(deals: Sequence[Row], span: Span) -> Spec:
    """Return the orders, one below the other: a bar to the first delivery, a line to the last."""
    rows = []
    for number, deal in enumerate(deals):
        row = {name: NONE if deal[name] in (None, "") else deal[name] for name in SHOWN_OF_DEAL}
        last = deal["last_delivery_year"] or deal["until"]
        row |= {"row": number, "until": deal["until"], "last": max(last, deal["until"])}
        row["state"] = "not delivered yet" if deal["open"] else "delivered"
        row["order"] = f"{deal['order_year']}{' (uncertain)' * bool(deal['order_year_uncertain'])}"
        row["side"] = _side({"from": deal["order_year"], "to": last}, span)
        rows.append(row)
    return _filled(_deal_template(span, len(rows) >= LONG), len(rows), rows=rows)


def event_chart(events: Sequence[Row], span: Span) -> Spec:
    """Return the events on a lane for each kind."""
    lanes = {row["lane"] for row in events}
    return _filled(_event_template(span), len(lanes), rows=events)


SHOWN_OF_DEAL = (
    "designation",
    "description",
    "number_ordered",
    "number_delivered",
    "order_year",
    "order_year_uncertain",
    "first_delivery_year",
    "last_delivery_year",
    "exclusion",
)


def _side(row: Row, span: Span) -> str:
    """Return the side of a bar on which there is room for its name."""
    room_before, room_after = row["from"] - span.first, span.last + 1 - row["to"]
    return "right" if room_after >= room_before else "left"


def _filled(template: Spec, bands: int, **datasets: Sequence[Row]) -> Spec:
    """Return a chart with its rows and as high as its number of bands needs."""
    named = {name: list(rows) for name, rows in datasets.items()}
    return {**template, "height": template["height"] * bands, "datasets": named}


@cache
def _line_template(span: Span, with_reference: bool, by_source: bool, counting: str) -> Spec:
    import altair as alt

    value = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False), axis=_level_axis())
    told = [alt.Tooltip("year:Q"), alt.Tooltip("value:Q", format=".3g")]
    told += [alt.Tooltip("source:N")] * by_source
    told.append(alt.Tooltip("committed:N", title=f"US {counting} in force"))
    rows = alt.Chart(alt.NamedData("rows")).encode(x=_years(span), y=value)
    if by_source:
        rows = rows.encode(detail="source:N")
    line = rows.mark_line(color=INK, strokeWidth=1.6)
    if by_source:
        dashes = alt.Scale(domain=list(DASHES), range=list(DASHES.values()))
        line = line.encode(strokeDash=alt.StrokeDash("source:N", scale=dashes, legend=None))
    bounds = alt.Chart(alt.NamedData("bounds")).encode(x=_years(span))
    layers: list[Any] = []
    if with_reference:
        layers.append(bounds.mark_area(color=BAND).encode(y="low:Q", y2="high:Q"))
    layers += [
        bounds.mark_line(color=SOFT, strokeDash=[5, 3], strokeWidth=1.2).encode(y="median:Q"),
        line,
        rows.mark_point(filled=True, opacity=1, size=34, stroke=INK, strokeWidth=1.1).encode(
            fill=alt.condition("datum.committed == 'yes'", alt.value(INK), alt.value(LIGHT))
        ),
        rows.mark_point(size=HIT, opacity=0, filled=True).encode(tooltip=told),
    ]
    return _whole(layers, LINE_HEIGHT)


@cache
def _leader_template(span: Span) -> Spec:
    import altair as alt

    told = [alt.Tooltip(f"{name}:N") for name in ("leader", "start", "end", "kind")]
    rows = alt.Chart(alt.NamedData("rows")).encode(y=alt.Y("row:O", axis=None), tooltip=told)
    kind = alt.condition("datum.kind == 'acting'", alt.value(LIGHT), alt.value("#8a8a8a"))
    bars = rows.mark_bar(stroke=INK, strokeWidth=0.8, height=9).encode(
        x=_years(span, "from:Q"), x2="to:Q", color=kind
    )
    layers = [bars, *_names(rows, "leader:N", ("from:Q", "to:Q"), span, size=11.5)]
    return _whole(layers, ROW_HEIGHT)


@cache
def _deal_template(span: Span, is_long: bool) -> Spec:
    import altair as alt

    titles = {
        "designation": "designation",
        "description": "what",
        "number_ordered": "ordered",
        "number_delivered": "delivered",
        "order": "year of order",
        "first_delivery_year": "first delivery",
        "last_delivery_year": "last delivery",
        "state": "state",
        "exclusion": "left out of the model",
    }
    told = [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
    rows = alt.Chart(alt.NamedData("rows")).encode(y=alt.Y("row:O", axis=None), tooltip=told)
    begin = _years(span, "order_year:Q")
    fill = alt.condition("datum.state == 'delivered'", alt.value("#8a8a8a"), alt.value(LIGHT))
    certain = alt.condition("datum.order_year_uncertain", alt.value(LIGHT), alt.value(INK))
    layers = [
        rows.mark_rule(color=SOFT, strokeWidth=1.2).encode(x=_years(span, "until:Q"), x2="last:Q"),
        rows.mark_bar(stroke=INK, strokeWidth=0.7, height=7).encode(
            x=begin, x2="until:Q", color=fill
        ),
        rows.mark_point(filled=True, opacity=1, size=34, stroke=INK, strokeWidth=1).encode(
            x=begin, fill=certain
        ),
        *_names(rows, "designation:N", ("order_year:Q", "last:Q"), span, size=10.5),
    ]
    whole = _whole(layers, DEAL_HEIGHT)
    return _with_years_at_both_ends(whole) if is_long else whole


@cache
def _event_template(span: Span) -> Spec:
    import altair as alt

    told = [alt.Tooltip(f"{name}:N") for name in ("date", "what", "direction")]
    shape = alt.Shape(
        "direction:N",
        scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
        legend=None,
    )
    light = alt.condition(f"datum.direction == '{DIRECTIONS[1]}'", alt.value(LIGHT), alt.value(INK))
    axis = alt.Axis(
        title=None, grid=True, gridColor=BAND, ticks=False, domain=False, labelLimit=150
    )
    lane = alt.Y("lane:N", sort=list(LANES), axis=axis)
    rows = alt.Chart(alt.NamedData("rows")).encode(x=_years(span, "at:Q"), y=lane)
    days = rows.transform_filter("datum.direction == ''")
    ticks = days.mark_tick(color=INK, thickness=1.3, height=16, opacity=0.75)
    marks = rows.transform_filter("datum.direction != ''").mark_point(
        filled=True, size=75, opacity=0.75, stroke=INK, strokeWidth=1.1
    )
    hits = rows.mark_point(filled=True, size=HIT, opacity=0).encode(tooltip=told)
    return _whole([ticks, marks.encode(shape=shape, fill=light), hits], LANE_HEIGHT)


def _with_years_at_both_ends(spec: Spec) -> Spec:
    """Return a layered chart that has its years above, too."""
    layers = [{**one, "encoding": dict(one["encoding"])} for one in spec["layer"]]
    ends: list[Spec] = [{"orient": "top", "grid": True}, {"grid": False}]
    changes = [*ends, *[None] * (len(layers) - 2)]
    for layer, change in zip(layers, changes, strict=True):
        x = layer["encoding"]["x"]
        axis = None if change is None else {**x["axis"], **change}
        layer["encoding"]["x"] = {**x, "axis": axis}
    return {**spec, "layer": layers, "resolve": {"axis": {"x": "independent"}}}


def _names(
    rows: alt.Chart, name: str, places: tuple[str, str], span: Span, size: float
) -> list[alt.Chart]:
    """Return names after the bars with more room there, and before the others."""
    before, after = places
    after_it = rows.transform_filter("datum.side == 'right'").encode(x=_years(span, after))
    before_it = rows.transform_filter("datum.side == 'left'").encode(x=_years(span, before))
    return [
        after_it.mark_text(align="left", dx=6, fontSize=size, color=INK).encode(text=name),
        before_it.mark_text(align="right", dx=-6, fontSize=size, color=INK).encode(text=name),
    ]


def _years(span: Span, field: str = "year:Q") -> alt.X:
    import altair as alt

    lines = [year for year in range(span.first, span.last + 1) if year % GRID == 0]
    axis = alt.Axis(
        title=None,
        format="d",
        values=lines,
        gridColor="#e6e6e6",
        ticks=False,
        domain=False,
        labelFlush=False,
        labelOverlap=True,
        labelSeparation=6,
        # clear of the lowest number of the other axis
        offset=6,
    )
    return alt.X(field, axis=axis, scale=alt.Scale(domain=[span.first, span.last + 1], nice=False))


def _level_axis() -> alt.Axis:
    import altair as alt

    # the same room in all charts, so that the years stand below each other
    return alt.Axis(tickCount=4, grid=False, minExtent=34, maxExtent=34, title=None)


def _whole(layers: Sequence[Any], height: int) -> Spec:
    import altair as alt

    return dict(alt.layer(*layers).properties(width="container", height=height).to_dict())
