"""What is known of which ally and year, why a cell is empty, and the sources."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from underbalance.present.coverage_map import table_status
from underbalance.present.site.charts import chart
from underbalance.present.site.coverage_chart import GREYS, SPANS, coverage_chart, spans_of
from underbalance.present.site.frame import Site
from underbalance.present.wording import citation, whole

CHART: Final = "coverage"
MEANING: Final = {
    "observed": "observed",
    "missing": "missing: covered, but no observed value",
    "no_case": "covered, but no case",
    "outside": "outside the coverage of every source",
}
FIGURE: Final = "figures.html#coverage"


def write_coverage(
    coverage: pd.DataFrame,
    allies: pd.DataFrame,
    sources: pd.DataFrame,
    titles: Mapping[str, str],
    site: Site,
) -> None:
    """Write the page of the coverage.

    Parameters
    ----------
    coverage : data/processed/coverage.csv.
    allies : the listed allies.
    sources : the registry.
    titles : what each table holds, by its name in the coverage.
    """
    statuses = table_status(coverage)
    tables = sorted(statuses["table"].unique())
    years = int(statuses["year"].min()), int(statuses["year"].max())
    drawn = chart(
        coverage_chart(tables, allies, titles, years),
        CHART,
        alt="Which years of each ally a table knows: a row for each ally, a bar for each span of "
        "years with one status. The table below counts them.",
        caption="One table at a time. Blank: the state did not exist. A register (of deals, "
        "elections, leaders and the like) is observed in every year it covers, whether or not "
        "something happened.",
        fallback=FIGURE,
        words="All tables in one figure",
        data={SPANS: spans_of(statuses)},
    )
    counts = statuses.groupby(["table", "status"]).size().unstack(fill_value=0)
    site.write(
        "coverage.html",
        "coverage.html",
        title="Data coverage",
        charts=True,
        chart=drawn,
        meanings=[MEANING[status] for status in GREYS],
        counts=[
            {
                "name": str(name).removeprefix("outcome."),
                "title": titles.get(str(name), ""),
                "numbers": [whole(row.get(status, 0)) for status in GREYS],
            }
            for name, row in counts.iterrows()
        ],
        sources=[_source(row) for row in sources.to_dict("records")],
    )


def _source(row: Mapping[Hashable, Any]) -> dict[str, str]:
    upstream = str(row["upstream"])
    # the registry has some addresses without their scheme, and words where there is no page
    is_page = "." in upstream.split("/")[0] and " " not in upstream
    address = upstream if upstream.startswith("http") else f"https://{upstream}"
    return {
        "table": str(row["table"]),
        "title": str(row["title"]),
        "citation": citation(row),
        "years": f"{row['first_year']}–{row['last_year']}",
        "licence": str(row["licence"]),
        "shipped": str(row["shipped"]),
        "upstream": upstream,
        "address": address if is_page else "",
    }
