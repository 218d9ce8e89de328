"""docs/data_availability.md: the statement that replication editors ask for.

Its parts are those of the template README of the social science data editors: rights, licence,
summary of availability, details of each source, list of data sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from underbalance.document.citation import address, citation, works
from underbalance.document.described import Described
from underbalance.document.markdown import anchor, code, notice, page, plain, table
from underbalance.document.raw_readme import years

RIGHTS = """\
The project carries no file and no sentence of others: only figures, dates and codes taken from the
sources below (*facts*), or numbers computed from them (*derived*). For each source the terms are
given as the copy that was used states them; where that copy states none, this is said, and nothing
is implied by it. Whoever publishes results has to make sure of, and declare, their own right to
use the sources, and to pass on the facts tables with the results."""
LICENCE = """\
The MIT licence of the project (`LICENSE`) is for its code and its own texts. It gives no rights in
what comes from a source; there the terms of the source hold:"""
OBTAIN = """\
The originals themselves are not shipped. They are at the upstream page of each source; whether it
asks for registration is up to the publisher, and a release later than the version named here
will hold other numbers. To make the facts tables from originals, put the files of each source as
they were downloaded into a folder with the name given under *folder*, all of these folders into
one, and run `make ingest SOURCES=folder`. A file that is missing is named in the message."""
PROVIDED = {
    "facts": "yes, as facts",
    "derived": "only numbers derived from it",
    "none": "no",
}


def data_availability(facts: Mapping[str, Described], sources: pd.DataFrame) -> str:
    """Return the text.

    Parameters
    ----------
    facts : the facts tables (:func:`underbalance.document.described.facts_tables`).
    sources : the registry.
    """
    cited = {work["citation_key"]: citation(work) for work in works(sources)}
    by_title = sources.sort_values(["title", "source"], key=lambda column: column.str.casefold())
    return page(
        notice("config/sources.csv", "the schemas"),
        "# Data availability",
        "## Rights",
        RIGHTS,
        "## Licence of the data",
        LICENCE,
        table(
            ["terms", "sources"],
            [
                [plain(str(terms)), plain("; ".join(dict.fromkeys(rows["title"])))]
                for terms, rows in by_title.groupby("licence")
            ],
        ),
        "## Summary of availability",
        _summary(sources),
        OBTAIN,
        "## Details of each source",
        *(_source(rows, cited) for _, rows in by_title.groupby("source", sort=False)),
        "## List of data sets",
        table(
            ["file", "what it holds", "source", "provided", "citation"],
            [_data_set(row, facts) for row in sources.to_dict("records")],
        ),
    )


def _summary(sources: pd.DataFrame) -> str:
    absent = sources.loc[sources["redistribution"] == "none", "title"]
    tables = sources.loc[sources["redistribution"] != "none", "table"].nunique()
    counts = (
        f"The {tables} facts tables in `data/raw`, made from {sources['source'].nunique()} "
        "sources, are all that the results rest on. "
    )
    if absent.empty:
        return f"{counts}All of them are in the project: no download and no account is needed."
    return f"{counts}Not in the project, and to be got upstream: {plain('; '.join(absent))}."


def _source(rows: pd.DataFrame, cited: Mapping[str, str]) -> str:
    first = rows.iloc[0]
    page_of = address(first["upstream"])
    where = f"<{page_of}>" if page_of else plain(first["upstream"])
    versions = "; ".join(dict.fromkeys(rows["version"]))
    lines = [
        f"### {plain(first['title'])}",
        "",
        *(
            f"- Citation: {plain(cited[key])} (`{key}` in [references.bib](references.bib))"
            for key in dict.fromkeys(rows["citation_key"])
        ),
        f"- Version: {plain(versions)}",
        f"- Terms: {plain('; '.join(dict.fromkeys(rows['licence'])))}",
        *(
            f"- {code('data/raw/' + row['table'] + '.csv')} ({PROVIDED[row['redistribution']]}), "
            f"{years(row)}: {plain(row['shipped'])}"
            for row in rows.sort_values("table").to_dict("records")
        ),
        f"- Upstream: {where}; folder: {code(first['source'])}",
    ]
    return "\n".join(lines)


def _data_set(row: Mapping[Any, Any], facts: Mapping[str, Described]) -> list[str]:
    heading = f"data/raw/{row['table']}.csv"
    described = facts.get(row["table"])
    file = f"[{code(heading)}](codebook.md#{anchor(heading)})" if described else code(heading)
    return [
        file,
        plain(described.title) if described else "",
        plain(row["title"]),
        PROVIDED[row["redistribution"]],
        code(row["citation_key"]),
    ]
