"""A table in the formats that the names of the files ask for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from underbalance.present.extended import of_extensions
from underbalance.present.formats.delimited import csv_text
from underbalance.present.formats.html import html_page
from underbalance.present.formats.tex import float_tex, tabular_tex
from underbalance.present.formats.word import save_docx
from underbalance.present.table import AnyTable
from underbalance.present.table_style import Style
from underbalance.tables import written_whole

TABULAR: Final = "_tabular.tex"
DOCX: Final = ".docx"
TEXTS: Final = {".csv": csv_text, ".html": html_page, ".tex": float_tex, TABULAR: tabular_tex}


def write(table: AnyTable, paths: Iterable[str | Path], style: Style) -> None:
    """Write a table to files, each in the format that its name ends with.

    In a run with extensions its notes name them.

    Parameters
    ----------
    table : a table of either kind.
    paths : ``….csv``, ``….html``, ``….tex`` (a float with caption and notes),
        ``…_tabular.tex`` (rows and rules alone) and ``….docx``, all or some.
    style : of config/styles.yaml.

    Raises
    ------
    ValueError : for a name with another ending.
    """
    noted = of_extensions(table)
    for path in map(Path, paths):
        ending = TABULAR if path.name.endswith(TABULAR) else path.suffix
        if ending not in (*TEXTS, DOCX):
            known = ", ".join((*TEXTS, DOCX))
            raise ValueError(f"{path}: a table is written as one of {known}")
        with written_whole(path) as part:
            if ending == DOCX:
                save_docx(noted, part, style)
            else:
                part.write_text(TEXTS[ending](noted, style), encoding="utf-8", newline="\n")
