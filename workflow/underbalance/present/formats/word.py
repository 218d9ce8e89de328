"""Tables as Word documents: real tables that can be edited and pasted."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from underbalance.present.table import AnyTable, Table, WideTable
from underbalance.present.table_style import Style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
POINTS: Final = 9.0
SMALL: Final = 8.0
PAPER_CM: Final = (21.0, 29.7)  # A4
MARGIN_CM: Final = 2.0
THICK, THIN = 8, 4  # eighths of a point
SHORT: Final = 40  # rows that a page holds: these are not torn apart
# of every file in the document: the same table is the same bytes
DATE: Final = (1980, 1, 1, 0, 0, 0)


def save_docx(table: AnyTable, path: Path, style: Style) -> None:
    """Save a document with one table: caption above, notes below, wide tables sideways."""
    import docx

    document = docx.Document()
    _set_page(document, sideways=isinstance(table, WideTable))
    _add_caption(document, table.title)
    for sentence in table.lead if isinstance(table, WideTable) else ():
        _add_small(document, sentence)
    _add_table(document, table)
    _add_notes(document, table, style)
    document.core_properties.title = table.title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.save(str(path))
    _set_dates(path)


def _set_page(document: Document, *, sideways: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    section = document.sections[0]
    width, height = reversed(PAPER_CM) if sideways else PAPER_CM
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Cm(MARGIN_CM))
    for name in ("Normal", "Caption"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(POINTS)
        style.paragraph_format.space_after = Pt(0)


def _add_caption(document: Document, title: str) -> None:
    """Add a caption that Word counts, so that a list of tables finds it."""
    from docx.shared import Pt, RGBColor

    document.styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_after = Pt(SMALL / 2)
    caption.add_run("Table ")
    _add_field(caption, " SEQ Table \\* ARABIC ", "1")
    caption.add_run(f". {title}")


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    field = _element("w:fldSimple", instr=instruction)
    paragraph._p.append(field)
    run = paragraph.add_run(shown)
    field.append(run._r)


def _add_table(document: Document, table: AnyTable) -> None:
    rows = [table.header, *(row for part in table.parts for row in part)]
    made = document.add_table(len(rows), len(table.header))
    made.autofit = False
    widths = _widths(table)
    whole = len(rows) <= SHORT
    for number, cells in enumerate(rows):
        _fill(made, number, cells, widths, table)
        _hold(made, number, together=whole and number < len(rows) - 1)
    for number, edges in _edges(table).items():
        _rule(made, number, edges)
    _repeat_head(made)


def _edges(table: AnyTable) -> dict[int, dict[str, int]]:
    """Return the rules by row: above and below the head, between parts, at the end."""
    edges: dict[int, dict[str, int]] = {0: {"top": THICK}}
    start = 1
    for part in table.parts:
        edges.setdefault(start, {})["top"] = THIN
        start += len(part)
    edges.setdefault(start - 1, {})["bottom"] = THICK
    return edges


def _widths(table: AnyTable) -> list[float]:
    """Return the widths of the columns in cm."""
    if isinstance(table, WideTable):
        return [(PAPER_CM[1] - 2 * MARGIN_CM) * share for share in table.widths]
    whole = PAPER_CM[0] - 2 * MARGIN_CM
    columns = len(table.header) - 1
    return [whole * table.label_width, *[whole * (1 - table.label_width) / columns] * columns]


def _fill(
    made: WordTable, number: int, cells: tuple[str, ...], widths: list[float], table: AnyTable
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    row = made.rows[number].cells
    for cell, width in zip(row, widths, strict=True):
        cell.width = Cm(width)
    heading = len(cells) == 1 and len(row) > 1
    places = [row[0].merge(row[-1])] if heading else row
    for place, (cell, text) in enumerate(zip(places, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size = Pt(SMALL)
        run.italic = heading
        run.bold = number == 0 and isinstance(table, WideTable)
        if place and isinstance(table, Table):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _hold(made: WordTable, number: int, *, together: bool) -> None:
    """Keep a row on one page, and with the next row where the table fits on a page."""
    row = made.rows[number]
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    if together:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _rule(made: WordTable, number: int, edges: dict[str, int]) -> None:
    for cell in dict.fromkeys(made.rows[number].cells):
        borders = _element("w:tcBorders")
        for side, eighths in edges.items():
            line = {"val": "single", "sz": str(eighths), "space": "0", "color": "000000"}
            borders.append(_element(f"w:{side}", **line))
        cell._tc.get_or_add_tcPr().append(borders)


def _repeat_head(made: WordTable) -> None:
    made.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _add_notes(document: Document, table: AnyTable, style: Style) -> None:
    sentences = table.notes if isinstance(table, WideTable) else (" ".join(table.notes),)
    for sentence in filter(None, sentences):
        _add_small(document, sentence)


def _add_small(document: Document, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(SMALL / 2)
    paragraph.add_run(text).font.size = Pt(SMALL)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    element: BaseOxmlElement = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_name(f"w:{key}"), value)
    return element


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _set_dates(path: Path) -> None:
    """Write the archive anew with one date for all files in it."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
