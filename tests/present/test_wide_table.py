import shutil
import subprocess
from pathlib import Path

import pytest
from underbalance.present.wide_table import WideTable, write_wide_html, write_wide_tex

TABLE = WideTable(
    name="claims",
    title="Claims & record",
    lead=("Of 2 claims: 1 supported.",),
    header=("Claim", "Says → coded", "Agrees?"),
    widths=(0.2, 0.6, 0.2),
    rows=(("A_1", "mean −0.05 < 0.31", "in part"), ("[B]", "7 % & more", "supported")),
    notes=("A note.",),
)


def test_page_has_every_cell_lead_and_note_escaped(tmp_path: Path) -> None:
    write_wide_html(TABLE, tmp_path / "t.html")
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "<title>Claims &amp; record</title>" in page
    assert '<th scope="row">A_1</th><td>mean −0.05 &lt; 0.31</td><td>in part</td>' in page
    assert page.index("Of 2 claims") < page.index("<table") < page.index("A note.")
    assert page.count("<tr>") == 3
    assert "width: 60.0%" in page


def test_tex_repeats_its_head_and_names_its_packages_first(tmp_path: Path) -> None:
    write_wide_tex(TABLE, tmp_path / "t.tex")
    lines = (tmp_path / "t.tex").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "% packages: array, booktabs, longtable, pdflscape"
    assert lines.count(r"Claim & Says $\to$ coded & Agrees? \\") == 2
    assert r"A\_1 & mean $-$0.05 $<$ 0.31 & in part \\" in lines
    assert r"{[B]} & 7 \% \& more & supported \\" in lines
    assert r"\noindent Of 2 claims: 1 supported. A note." in lines


def test_tex_is_plain_ascii(tmp_path: Path) -> None:
    write_wide_tex(TABLE, tmp_path / "t.tex")
    assert (tmp_path / "t.tex").read_text(encoding="utf-8").isascii()


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_tex_compiles_with_the_packages_it_names(tmp_path: Path) -> None:
    write_wide_tex(TABLE, tmp_path / "t.tex")
    packages = (tmp_path / "t.tex").read_text().splitlines()[0].removeprefix("% packages: ")
    document = (
        rf"\documentclass{{article}}\usepackage{{{packages.replace(' ', '')}}}"
        r"\begin{document}\input{t.tex}\end{document}"
    )
    (tmp_path / "paper.tex").write_text(document)
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
