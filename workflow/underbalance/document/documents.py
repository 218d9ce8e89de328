"""Every file that is written from the registry, the codebook and the schemas."""

from __future__ import annotations

from pathlib import Path

from underbalance.check_facts import unregistered
from underbalance.config import read_codings
from underbalance.document.bibtex import references
from underbalance.document.codebook_page import codebook_page
from underbalance.document.data_availability import data_availability
from underbalance.document.datapackage import facts_package
from underbalance.document.described import facts_tables, processed_tables, without_own
from underbalance.document.raw_readme import raw_readme
from underbalance.document.software import contributors
from underbalance.errors import raise_if_any
from underbalance.own.definitions import read_own
from underbalance.registry import CODEBOOK_FILE, RAW_FOLDER, SOURCES_FILE, read_codebook
from underbalance.schemas import lists
from underbalance.tables import read_table, written_whole

DOCS = Path("docs")


def documents() -> dict[Path, str]:
    """Return the text of every document by its path, from the project's folder.

    They are of the shipped project: a user's own variables and outcomes are described with the
    tables of a run (data/processed/datapackage.json).

    Raises
    ------
    FaultsError : for unsound lists, tables that are not registered or not there, and columns
        that are not described.
    """
    sources = read_table(SOURCES_FILE, lists.sources())
    read_table(CODEBOOK_FILE, lists.codebook())  # tells its faults
    codebook = read_codebook()
    facts = facts_tables(codebook)
    raise_if_any([unregistered(name) for name in facts if name not in set(sources["table"])])
    processed = without_own(processed_tables(codebook, read_codings()), read_own())
    return {
        RAW_FOLDER / "README.md": raw_readme(facts, sources),
        RAW_FOLDER / "datapackage.json": facts_package(facts, sources, contributors()),
        DOCS / "codebook.md": codebook_page(facts, processed, sources),
        DOCS / "data_availability.md": data_availability(facts, sources),
        DOCS / "references.bib": references(sources),
    }


def write_documents() -> list[Path]:
    """Write the documents that differ from what is there; return their paths."""
    changed = [(path, text) for path, text in documents().items() if not _is(path, text)]
    for path, text in changed:
        with written_whole(path) as part:
            part.write_text(text, encoding="utf-8", newline="\n")
    return [path for path, _ in changed]


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
