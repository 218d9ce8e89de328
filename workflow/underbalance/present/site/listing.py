"""Which files the report has, beside the pages of the allies and of the provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from underbalance.present.site.documents import PAGES
from underbalance.present.site.frame import INDEX, LOADED, VEGA
from underbalance.present.site.tables_page import downloads_of, page_of

# folders in which nothing else may lie
FOLDERS: Final = ("assets", "cases", "downloads", "figures", "methods", "outcomes", "tables")
TOP: Final = ("coverage", "figures", "measurement", "reliability")
# further results that pages link to, by the name that their copies have; paths as in the
# default run
COPIED: Final = {
    "outcomes.csv": "results/outcomes/summary.csv",
    "weights.csv": "results/hypotheses/weights.csv",
}


def report_files(
    outcomes: Iterable[str], cases: Iterable[str], tables: Iterable[str], figures: Sequence[str]
) -> list[str]:
    """Return the paths of all files below the folder of the report, sorted, the first page first.

    Parameters
    ----------
    outcomes, cases : their names.
    tables : paths of the tables as pages of their own.
    figures : names of the figures.
    """
    own = [Path(table) for table in tables]
    return [
        INDEX,
        *sorted(
            {
                *(f"{name}.html" for name in TOP),
                *(f"assets/{name}" for name in (*LOADED, VEGA)),
                *(f"outcomes/{name}.html" for name in (*outcomes, "index")),
                *(f"cases/{iso3}.{ending}" for iso3 in cases for ending in ("html", "png", "pdf")),
                "cases/index.html",
                "tables/index.html",
                *(page_of(table) for table in own),
                *(f"downloads/{file.name}" for table in own for file in downloads_of(table)),
                *(f"downloads/{name}" for name in COPIED),
                *(f"downloads/{name}.pdf" for name in figures),
                *(f"figures/{name}.png" for name in figures),
                *PAGES.values(),
            }
        ),
    ]
