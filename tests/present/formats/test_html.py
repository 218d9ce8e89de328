import html
import re

from underbalance.present.formats import html_table
from underbalance.present.formats.html import html_page
from underbalance.present.table import Table


def cells_of(page: str) -> list[str]:
    return [html.unescape(cell) for cell in re.findall(r"<(?:th|td)[^>]*>(.*?)</(?:th|td)>", page)]


def test_page_shows_every_cell_and_escapes_markup(numbers, style) -> None:
    page = html_page(numbers, style)
    assert "<b>" not in page
    shown = [numbers.header, *numbers.body, *numbers.summary]
    assert cells_of(page) == [cell for row in shown for cell in row]
    assert "http" not in page


def test_page_of_texts_has_what_leads_to_the_table_and_its_notes(texts, style) -> None:
    page = html_page(texts, style)
    assert "<title>Claims &amp; record</title>" in page
    assert '<th scope="row">A_1</th><td>mean −0.05 &lt; 0.31</td><td>in part</td>' in page
    parts = ["Of 2 claims", "Only on a page.", "<table", "A note."]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "width: 60.0%" in page


def test_row_of_one_cell_is_a_heading_across_the_table(numbers) -> None:
    assert (
        '<tr class="group"><th scope="rowgroup" colspan="4">Of &lt;b&gt;_&amp; C</th></tr>'
        in html_table(numbers)
    )


def test_words_with_an_address_are_links(texts) -> None:
    assert 'see <a href="folder/file.csv">file.csv</a>.' in html_table(texts)


def test_table_without_summary_has_no_empty_part() -> None:
    bare = Table("t", "T", ("", "b"), (("x", "1"),), (), ("n",))
    assert html_table(bare).count("<tbody>") == 1


def test_fragment_is_a_table_with_its_caption_and_no_page(numbers) -> None:
    fragment = html_table(numbers)
    assert "<caption>Arms &amp; effort_growth: 50 %</caption>" in fragment
    assert "<html" not in fragment
    assert "<style" not in fragment
