import pytest
from underbalance.document.citation import JOURNAL, address, citation, doi, names, works
from underbalance.errors import FaultsError
from underbalance.registry import read_sources


def test_a_work_that_feeds_several_tables_is_cited_once(registry):
    found = works(registry)
    assert [work["citation_key"] for work in found] == ["allen_2022", "institute_2025"]
    assert found[0]["title"] == "US troops & bases"


def test_versions_of_several_rows_are_all_named(registry):
    registry.loc[1, "version"] = "2026_04"
    assert works(registry)[0]["version"] == "2026_03; 2026_04"


def test_one_key_for_two_works_is_refused(registry):
    registry.loc[1, "work"] = "Another Work"
    with pytest.raises(FaultsError, match=r"allen_2022, column work[\s\S]*Another Work"):
        works(registry)


@pytest.mark.parametrize("key", ["two words", "a,b", "{x}", ""])
def test_key_that_bibtex_cannot_read_is_refused(registry, key):
    registry["citation_key"] = key
    with pytest.raises(FaultsError, match="BibTeX must be able to read the key"):
        works(registry)


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("World Bank", ["{World Bank}"]),
        ("Institute for War and Peace", ["{Institute for War and Peace}"]),
        ("Krause, Werner and {WZB and Co.}", ["Krause, Werner", "{WZB and Co.}"]),
        ("Krause, Werner and World Bank", ["Krause, Werner", "{World Bank}"]),
        ("Coppedge, Michael and others", ["Coppedge, Michael", "others"]),
    ],
)
def test_persons_and_offices_are_told_apart(authors, expected):
    assert names(authors) == expected


def test_citation_inverts_the_first_author_only(registry):
    shown = [citation(work) for work in works(registry)]
    assert shown == [
        "Allen, Michael A., and Office of Records. 2022. “Global Data: 1950-2020”. "
        "Journal of Data 39 (3): 351-370.",
        "Institute for War and Peace. 2025. “Yearbook”. Institute, Stockholm.",
    ]


def test_citation_of_many_authors_ends_with_et_al(registry):
    registry["authors"] = "Coppedge, Michael and Gerring, John and others"
    assert citation(works(registry)[0]).startswith("Coppedge, Michael, John Gerring, et al. 2022.")


def test_doi_stands_at_the_end_of_a_citation(registry):
    registry["publisher"] = "Harvard Dataverse, doi:10.7910/DVN/5OAH7P"
    assert citation(works(registry)[0]).endswith(" Harvard Dataverse. doi:10.7910/DVN/5OAH7P.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harvard Dataverse, doi:10.7910/DVN/5OAH7P", "10.7910/DVN/5OAH7P"),
        ("WZB, doi:10.25522/manifesto.mpds.2024a", "10.25522/manifesto.mpds.2024a"),
        ("doi:10.1000/a.b, Berlin", "10.1000/a.b"),
        ("https://doi.org/10.7910/DVN/LEJUQZ", "10.7910/DVN/LEJUQZ"),
        ("Electoral Studies 32 (2): 360-369", ""),
    ],
)
def test_doi_is_found_without_what_follows_it(text, expected):
    assert doi(text) == expected


@pytest.mark.parametrize(
    ("upstream", "expected"),
    [
        ("www.sipri.org/databases/milex", "https://www.sipri.org/databases/milex"),
        ("http://www.atopdata.org", "http://www.atopdata.org"),
        ("ppeg.wzb.eu; doi.org/10.1/x", "https://ppeg.wzb.eu"),
        ("dsca.mil, Press Media, Major Arms Sales", ""),
        ("this project", ""),
    ],
)
def test_upstream_page_becomes_an_address_unless_it_is_words(upstream, expected):
    assert address(upstream) == expected


@pytest.mark.parametrize(
    ("publisher", "parts"),
    [
        ("Electoral Studies 32 (2): 360-369", ("Electoral Studies", "32", "2", "360-369")),
        ("Journal of Finance 128: 102682", ("Journal of Finance", "128", None, "102682")),
        ("Journal of Finance, 12(3): 1–9", ("Journal of Finance", "12", "3", "1–9")),
    ],
)
def test_place_in_a_journal_is_taken_apart(publisher, parts):
    found = JOURNAL.fullmatch(publisher)
    assert found is not None
    assert found.group("journal", "volume", "number", "pages") == parts


@pytest.mark.parametrize("publisher", ["SIPRI, Stockholm", "In War, edited by X, 19-48. Sage", ""])
def test_a_publisher_is_no_place_in_a_journal(publisher):
    assert JOURNAL.fullmatch(publisher) is None


def test_every_registered_work_can_be_cited(project):
    assert all(citation(work).count("“") == 1 for work in works(read_sources()))
