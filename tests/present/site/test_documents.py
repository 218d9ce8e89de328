"""Documents become pages with GitHub's anchors and links between pages, without loose ends."""

from pathlib import Path

import pytest
from underbalance.present.site.documents import document_html, write_documents
from underbalance.present.site.frame import Site


def html(text, **addresses):
    return str(document_html(text, {f"{name}.md": to for name, to in addresses.items()})[0])


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## Known limits of this version", "known-limits-of-this-version"),
        ("### Panels: `panel`, `within_between`", "panels-panel-within_between"),
        ("## `data/raw/milex.csv`", "datarawmilexcsv"),
        ("## Verdicts & weights", "verdicts--weights"),
    ],
)
def test_anchors_are_those_of_github(heading, anchor):
    assert f'id="{anchor}"' in html(heading)


def test_headings_of_the_same_words_have_anchors_of_their_own():
    text = html("## Notes\n\n## Notes\n")
    assert 'id="notes"' in text
    assert 'id="notes-1"' in text


def test_link_to_a_document_leads_to_its_page_and_place():
    text = html("[a](obstacles.md#threat)", obstacles="methods/obstacles.html")
    assert '<a href="methods/obstacles.html#threat">a</a>' in text


def test_link_to_a_file_that_is_no_page_is_left_as_words():
    assert html("see [the facts](../data/raw/README.md).") == "<p>see the facts.</p>\n"


def test_links_outside_and_within_are_kept():
    text = html("[a](https://example.org/x) [b](#c)")
    assert '<a href="https://example.org/x">a</a> <a href="#c">b</a>' in text


def test_markup_in_a_document_is_shown_and_not_obeyed():
    assert "&lt;script&gt;" in html("a <script>alert(1)</script>")


def test_later_heading_of_the_first_level_becomes_one_of_the_second():
    assert "<h1" not in html("# Before the plan\n")


def test_tables_scroll_and_their_heads_are_heads():
    text = html("| a | b |\n| --- | ---: |\n| 1 | 2 |\n")
    assert '<div class="scroll" tabindex="0">\n<table class="lined">' in text
    assert text.count('scope="col"') == 2


def test_page_has_title_contents_and_the_other_documents(tmp_path):
    for name, title in (("methods", "Methods"), ("deviations", "Deviations")):
        body = "".join(f"## Part {n}\n\nText.\n\n" for n in range(4))
        (tmp_path / f"{name}.md").write_text(f"<!-- written -->\n\n# {title}\n\n{body}")
    files = [tmp_path / "methods.md", tmp_path / "deviations.md"]
    write_documents(files, Site(tmp_path / "report", "core"))
    text = Path(tmp_path / "report/methods/deviations.html").read_text(encoding="utf-8")
    assert text.count("<h1") == 1
    assert "<h1>Deviations</h1>" in text
    assert '<a href="../methods.html">Methods</a>' in text
    assert '<a href="#part-3">Part 3</a>' in text
    assert "written" not in text
