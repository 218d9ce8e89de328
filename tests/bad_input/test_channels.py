"""What a user writes in a cell or a title reaches readers as text, in every format.

Cells that spreadsheets would reckon are refused where they come in (``text`` of the schemas,
and every text of the YAML files); markup is escaped where it goes out.
"""

import csv
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import escape
from underbalance.errors import FaultsError
from underbalance.ledger import Ledger
from underbalance.present.formats.writing import write
from underbalance.present.site.charts import chart
from underbalance.present.table import Table, WideTable
from underbalance.present.table_style import Style, read_styles
from underbalance.schemas.columns import table, text
from underbalance.tables import check_frame, read_table, write_table

SCRIPT = "</script><script>alert(1)</script>"
TEX = r"\input{/etc/passwd} 50 % of $x_1$ & #1 ~^{}"
XML = 'a < b & "c" ]]> \u2028end'
HOSTILE = {"script": SCRIPT, "image": "<img src=x onerror=alert(1)>", "tex": TEX, "xml": XML}
FORMULAS = [
    '=HYPERLINK("http://x","F-35")',
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "-cmd|x",
    "\t=1",
    "\r=1",
]


@pytest.fixture
def style(project) -> Style:
    return read_styles()["default"]


def numbers(words: str) -> Table:
    return Table("t", words, ("", words), ((words, "1"), (words,)), ((words, "2"),), (words,))


def texts(words: str) -> WideTable:
    rows = ((words, words), (words,))
    return WideTable("t", words, (words,), (words, "b"), (0.5, 0.5), rows, (words,), (words,))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", [numbers, texts])
def test_html_shows_the_words_and_runs_nothing(kind, words, style, tmp_path):
    path = tmp_path / "t.html"
    write(kind(words), [path], style)
    page = path.read_text(encoding="utf-8")
    assert str(escape(words)) in page
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("ending", [".tex", "_tabular.tex"])
def test_latex_reads_no_command_of_the_words(words, ending, style, tmp_path):
    path = tmp_path / f"t{ending}"
    write(numbers(words), [path], style)
    set_ = path.read_text(encoding="utf-8")
    assert r"\input" not in set_
    assert not re.search(r"(?<!\\)[#%]", set_.partition("\n")[2].replace("%\n", "\n"))


@pytest.mark.needs("pdflatex")
def test_latex_sets_the_words(style, tmp_path, latex_faults):
    shown = [words for name, words in HOSTILE.items() if name != "xml"]
    for place, words in enumerate(shown):
        write(numbers(words), [tmp_path / f"t{place}.tex"], style)
    found = latex_faults(tmp_path.glob("t*.tex"))
    assert found == {f"t{place}": [] for place in range(len(shown))}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", [numbers, texts])
def test_word_opens_a_document_with_the_words(kind, words, style, tmp_path):
    from docx import Document

    path = tmp_path / "t.docx"
    write(kind(words), [path], style)
    assert zipfile.ZipFile(path).testzip() is None
    cells = {cell.text for row in Document(path).tables[0].rows for cell in row.cells}
    assert words.split()[0] in " ".join(cells)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_data_of_a_chart_cannot_leave_their_script(words):
    page = str(
        chart(
            {"mark": "bar", "title": words},
            "c",
            alt=words,
            caption=words,
            fallback="t.html",
            data={"rows": [{"name": words}]},
        )
    )
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["datasets"]["rows"] == [{"name": words}]
    assert page.count("<script") == 1


@pytest.mark.parametrize("cell", FORMULAS)
def test_text_that_a_spreadsheet_would_reckon_is_neither_read_nor_written(cell, tmp_path):
    schema, path = table({"system": text()}, ["system"]), tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["system"], [cell]])
    with pytest.raises(FaultsError, match=r"must not begin|line break"):
        read_table(path, schema)
    with pytest.raises(FaultsError, match="must not begin"):
        check_frame(pd.DataFrame({"system": [cell]}), schema, "t")


def test_sign_of_a_number_is_no_formula(tmp_path):
    schema, path = table({"x": text()}, ["x"]), tmp_path / "t.csv"
    write_table(pd.DataFrame({"x": ["-1, 0 or 1", "+0.5", "−3", "-", "a=b"]}), path, schema)
    assert len(read_table(path, schema)) == 5


def test_ledger_of_a_hostile_cell_is_read_back_as_it_was(tmp_path):
    ledger, path = Ledger("deals"), tmp_path / "ledger.csv"
    ledger.add("deal 1", "rule", SCRIPT, TEX, XML.replace("\u2028", " "))
    write_table(ledger.frame(), path)
    with Path(path).open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1][3:5] == [SCRIPT, TEX]


@pytest.mark.needs("chromium")
def test_browser_shows_a_hostile_page_without_running_it(style, tmp_path):
    path = tmp_path / "t.html"
    write(texts("<img src=x onerror=\"document.title='run'\">"), [path], style)
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    shown = subprocess.run(
        [*command, path.as_uri()], capture_output=True, text=True, check=True, timeout=50
    ).stdout
    assert "<title>run</title>" not in shown
    assert "&lt;img src=x" in shown
