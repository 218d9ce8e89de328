from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from underbalance.present.formats.word import save_docx


@pytest.fixture
def opened(style, tmp_path):
    def opened(table) -> Document:
        path: Path = tmp_path / "t.docx"
        save_docx(table, path, style)
        return docx.Document(str(path))

    return opened


@pytest.mark.parametrize("kind", ["numbers", "texts"])
def test_the_document_has_one_table_with_every_cell(kind, request, opened) -> None:
    table = request.getfixturevalue(kind)
    (made,) = opened(table).tables
    found = [[cell.text for cell in row.cells] for row in made.rows]
    rows = [table.header, *(row for part in table.parts for row in part)]
    # a heading is one merged cell, told once for every column
    wanted = [list(row) if len(row) > 1 else list(row) * len(table.header) for row in rows]
    # a label is merged with the empty cells below it
    for above, row in pairwise(wanted):
        row[0] = row[0] or above[0]
    assert found == wanted


def test_the_caption_is_one_that_word_counts(numbers, opened) -> None:
    caption = opened(numbers).paragraphs[0]
    assert caption.style.name == "Caption"
    assert caption._p.xpath("string(w:fldSimple/@w:instr)") == " SEQ Table \\* ARABIC "
    assert "".join(caption._p.xpath(".//w:t/text()")) == "Table 1. Arms & effort_growth: 50 %"


def test_the_head_is_repeated_on_every_page(numbers, opened) -> None:
    rows = opened(numbers).tables[0].rows
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in rows][:2] == [True, False]


def test_there_are_rules_above_and_below_the_head_before_the_summary_and_at_the_end(
    numbers, opened
) -> None:
    rows = opened(numbers).tables[0].rows
    ruled = {side: [bool(row._tr.xpath(f".//w:tcBorders/w:{side}")) for row in rows]
             for side in ("top", "bottom")}  # fmt: skip
    assert ruled["top"] == [True, True, False, False, True]
    assert ruled["bottom"] == [False] * 4 + [True]


def test_a_table_of_texts_lies_sideways_between_its_sentences(numbers, texts, opened) -> None:
    document = opened(texts)
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert opened(numbers).sections[0].orientation == WD_ORIENT.PORTRAIT
    lines = [p.text for p in document.paragraphs]
    assert lines[1:] == ["Of 2 claims: 1 supported.", "A note."]
