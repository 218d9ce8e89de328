"""What is said of each figure: one place for the report, the paper and screen readers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from underbalance.present.formats.tex_text import escape_tex
from underbalance.present.numbers.names import macro
from underbalance.tables import written_whole


@dataclass(frozen=True)
class Caption:
    """The words beside a figure, plain text.

    Parameters
    ----------
    title : what is shown, without a full stop and without a finding.
    caption : what is shown, sample, counts, intervals and sources.
    alt : for those who cannot see it: what kind of figure, and how it reads.
    """

    title: str
    caption: str
    alt: str


def write_captions(captions: Mapping[str, Caption], paths: Iterable[Path]) -> None:
    r"""Write captions by figure as ``.json``, or as ``.tex`` with the macros of a paper.

    The macros of ``effects_years`` are ``\effectsYearsTitle`` and ``\effectsYearsCaption``.
    """
    for path in paths:
        text = _tex(captions) if path.suffix == ".tex" else _json(captions)
        with written_whole(path) as part:
            part.write_text(text, encoding="utf-8")


def read_captions(path: Path) -> dict[str, Caption]:
    """Read captions by figure from ``.json``, in the order of the file."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return {name: Caption(**words) for name, words in found.items()}


def sources_text(tables: Iterable[str], sources: pd.DataFrame) -> str:
    """Return the works that facts tables are made from, as the last sentence of a caption.

    Parameters
    ----------
    tables : names of facts tables.
    sources : the registry.
    """
    used = sources[sources["table"].isin(set(tables))]
    titles = sorted(set(used["title"]))
    return f"Sources: {'; '.join(titles)}." if titles else ""


def _json(captions: Mapping[str, Caption]) -> str:
    words = {name: asdict(caption) for name, caption in captions.items()}
    return json.dumps(words, ensure_ascii=False, indent=2) + "\n"


def _tex(captions: Mapping[str, Caption]) -> str:
    lines = [
        rf"\newcommand{{\{macro(name)}{part}}}{{{escape_tex(text)}}}"
        for name, caption in captions.items()
        for part, text in (("Title", caption.title), ("Caption", caption.caption))
    ]
    return "\n".join(["% titles and captions of the figures", *lines]) + "\n"
