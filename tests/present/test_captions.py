"""Titles and captions of figures: as JSON and as macros."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from underbalance.present.captions import (
    Caption,
    read_captions,
    sources_text,
    write_captions,
)
from underbalance.present.result_figures import in_order

CAPTIONS = {
    "effects_years": Caption("Years & months", "50 % of 3_4 cases.", "Points."),
    "survival": Caption("Who waits", "Curves – by group.", "Lines."),
}


def test_captions_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "captions.json"
    write_captions(CAPTIONS, [path])
    assert read_captions(path) == CAPTIONS
    assert list(read_captions(path)) == list(CAPTIONS)


def test_macros_hold_title_and_caption_as_latex_sets_them(tmp_path: Path) -> None:
    path = tmp_path / "captions.tex"
    write_captions(CAPTIONS, [path])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert r"\newcommand{\effectsYearsTitle}{Years \& months}" in lines
    assert r"\newcommand{\effectsYearsCaption}{50 \% of 3\_4 cases.}" in lines
    assert sum(line.startswith(r"\newcommand") for line in lines) == 4


def test_sources_are_named_once_each_and_in_order() -> None:
    registry = pd.DataFrame(
        {"table": ["deals", "events", "milex"], "title": ["Register", "Register", "Atlas"]}
    )
    assert sources_text(["milex", "deals", "events"], registry) == "Sources: Atlas; Register."
    assert sources_text(["unknown"], registry) == ""


def test_figures_are_shown_in_their_order_and_unlisted_ones_last() -> None:
    given = dict.fromkeys(("sensitivity_power", "survival", "weights"), CAPTIONS["survival"])
    assert list(in_order(given)) == ["survival", "weights", "sensitivity_power"]
