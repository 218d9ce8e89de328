"""The article types no number, cites what there is, and loads what its tables need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from underbalance.errors import LatexError
from underbalance.hypotheses.verdict import ALPHA
from underbalance.models.estimate import LEAST_EVENTS
from underbalance.present.paper import check_latex, packages_of_paper, set_paper

PAPER = Path(__file__).parents[2] / "paper"
SOURCES = [PAPER / "main.tex", *sorted((PAPER / "sections").glob("*.tex"))]
# names of files, labels, numbers and citations, and the layout of a figure, may hold digits
NAMED = (
    r"val|elsewhere|input|label|ref|figref|tabref|cite\w*|resulttable|floattable|resultfigure|results"
    r"|bibliography|documentclass|InputIfFileExists"
)
HYPOTHESES = r"\b[HR][1-5]\b"


def uncommented(text: str) -> str:
    return re.sub(r"(?<!\\)%.*", "", text)


def without_names(text: str) -> str:
    return re.sub(rf"\\(?:{NAMED})(?:\[[^]]*\])?(?:\{{[^{{}}]*\}})*", "", uncommented(text))


def keys(bibliography: Path) -> set[str]:
    return set(re.findall(r"(?m)^@\w+\{([^,]+),", bibliography.read_text(encoding="utf-8")))


def cited() -> set[str]:
    text = "".join(uncommented(path.read_text(encoding="utf-8")) for path in SOURCES)
    found = re.findall(r"\\cite\w*(?:\[[^]]*\])*\{([^}]*)\}", text)
    return {key.strip() for group in found for key in group.split(",")}


def typed_numbers(text: str) -> list[str]:
    return re.findall(r".*\d.*", re.sub(HYPOTHESES, "", without_names(text)))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_number_is_typed(path):
    assert typed_numbers(path.read_text(encoding="utf-8")) == []


def test_a_typed_number_would_be_found():
    assert typed_numbers("of \\val{nThree} allies, 37 are") == ["of  allies, 37 are"]
    assert typed_numbers("see \\tabref{models_H2} on H2, \\citep{yoo_2012} % 37") == []


def test_the_rule_of_verdict_is_the_one_that_the_article_puts_into_words():
    assert "below five per cent" in (PAPER / "sections/design.tex").read_text()
    assert "at least thirty of them" in (PAPER / "sections/design.tex").read_text()
    assert (ALPHA, LEAST_EVENTS) == (0.05, 30)


def test_every_citation_is_in_a_bibliography():
    known = keys(PAPER / "references.bib") | keys(PAPER.parent / "docs/references.bib")
    assert cited() - known == set()


def test_every_work_on_theory_and_methods_is_cited():
    assert keys(PAPER / "references.bib") - cited() == set()


def test_no_key_stands_in_both_bibliographies():
    assert keys(PAPER / "references.bib") & keys(PAPER.parent / "docs/references.bib") == set()


def test_packages_are_those_of_latex_not_the_papers_own():
    packages = packages_of_paper(PAPER)
    assert {"booktabs", "natbib", "plainnat.bst"} <= packages
    assert "underbalance" not in packages


def test_every_section_is_in_the_article():
    main = (PAPER / "main.tex").read_text(encoding="utf-8")
    assert [path.stem for path in SOURCES[1:] if f"{{sections/{path.stem}}}" not in main] == []


def test_without_latex_nothing_is_set(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LatexError, match="this is missing"):
        check_latex(PAPER)


@pytest.fixture
def small(tmp_path) -> Path:
    """An article of one line, with the results beside it."""
    for name in ("paper", "results", "docs"):
        (tmp_path / name).mkdir()
    (tmp_path / "results/numbers.tex").write_text("\\newcommand{\\allies}{37}\n")
    (tmp_path / "paper/main.tex").write_text(
        "\\documentclass{article}\n\\input{../results/numbers}\n"
        "\\begin{document}\\allies{} allies, \\ref{nowhere}\\end{document}\n"
    )
    return tmp_path


@pytest.mark.needs("latexmk", "pdflatex", "bibtex")
def test_the_article_reads_the_results_beside_it_and_its_folder_stays_clean(small):
    out = small / "results/paper"
    with pytest.warns(UserWarning, match="Reference `nowhere' .*undefined"):
        set_paper(out / "paper.pdf", small / "latex.log", small / "paper")
    assert (out / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert [path.name for path in (small / "paper").iterdir()] == ["main.tex"]


@pytest.mark.needs("latexmk", "pdflatex", "bibtex")
def test_nothing_is_written_when_latex_fails(small):
    (small / "results/numbers.tex").write_text("")
    with pytest.raises(LatexError, match="Undefined control sequence"):
        set_paper(small / "paper.pdf", small / "latex.log", small / "paper")
    assert not (small / "paper.pdf").exists()
