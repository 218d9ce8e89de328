"""The same cells in CSV, HTML and LaTeX."""

from __future__ import annotations

import csv
import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from underbalance.present.model_table import Table
from underbalance.present.writers import escape_tex, write_csv, write_html, write_tex

TABLE = Table(
    name="small",
    title="Arms & effort_growth: 50 %",
    header=("", "Coefficient", "95 % interval", "p"),
    body=(("A <b> & C", "−0.5", "[−0.7, −0.3]", "< 0.001"), ("", "(0.1)", "", "")),
    summary=(("Observations", "1,234", "", ""),),
    notes=("Errors × G/(G−1).", "Units: $ and #."),
)


def test_csv_holds_every_cell(tmp_path: Path) -> None:
    write_csv(TABLE, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    assert rows == [TABLE.header, *TABLE.body, *TABLE.summary]


def test_html_shows_every_cell_and_escapes_markup(tmp_path: Path) -> None:
    write_html(TABLE, tmp_path / "t.html")
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    cells = re.findall(r"<(?:th|td)[^>]*>(.*?)</(?:th|td)>", page)
    shown = [html.unescape(cell) for cell in cells]
    assert shown == [cell for row in (TABLE.header, *TABLE.body, *TABLE.summary) for cell in row]
    assert "http" not in page


def test_tex_names_its_packages_first(tmp_path: Path) -> None:
    write_tex(TABLE, tmp_path / "t.tex")
    first = (tmp_path / "t.tex").read_text(encoding="utf-8").splitlines()[0]
    assert first == "% packages: array, booktabs, threeparttable"


def test_tex_escapes_what_latex_would_read() -> None:
    assert escape_tex("a_b & 50 % $ # {x} ~ ^ \\") == (
        r"a\_b \& 50 \% \$ \# \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escape_tex("−1 ≤ x × y") == r"$-$1 $\leq$ x $\times$ y"


def test_tex_row_beginning_with_a_bracket_is_no_option_of_the_line_break(tmp_path: Path) -> None:
    bracket = Table("t", "T", ("", "b"), (("[x]", "[y]"),), (("[z]", ""),), ("n",))
    write_tex(bracket, tmp_path / "t.tex")
    text = (tmp_path / "t.tex").read_text(encoding="utf-8")
    assert r"{[x]} & {[y]} \\" in text


def test_row_of_one_cell_is_a_heading_across_the_table(tmp_path: Path) -> None:
    headed = Table("t", "T", ("", "b", "c"), (("50 %",), ("x", "1", "2")), (), ("n",))
    write_tex(headed, tmp_path / "t.tex")
    assert r"\multicolumn{3}{@{}l}{\textit{50 \%}} \\" in (tmp_path / "t.tex").read_text()
    write_html(headed, tmp_path / "t.html")
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert '<tr><th scope="rowgroup" colspan="3">50 %</th></tr>' in page
    assert '<tr><th scope="row">x</th><td>1</td><td>2</td></tr>' in page


def test_table_without_summary_has_no_empty_part(tmp_path: Path) -> None:
    bare = Table("t", "T", ("", "b"), (("x", "1"),), (), ("n",))
    write_tex(bare, tmp_path / "t.tex")
    assert (tmp_path / "t.tex").read_text().count(r"\midrule") == 1
    write_html(bare, tmp_path / "t.html")
    assert (tmp_path / "t.html").read_text(encoding="utf-8").count("<tbody>") == 1


def test_width_of_the_labels_is_that_of_the_table(tmp_path: Path) -> None:
    narrow = Table("t", "T", ("", "b"), (("x", "1"),), (), ("n",), label_width=0.1)
    write_tex(narrow, tmp_path / "t.tex")
    assert r"p{0.1\linewidth}c@{}" in (tmp_path / "t.tex").read_text()


def test_tex_is_plain_ascii(tmp_path: Path) -> None:
    write_tex(TABLE, tmp_path / "t.tex")
    assert (tmp_path / "t.tex").read_text(encoding="utf-8").isascii()


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_tex_compiles_with_the_packages_it_names(tmp_path: Path) -> None:
    write_tex(TABLE, tmp_path / "t.tex")
    packages = (tmp_path / "t.tex").read_text().splitlines()[0].removeprefix("% packages: ")
    document = (
        r"\documentclass{article}\usepackage{" + packages.replace(" ", "") + "}"
        r"\begin{document}\input{t.tex}\end{document}"
    )
    (tmp_path / "d.tex").write_text(document, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "d.tex"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Overfull" not in run.stdout
