"""Charts of the report: a Vega-Lite specification in the page, drawn when the page opens."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    import altair

# numbers of a chart are read off a screen; years keep their days
DIGITS = 7
LOOK = {
    "font": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "header": {"labelFontSize": 13, "titleFontSize": 12, "labelAnchor": "start"},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "orient": "top"},
    "view": {"stroke": None},
    "background": "transparent",
}


def chart(
    spec: altair.TopLevelMixin | Mapping[str, Any],
    chart_id: str,
    *,
    alt: str,
    caption: str,
    fallback: str,
    words: str = "The numbers",
    data: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> Markup:
    """Return a chart for a page rendered with ``charts=True``.

    Parameters
    ----------
    spec : the chart, or what its ``to_dict`` gives; its data are in it. Charts of width
        ``"container"`` fill the page.
    chart_id : letters, digits and hyphens; unique on the page.
    alt : what the chart shows, for those who do not see it.
    caption : sentence below the chart.
    fallback : address, as on the page, of a table or figure that says the same; it is
        linked below the chart and is what is left where scripts are off.
    words : of that link.
    data : rows of named data of the chart. Rows that are in the chart itself Altair checks one
        by one, which takes seconds for thousands.
    """
    content = dict(spec) if isinstance(spec, Mapping) else spec.to_dict()
    # the address of the schema is a name only, but nothing in a page should look like a call
    content.pop("$schema", None)
    content["description"] = alt
    content["datasets"] = {**content.get("datasets", {}), **(data or {})}
    # as wide as the page, as high as its rows
    content.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    content["config"] = LOOK | content.get("config", {})
    return Markup(
        '<figure class="chart" data-chart="{id}">\n'
        '<div class="drawn" id="chart-{id}"></div>\n'
        '<script type="application/json" id="spec-{id}">{spec}</script>\n'
        '<figcaption>{caption} <a href="{fallback}">{words}</a></figcaption>\n'
        "</figure>\n"
    ).format(id=chart_id, spec=_json(content), caption=caption, fallback=fallback, words=words)


def _json(content: object) -> Markup:
    """Return JSON that can stand in a script element."""
    text = json.dumps(_rounded(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _rounded(content: object) -> object:
    match content:
        case dict():
            return {name: _rounded(value) for name, value in content.items()}
        case list():
            return [_rounded(value) for value in content]
        case float():
            return float(f"{content:.{DIGITS}g}")
    return content
