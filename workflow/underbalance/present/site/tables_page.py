"""The tables: an index by topic, and a page for each with links to its files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from underbalance.present.site.files import copied
from underbalance.present.site.frame import Site, relative

PAGE: Final = re.compile(r"<title>(.*?)</title>.*?<body>\s*(?:<h1>.*?</h1>)?(.*)</body>", re.DOTALL)
LINK: Final = re.compile(r'<a href="([^"]*)">(.*?)</a>')
CSV: Final = "CSV"
# what the endings of a table's files are for
FORMATS: Final = {
    ".csv": CSV,
    ".docx": "Word",
    ".tex": "LaTeX",
    "_tabular.tex": "LaTeX, rows alone",
}
# a CSV with the cells of its table as they are shown, or one with data, whose columns have names
AS_SHOWN: Final = "CSV, cells as shown"
AS_DATA: Final = "CSV, data in full"
NAMED_COLUMNS: Final = re.compile(r"[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*")
# the first that the name of a table begins with; the last holds the rest
TOPICS: Final = {
    "Hypotheses": ("scorecard", "inference", "contrasts", "effects", "weights", "nested"),
    "Models of H1": ("models_H1",),
    "Models of H2": ("models_H2",),
    "Models of H3": ("models_H3",),
    "Models of H4": ("models_H4",),
    "Other models": ("models",),
    "Robustness": ("robustness",),
    "Types and cases": ("typology", "observed_type", "claims", "expectations", "case"),
    "Data and measurement": ("",),
}


@dataclass(frozen=True)
class Shown:
    """A table in the report: its title, its page and its files, by what they are for."""

    title: str
    page: str
    files: dict[str, str]


def page_of(table: Path) -> str:
    """Return the page of a table: those of the cases are among the cases' pages."""
    folder = "cases" if table.parent.name == "cases" else "tables"
    return f"{folder}/{table.stem}.html"


def downloads_of(table: Path) -> list[Path]:
    """Return the files of a table that the report carries."""
    return [table.with_name(f"{table.stem}{ending}") for ending in FORMATS]


def write_tables(tables: Sequence[Path], site: Site, linked: Mapping[str, str]) -> None:
    """Write the page of every table, with copies of its files, and the index.

    Parameters
    ----------
    tables : the tables as pages of their own (results/tables/….html).
    linked : address below the root of files that tables link to, by name of the file.
    """
    found = {table: _content_of(table) for table in sorted(tables)}
    titles = _told_apart([title for title, _ in found.values()])
    by_topic: dict[str, list[Shown]] = {topic: [] for topic in TOPICS}
    for title, (table, (_, fragment)) in zip(titles, found.items(), strict=True):
        shown = Shown(title, page_of(table), _copies(table, site))
        by_topic[topic_of(table.stem)].append(shown)
        page = site.root / shown.page
        addresses = {name: relative(site.root / to, page) for name, to in linked.items()}
        site.write(
            "table_page.html",
            shown.page,
            title=title,
            name=table.stem,
            table=Markup(_relinked(fragment, addresses)),
            files=shown.files,
        )
    topics = [(topic, shown) for topic, shown in by_topic.items() if shown]
    site.write("tables.html", "tables/index.html", title="Tables", topics=topics)


def topic_of(name: str) -> str:
    """Return the topic under which a table stands."""
    return next(topic for topic, starts in TOPICS.items() if name.startswith(starts))


def _content_of(table: Path) -> tuple[str, str]:
    """Return title and content of a table that is a page of its own."""
    found = PAGE.search(table.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{table} is no page with a table")
    return Markup(found[1]).unescape(), found[2].strip()


def _told_apart(titles: Sequence[str]) -> list[str]:
    """Return titles with a number where several tables have the same."""
    return [
        f"{title} ({titles[: place + 1].count(title)} of {titles.count(title)})"
        if titles.count(title) > 1
        else title
        for place, title in enumerate(titles)
    ]


def _copies(table: Path, site: Site) -> dict[str, str]:
    """Copy the files of a table; return their addresses below the root by what they are for."""
    folder = site.root / "downloads"
    return {
        _kind_of(file) if words == CSV else words: copied(file, folder)
        .relative_to(site.root)
        .as_posix()
        for file, words in zip(downloads_of(table), FORMATS.values(), strict=True)
    }


def _kind_of(csv: Path) -> str:
    """Say whether a CSV has the cells of its table or data."""
    with csv.open(encoding="utf-8") as lines:
        header = lines.readline().strip()
    return AS_DATA if NAMED_COLUMNS.fullmatch(header) else AS_SHOWN


def _relinked(fragment: str, addresses: Mapping[str, str]) -> str:
    """Turn links to other results into links to their copies; drop the others."""

    def link(found: re.Match[str]) -> str:
        address = addresses.get(Path(found[1]).name)
        return f'<a href="{address}">{found[2]}</a>' if address else found[2]

    return LINK.sub(link, fragment)
