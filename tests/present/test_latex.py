"""What LaTeX lacks and what it finds wrong is said in a few lines."""

import pytest
from underbalance.errors import LatexError
from underbalance.present import latex
from underbalance.present.latex import (
    faults_of,
    open_questions,
    packages_of,
    require_latex,
    set_document,
)


def test_packages_are_found_with_options_and_in_lists():
    source = "\\usepackage[T1]{fontenc}\n\\RequirePackage{array, booktabs}\n% \\usepackage{gone}\n"
    assert packages_of(source) == {"fontenc", "array", "booktabs"}


def test_the_bibliography_style_counts_as_needed():
    assert packages_of("\\bibliographystyle{plainnat}") == {"plainnat.bst"}


def test_without_latex_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LatexError) as raised:
        require_latex(["booktabs"])
    message = str(raised.value)
    assert "this is missing: latexmk, pdflatex, bibtex, kpsewhich" in message
    assert "sudo apt install texlive-latex-recommended" in message
    assert "MacTeX" in message


@pytest.mark.needs("latexmk", "pdflatex", "bibtex")
def test_a_missing_package_is_named_and_one_at_hand_is_not():
    with pytest.raises(LatexError, match="the LaTeX package nosuchpackage"):
        require_latex(["booktabs", "nosuchpackage"])
    require_latex(["booktabs", "plainnat.bst"])


@pytest.mark.needs("latexmk", "pdflatex")
def test_a_fault_in_a_document_is_shown_with_its_line_only(tmp_path):
    text = "\\documentclass{article}\n\\begin{document}\n\\nosuchcommand\n\\end{document}\n"
    (tmp_path / "main.tex").write_text(text)
    with pytest.raises(LatexError) as raised:
        set_document(tmp_path)
    message = str(raised.value)
    assert "./main.tex:3: Undefined control sequence." in message
    assert "\\nosuchcommand" in message
    assert len(message.splitlines()) < 10


@pytest.mark.needs("latexmk", "pdflatex")
def test_a_document_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(latex, "SECONDS", 2)
    (tmp_path / "main.tex").write_text(
        "\\documentclass{article}\n\\begin{document}\n\\input{endless}\n\\end{document}\n"
    )
    (tmp_path / "endless.tex").write_text("\\def\\again{\\again}\\again\n")
    with pytest.raises(LatexError, match="was stopped"):
        set_document(tmp_path)


def test_of_many_faults_the_first_are_shown_and_the_rest_counted():
    log = "\n".join(f"./main.tex:{n}: Undefined control sequence.\nl.{n} \\x" for n in range(1, 9))
    told = faults_of(log)
    assert "main.tex:5:" in told
    assert "main.tex:6:" not in told
    assert "… and 3 more" in told


def test_a_fault_of_the_bibliography_is_shown():
    told = faults_of("", "This is BibTeX\nI couldn't open database file gone.bib\n---line 3 of x")
    assert "I couldn't open database file gone.bib" in told


def test_a_log_without_a_message_is_shown_by_its_end():
    assert "line 19" in faults_of("\n".join(f"line {n}" for n in range(20)))


def test_references_and_citations_without_a_target_are_named_also_where_the_log_breaks_lines():
    first = "LaTeX Warning: Reference `tab:models' on page 3 undefined on input line 7."
    long = (
        "Package natbib Warning: Citation `a_source_with_a_long_name' on page 4 undefined on"
        " input line 12."
    )
    broken = f"{long[:79]}\n{long[79:]}"
    assert open_questions(f"{first}\n{broken}\n") == [
        "Citation `a_source_with_a_long_name' on page 4 undefined",
        "Reference `tab:models' on page 3 undefined",
    ]
