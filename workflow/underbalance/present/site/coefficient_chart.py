"""The interactive chart of what the primary models say of each hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from underbalance.hypotheses.scorecard import MODEL
from underbalance.hypotheses.verdict import COUNTS
from underbalance.present.scorecard_wording import HALF
from underbalance.present.wording import decimal, p_text, whole
from underbalance.specifications import Specification

if TYPE_CHECKING:
    import altair as alt

REACH: Final = 6.0  # standard errors that are shown
ROW: Final = 26  # pixels
TOLD: Final = {
    "title": "Outcome",
    "coefficient": "Coefficient",
    "p": "p",
    "holm": "Holm p",
    "cases": "Rows, allies",
    "role": "In the verdict",
}


def with_interval(card: pd.DataFrame) -> pd.DataFrame:
    """Return the models of results/scorecard.csv that have an interval.

    With too few allies there is an estimate, but no standard error that says anything, and the
    chart is in standard errors.
    """
    return card[(card["kind"] == MODEL) & card["p_value"].notna()]


def coefficient_chart(
    models: pd.DataFrame, specs: Mapping[str, Specification], pages: Mapping[str, str]
) -> alt.TopLevelMixin:
    """Return a chart of the estimates, one hypothesis at a time.

    Outcomes have units of their own, so that every line is in standard errors of its
    estimate, turned so that what the hypothesis predicts is to the right.

    Parameters
    ----------
    models : rows of results/scorecard.csv that can be drawn (:func:`with_interval`).
    specs : specifications, by spec_id.
    pages : address of the table of each specification, as on the page of the chart.
    """
    import altair as alt

    statements = models.drop_duplicates("hypothesis").set_index("hypothesis")["statement"]
    names = {name: f"{name}: {text.partition(HALF)[0]}" for name, text in statements.items()}
    rows = pd.DataFrame([_row(row, specs, pages) for row in models.to_dict("records")])
    most = max(models.groupby("hypothesis").size(), default=1)
    menu = alt.binding_select(options=list(names), labels=list(names.values()), name="Hypothesis")
    chosen = alt.param("hypothesis", bind=menu, value=next(iter(names), None))
    places = alt.Y("outcome:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    scale = alt.Scale(domain=[-REACH, REACH])
    title = ["standard errors", "← against the hypothesis · as predicted →"]
    base = alt.Chart(rows).transform_filter(f"datum.hypothesis == {chosen.name}")
    zero = base.mark_rule(color="#777777").encode(x=alt.datum(0.0, type="quantitative"))
    told = [alt.Tooltip(f"{name}:N", title=words) for name, words in TOLD.items()]
    lines = base.mark_rule(strokeWidth=2, color="black").encode(
        x=alt.X("low:Q", scale=scale, title=title, axis=alt.Axis(format="d")),
        x2="high:Q",
        y=places,
        tooltip=told,
    )
    points = base.mark_point(size=110, strokeWidth=2, color="black", opacity=1).encode(
        x=alt.X("estimate:Q", scale=scale),
        y=places,
        fill=alt.Fill(
            "counts:N",
            scale=alt.Scale(domain=["yes", "no"], range=["black", "white"]),
            legend=None,
        ),
        tooltip=told,
        href="page:N",
    )
    return (
        alt.layer(zero, lines, points)
        .add_params(chosen)
        .properties(width="container", height=ROW * most)
    )


def _row(
    row: Mapping[Any, Any], specs: Mapping[str, Specification], pages: Mapping[str, str]
) -> dict[str, object]:
    sign, error = row["predicted_sign"], row["std_error"]
    low, high = sorted(sign * row[end] / error for end in ("ci_low", "ci_high"))
    spec = specs[row["spec_id"]]
    interval = f" [{decimal(row['ci_low'])}, {decimal(row['ci_high'])}]"
    return {
        "hypothesis": row["hypothesis"],
        "outcome": spec.outcome.capitalize() + (" (product)" if spec.products else ""),
        "low": max(low, -REACH),
        "high": min(high, REACH),
        "estimate": min(max(sign * row["estimate"] / error, -REACH), REACH),
        "counts": "yes" if row["role"] == COUNTS else "no",
        "title": row["outcome"],
        "coefficient": decimal(row["estimate"]) + interval,
        "p": p_text(row["p_value"]) or "none",
        "holm": p_text(row["p_holm"]) or "none",
        "cases": f"{whole(row['n'])}, {whole(row['n_clusters'])}",
        "role": "counts" if row["role"] == COUNTS else row["role"],
        "page": pages[row["spec_id"]],
    }
