"""The template article, set with the tables, figures and numbers of the last run."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path

from underbalance.places import in_run
from underbalance.present.latex import open_questions, packages_of, require_latex, set_document
from underbalance.tables import written_whole

PAPER = Path("paper")
# what the article reads, relative to its folder: ../results (of the present run), ../docs
NEIGHBOURS = ("results", "docs")


def set_paper(pdf: Path, log: Path, paper: Path = PAPER) -> None:
    """Write the article as PDF, and the log of LaTeX.

    The article is set in a copy of its folder, so that LaTeX's own files stay out of it. There is
    a warning for each reference or citation that is not defined.

    Raises
    ------
    LatexError : when LaTeX is not complete or finds a fault in the article.
    """
    check_latex(paper)
    with tempfile.TemporaryDirectory() as folder:
        document = _beside_its_neighbours(paper, Path(folder))
        made, said = set_document(document)
        with written_whole(pdf) as part:
            shutil.copyfile(made, part)
    log.write_text(said, encoding="utf-8")
    for question in open_questions(said):
        warnings.warn(question, stacklevel=2)


def check_latex(paper: Path = PAPER) -> None:
    """Raise :class:`LatexError` when LaTeX lacks something that the article needs."""
    require_latex(packages_of_paper(paper))


def packages_of_paper(paper: Path = PAPER) -> set[str]:
    """Return the LaTeX packages and bibliography styles that the article asks for.

    Those that stand in the folder of the article are not among them.
    """
    own = {path.name for path in paper.iterdir()}
    sources = [*paper.rglob("*.tex"), *paper.rglob("*.sty")]
    asked = {name for path in sources for name in packages_of(path.read_text(encoding="utf-8"))}
    return {name for name in asked if name not in own and f"{name}.sty" not in own}


def _beside_its_neighbours(paper: Path, folder: Path) -> Path:
    """Copy the article to a folder in which ``../results`` and ``../docs`` are found."""
    document = folder / "paper"
    shutil.copytree(paper, document)
    for name in NEIGHBOURS:
        (folder / name).symlink_to(
            (paper.parent / in_run(name)).resolve(), target_is_directory=True
        )
    return document
