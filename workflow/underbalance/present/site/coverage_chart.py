"""The interactive chart of what is known: allies by years, for one table at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

from underbalance.present.ally_map import rows_of, runs

if TYPE_CHECKING:
    import altair as alt

# what is missing stands out; where the state did not exist the page is bare
GREYS: Final = {
    "observed": "#6f6f6f",
    "missing": "#000000",
    "no_case": "#c6c6c6",
    "outside": "#ececec",
}
ROW: Final = 15  # pixels of an ally
SPANS: Final = "spans"  # the name of the data
# a number for each status, as there are thousands of spans
NUMBERS: Final = {status: number for number, status in enumerate(GREYS)}


def coverage_chart(
    tables: list[str], allies: pd.DataFrame, titles: Mapping[str, str], years: tuple[int, int]
) -> alt.TopLevelMixin:
    """Return a chart of the spans of years with one status (:func:`spans_of`), a table at a time.

    Parameters
    ----------
    tables : their names.
    allies : the listed allies; rows are sorted by region, then by name.
    titles : what each table holds.
    years : first and last year shown.
    """
    import altair as alt

    ordered = rows_of(allies)
    labels = [f"{table.removeprefix('outcome.')}: {titles.get(table, '')}" for table in tables]
    menu = alt.binding_select(options=tables, labels=labels, name="Table")
    chosen = alt.param("table", bind=menu, value=tables[0])
    names = ordered[["iso3", "name"]].rename(columns={"iso3": "a"})
    words = pd.DataFrame(
        {"s": list(NUMBERS.values()), "status": [name.replace("_", " ") for name in NUMBERS]}
    )
    rows, statuses = ordered["name"].tolist(), words["status"].tolist()
    drawn: alt.TopLevelMixin = (
        alt.Chart(alt.NamedData(SPANS))
        .transform_filter(f"datum.t == {chosen.name}")
        .transform_lookup("a", alt.LookupData(names, "a", ["name"]))
        .transform_lookup("s", alt.LookupData(words, "s", ["status"]))
        .transform_calculate(l="datum.e - 1")
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X(
                "b:Q",
                title=None,
                scale=alt.Scale(domain=[years[0], years[1] + 1], nice=False),
                axis=alt.Axis(format="d", grid=False, tickCount=8),
            ),
            x2="e:Q",
            y=alt.Y(
                "name:N",
                title=None,
                sort=rows,
                scale=alt.Scale(domain=rows),
                axis=alt.Axis(ticks=False, domain=False, labelLimit=110),
            ),
            color=alt.Color(
                "status:N",
                scale=alt.Scale(domain=statuses, range=list(GREYS.values())),
                legend=alt.Legend(title=None, orient="top", columns=2),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Ally"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("b:Q", title="From", format="d"),
                alt.Tooltip("l:Q", title="To", format="d"),
            ],
        )
        .add_params(chosen)
        .properties(width="container", height=ROW * len(rows))
    )
    return drawn


def spans_of(statuses: pd.DataFrame) -> list[dict[str, object]]:
    """Return the spans of years with one status, with short names, as there are thousands.

    Parameters
    ----------
    statuses : :func:`underbalance.present.coverage_map.table_status`.

    Returns
    -------
    t (table), a (ally), b (first year), e (year after the last), s (number of the status).
    """
    spans = pd.concat(
        [
            runs(own[["iso3", "year", "status"]]).assign(t=str(table))
            for table, own in statuses.groupby("table")
        ],
        ignore_index=True,
    )
    spans = spans.assign(s=spans["status"].map(NUMBERS), e=spans["last"] + 1)
    spans = spans.rename(columns={"iso3": "a", "first": "b"})[["t", "a", "b", "e", "s"]]
    return [{str(name): value for name, value in row.items()} for row in spans.to_dict("records")]
