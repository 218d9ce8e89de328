"""Months that an obstacle adds, with the two durations beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.present.effects_years import draw_effects_years, timed_words
from underbalance.specifications import read_models

MODELS = read_models()
NONE = {"mean": np.nan, "mean_higher": np.nan, "difference": np.nan, "ci_low": np.nan}
NONE |= {"ci_high": np.nan, "horizon": np.nan, "n_spells": np.nan}


def years(**changed: object) -> pd.DataFrame:
    common = {"hypothesis": "H3", "term": "social_lag1", "ci_low": 0.1, "ci_high": 1.0, "note": ""}
    delivery = {"spec_id": "delivery", "unit": "years", "mean": 2.0, "mean_higher": 2.5}
    delivery |= {"difference": 0.5, "horizon": 13.0, "n_spells": 789.0}
    agreement = {"spec_id": "agreement", "unit": "months", "mean": 18.0, "mean_higher": 21.0}
    agreement |= {"difference": 3.0, "horizon": 250.0, "n_spells": 379.0, "ci_low": -8.0}
    return pd.DataFrame([common | delivery | changed, common | agreement])


def points(axes) -> list[float]:
    return [float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == "o"]


def test_years_and_months_are_on_one_scale_of_months(figures, text_faults, tmp_path: Path):
    draw_effects_years(years(), MODELS, 0.95, "Formal allies", [tmp_path / "f.png"])
    (figure,) = figures
    assert points(figure.axes[0]) == [6.0, 3.0]
    said = [text.get_text() for text in figure.axes[0].texts]
    assert {"2.00 years", "2.50 years", "18.00 months", "21.00 months"} <= set(said)
    assert text_faults(figure) == []


def test_caption_and_alternative_text_have_the_numbers(tmp_path: Path):
    said = draw_effects_years(years(), MODELS, 0.9, "Formal allies", [tmp_path / "f.png"])
    assert "delivery 789 (to 13 years), agreement 379 (to 250 months)" in said.caption
    assert "90 % percentile intervals" in said.caption
    assert "From order to first delivery: 2.00 years as it is, 2.50 years" in said.alt


def test_few_events_are_hollow_and_no_estimate_is_said(figures, text_faults, tmp_path: Path):
    descriptive = years(note="descriptive: n events < 30")
    draw_effects_years(descriptive, MODELS, 0.95, "G", [tmp_path / "a.png"])
    faces = [line.get_markerfacecolor() for line in figures[0].axes[0].lines]
    assert faces.count("white") == 1
    draw_effects_years(
        years(note="not estimated: no event", **NONE), MODELS, 0.95, "G", [tmp_path / "b.png"]
    )
    axes = figures[1].axes[0]
    assert points(axes) == [3.0]
    assert "not estimated" in [text.get_text() for text in axes.texts]
    assert text_faults(figures[1]) == []


def test_interval_without_an_end_is_drawn_to_the_edge(figures, tmp_path: Path):
    draw_effects_years(years(ci_high=np.inf), MODELS, 0.95, "G", [tmp_path / "f.png"])
    assert [line.get_marker() for line in figures[0].axes[0].lines].count(">") == 1


def test_no_model_at_all_is_said(figures, tmp_path: Path):
    draw_effects_years(years().iloc[:0], MODELS, 0.95, "G", [tmp_path / "f.png"])
    assert [text.get_text() for text in figures[0].axes[0].texts] == ["nothing to show"]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("agreement", "From signature to entry into force"), ("pledge", "To the pledges of 2014")],
)
def test_what_is_timed_is_said_without_its_unit(outcome: str, words: str):
    assert timed_words(outcome) == words


def test_same_rows_give_the_same_bytes(tmp_path: Path):
    for name in ("a", "b"):
        draw_effects_years(years(), MODELS, 0.95, "G", [tmp_path / f"{name}.pdf"])
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
