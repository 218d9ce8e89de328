"""BibTeX, read back by a strict reader of its own."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from underbalance.document.bibtex import entry, references, source_entries
from underbalance.document.software import software_entries
from underbalance.registry import read_sources

# of the two types used here; as BibTeX's standard styles demand them
NEEDED = {"article": {"author", "title", "journal", "year"}, "misc": {"author", "title"}}
VERBATIM = ("doi", "url")


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Return fields (and ``ENTRYTYPE``) by key; fail on anything that is not plain BibTeX."""
    rest = re.sub(r"^%.*\n", "", text, flags=re.MULTILINE).strip()
    entries: dict[str, dict[str, str]] = {}
    while rest:
        head = re.match(r"@(article|misc)\{([\w.:+-]+),\n", rest)
        assert head, rest[:80]
        kind, key = head.groups()
        assert key not in entries
        rest = rest[head.end() :]
        fields = {"ENTRYTYPE": kind}
        while field := re.match(r" *([a-z]+) *= *(?=\{)", rest):
            value, rest = balanced(rest[field.end() :])
            assert field.group(1) not in fields
            assert re.match(r",\n", rest)
            rest = rest[2:]
            fields[field.group(1)] = value
            assert value.strip()
            if field.group(1) not in VERBATIM:
                assert not re.search(r"(?<!\\)[&%$#_~^]", value), value
        assert rest.startswith("}")
        rest = rest[1:].strip()
        assert NEEDED[kind] <= set(fields)
        entries[key] = fields
    return entries


def balanced(text: str) -> tuple[str, str]:
    """Return what stands in the first pair of braces, and what follows it."""
    depth = 0
    for i, letter in enumerate(text):
        if letter in "{}" and text[i - 1 : i] != "\\":
            depth += 1 if letter == "{" else -1
        if depth == 0:
            return text[1:i], text[i + 1 :]
    raise AssertionError(text[:80])


def test_every_citation_key_of_the_registry_has_one_readable_entry(project):
    sources = read_sources()
    assert set(read_bibtex(references(sources))) == set(sources["citation_key"])


def test_article_has_journal_volume_number_and_pages(registry):
    found = read_bibtex(references(registry))["allen_2022"]
    place = {"journal": "Journal of Data", "volume": "39", "number": "3", "pages": "351--370"}
    assert found.items() >= {"ENTRYTYPE": "article", "year": "2022", **place}.items()


def test_the_doi_of_the_data_is_not_given_as_that_of_the_article(registry):
    found = read_bibtex(references(registry))["allen_2022"]
    assert "doi" not in found
    assert found["url"] == "https://doi.org/10.1/data"


def test_what_is_no_article_names_its_publisher_and_doi(registry):
    registry["publisher"] = "Harvard Dataverse, doi:10.7910/DVN/5_AH7P"
    found = read_bibtex(references(registry))["institute_2025"]
    assert found["ENTRYTYPE"] == "misc"
    assert found["howpublished"] == "Harvard Dataverse"
    assert found["doi"] == "10.7910/DVN/5_AH7P"


def test_corporate_authors_stand_in_double_braces(registry):
    found = read_bibtex(references(registry))
    assert found["institute_2025"]["author"] == "{Institute for War and Peace}"
    assert found["allen_2022"]["author"] == "Allen, Michael A. and {Office of Records}"


def test_capitals_of_titles_are_kept(registry):
    assert read_bibtex(references(registry))["allen_2022"]["title"] == "{Global Data: 1950-2020}"


def test_note_names_data_and_version_with_special_characters_escaped(registry):
    found = read_bibtex(references(registry))
    assert found["allen_2022"]["note"] == r"Data: US troops \& bases, version: 2026\_03"
    assert found["institute_2025"]["note"] == "Version: 2025"


def test_words_instead_of_an_address_go_to_the_note(registry):
    registry["upstream"] = "dsca.mil, Press Media"
    found = read_bibtex(references(registry))["institute_2025"]
    assert "url" not in found
    assert found["note"] == "Version: 2025. From: dsca.mil, Press Media"


def test_fields_without_a_value_are_left_out():
    assert entry("misc", "a", {"author": "{A}", "doi": "", "title": "{T}"}).count("=") == 2


def test_entries_are_sorted_by_key_whatever_the_order_of_the_registry(registry):
    turned: pd.DataFrame = registry.iloc[::-1]
    assert source_entries(turned) == source_entries(registry)


def test_software_and_the_article_it_tests_are_cited_from_citation_cff(project):
    found = read_bibtex("\n".join(software_entries()))
    assert list(found) == ["underbalance", "yoo_2012"]
    assert found["underbalance"]["author"] == "{The Underbalance developers}"
    yoo = {"author": "Yoo, Hyon Joo", "volume": "12", "pages": "317--348", "year": "2012"}
    assert found["yoo_2012"].items() >= yoo.items()


@pytest.mark.parametrize(
    "broken", ["@misc{a,\n  title = {A & B},\n}", "@misc{a,\n  title = {A},\n}", "@misc{a b,\n}"]
)
def test_the_reader_of_this_test_is_strict(broken):
    with pytest.raises(AssertionError):
        read_bibtex(broken)
