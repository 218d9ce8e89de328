"""Reading tables that were checked before, and citing their authors."""

from __future__ import annotations

from functools import cache
from io import StringIO
from pathlib import Path

import pandas as pd

from underbalance.document.citation import names
from underbalance.errors import Fault, FaultsError
from underbalance.extensions import extension_of, text_without_comments


def read_plain(path: Path) -> pd.DataFrame:
    """Return a table of the project with missing text empty and floats exact to the last bit."""
    frame = pd.read_csv(
        StringIO(text_without_comments(path)) if extension_of(path) else path,
        keep_default_na=False,
        na_values=[""],
        float_precision="round_trip",
        low_memory=False,
    )
    texts = frame.select_dtypes(exclude="number").columns
    return frame.assign(**{name: frame[name].fillna("") for name in texts})


@cache
def short_names(authors: str) -> str:
    """Return authors as in a reference within text: one, both, or the first and "et al."."""
    family = [name.partition(",")[0].strip("{}") for name in names(authors)]
    if len(family) > 2:
        return f"{family[0]} et al."
    return " and ".join(family)


def demand(path: Path, why: str) -> None:
    """Raise a fault unless a file is there; ``why`` says what it is needed for."""
    if not path.is_file():
        fault = Fault(
            path.as_posix(),
            "file",
            f"the file must exist: {why}",
            "no such file",
            "a table",
            "change to the project's folder and run `make` first",
        )
        raise FaultsError([fault])
