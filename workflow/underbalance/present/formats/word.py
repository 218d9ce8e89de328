"""Tables as Word documents: real tables that can be edited and pasted."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from underbalance.present.formats.word_layout import MARGIN, PAPER, TYPE, layout
from underbalance.present.table import AnyTable, Table, WideTable
from underbalance.present.table_style import Style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

FONT: Final = "Times New Roman"
CAPTION_TYPE: Final = 10.0
NAME: Final = re.compile(r"<w:\w+")
THICK, THIN = 8, 4  # eighths of a point
GROUP_SPACE: Final = 2  # points above a term
SHORT: Final = 40  # rows that a page holds: these are not torn apart
TWENTIETHS: Final = 20  # Word's unit of length, of a point
# of every file in the document: the same table is the same bytes
DATE: Final = (1980, 1, 1, 0, 0, 0)


def save_docx(table: AnyTable, path: Path, style: Style) -> None:
    """Save a document with one table: caption above, notes below, wide tables sideways."""
    import docx

    document = docx.Document()
    sideways, widths = layout(table)
    _set_page(document, sideways=sideways)
    _add_caption(document, table.title)
    for sentence in table.lead if isinstance(table, WideTable) else ():
        _add_small(document, sentence)
    _add_table(document, table, widths)
    _add_notes(document, table, style)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = table.title, "", ""
    document.save(str(path))
    _set_dates(path)


def _set_page(document: Document, *, sideways: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    section = document.sections[0]
    width, height = reversed(PAPER) if sideways else PAPER
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Pt(MARGIN))
    for name in ("Normal", "Caption"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(CAPTION_TYPE)
        style.paragraph_format.space_after = Pt(0)


def _add_caption(document: Document, title: str) -> None:
    """Add a caption that Word counts, so that a list of tables finds it."""
    from docx.shared import Pt, RGBColor

    document.styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
    caption = document.add_paragraph("Table ", style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_after = Pt(TYPE / 2)
    number = '<w:fldSimple w:instr=" SEQ Table \\* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    caption._p.append(_parsed(number))
    caption.add_run(f". {title}")


def _add_table(document: Document, table: AnyTable, widths: list[float]) -> None:
    rows = [table.header, *(row for part in table.parts for row in part)]
    edges, whole = _edges(table), isinstance(table, Table) and len(rows) <= SHORT
    twentieths = [round(TWENTIETHS * width) for width in widths]
    lines = "".join(
        _row(cells, number, table, twentieths, edges.get(number, ""), _label(rows, number))
        for number, cells in enumerate(rows)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twentieths)
    made = _parsed(
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twentieths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="50" w:type="dxa"/>'
        '<w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )
    if whole:
        for paragraph in made.xpath("w:tr[position() < last()]//w:p/w:pPr"):
            paragraph.insert(0, _parsed("<w:keepNext/>"))
    document.element.body[-1].addprevious(made)


def _edges(table: AnyTable) -> dict[int, str]:
    """Return the rules by row: above and below the head, between parts, at the end."""
    found: dict[int, dict[str, int]] = {0: {"top": THICK}}
    start = 1
    for part in table.parts:
        found.setdefault(start, {})["top"] = THIN
        start += len(part)
    found.setdefault(start - 1, {})["bottom"] = THICK
    return {number: "".join(map(_edge, own, own.values())) for number, own in found.items()}


def _edge(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


def _label(rows: list[tuple[str, ...]], number: int) -> str:
    """Return how a label and the empty cells below it are one cell: where it begins, goes on."""
    if number and len(rows[number]) > 1 and not rows[number][0]:
        return "<w:vMerge/>"
    following = rows[number + 1] if number + 1 < len(rows) else ("",)
    begins = number and len(following) > 1 and not following[0]
    return '<w:vMerge w:val="restart"/>' if begins and len(rows[number]) > 1 else ""


def _row(
    cells: tuple[str, ...],
    number: int,
    table: AnyTable,
    widths: list[int],
    edges: str,
    label: str,
) -> str:
    head = "<w:tblHeader/>" if number == 0 else ""
    heading = len(cells) == 1 and len(widths) > 1
    sizes = [sum(widths)] if heading else widths
    space = f'<w:spacing w:before="{GROUP_SPACE * TWENTIETHS}"/>' if "restart" in label else ""
    made = []
    for place, (text, width) in enumerate(zip(cells, sizes, strict=True)):
        span = f'<w:gridSpan w:val="{len(widths)}"/>' if heading else ""
        merged = "" if place else label
        borders = f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""
        align = '<w:jc w:val="center"/>' if place and isinstance(table, Table) else ""
        face = "<w:i/>" * heading + "<w:b/>" * (number == 0 and isinstance(table, WideTable))
        # the mark of a paragraph has a size too: it makes an empty cell as high as others
        size = f'<w:rPr>{face}<w:sz w:val="{2 * TYPE:g}"/></w:rPr>'
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{borders}</w:tcPr>'
            f"<w:p><w:pPr>{space}{align}{size}</w:pPr><w:r>{size}"
            f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(made)}</w:tr>"


def _add_notes(document: Document, table: AnyTable, style: Style) -> None:
    sentences = table.notes if isinstance(table, WideTable) else (" ".join(table.notes),)
    label = "" if isinstance(table, WideTable) else style.notes_label
    for sentence in filter(None, sentences):
        _add_small(document, sentence, label)


def _add_small(document: Document, text: str, label: str = "") -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(TYPE / 2)
    if label:
        paragraph.add_run(f"{label} ").italic = True
    paragraph.add_run(text)
    for run in paragraph.runs:
        run.font.size = Pt(TYPE)


def _parsed(xml: str) -> BaseOxmlElement:
    """Return an element of Word's language, written without the address of its namespace."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    name = NAME.match(xml)
    assert name is not None  # written above
    element: BaseOxmlElement = parse_xml(f"{name[0]} {nsdecls('w')}{xml[name.end() :]}")
    return element


def _set_dates(path: Path) -> None:
    """Write the archive anew with one date for all files in it."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
