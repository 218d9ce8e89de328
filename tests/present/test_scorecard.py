"""The scorecard as it is read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.coding.describe import with_codings
from underbalance.config import read_codings
from underbalance.hypotheses.scorecard import scorecard
from underbalance.models.inference import INFERENCE_COLUMNS
from underbalance.present.formats import html_table
from underbalance.present.formats.tex import float_tex
from underbalance.present.scorecard import scorecard_page
from underbalance.present.scorecard_wording import DIRECTIONS, basis, unit_of, verdict_line
from underbalance.present.table import WideTable
from underbalance.present.table_style import read_styles
from underbalance.registry import read_codebook
from underbalance.specifications import Specification

TESTS = pd.DataFrame(
    {
        "hypothesis": ["H2", "H2", "H3", "H4"],
        "spec_id": ["a", "b", "c", "d"],
        "outcome": ["Votes & < shifts", "Plans", "Delivery", "Loss"],
        "estimator": ["panel", "panel", "grouped", "grouped"],
        "scale": ["unsteadiness", "unsteadiness", "pace", "failure"],
        "term": ["political_lag1", "political_lag1", "social_lag1", "political_x_social_lag1"],
        "predicted_sign": [1, 1, -1, 1],
    }
)
ESTIMATES = pd.DataFrame(
    {
        "spec_id": TESTS["spec_id"],
        "term": TESTS["term"],
        "estimate": [0.25, -0.5, -0.125, 0.5],
        "std_error": 0.1,
        "ci_low": [0.05, -0.7, -0.3, 0.1],
        "ci_high": [0.45, -0.3, 0.1, 0.9],
        "p_value": [0.004, 0.9, 0.3, 0.01],
        "p_method": "wild cluster bootstrap (Rademacher, 9,999 draws)",
        "n": [1200, 900, 5000, 300],
        "n_events": pd.array([None, None, 640, 12], dtype="Int64"),
        "n_clusters": 30,
        "note": "",
    }
)
CONTRASTS = pd.DataFrame(
    [
        {
            "hypothesis": "H3",
            "term": "social_lag1",
            "more": "slowness",
            "less": "inconsistency",
            "effect": -0.1,
            "std_error": 0.2,
            "ci_low": -0.5,
            "ci_high": 0.3,
            "p_value": 0.6,
            "draws": 999,
            "allies": 36,
            "note": "",
        }
    ]
)
INFERENCE = pd.DataFrame(
    [
        {"spec_id": "c", "term": "social_lag1", "method": "crv1", "effective_clusters": 6.84},
        {"spec_id": "c", "term": "social_lag1", "method": "crv3", "p_value": 0.41},
        {"spec_id": "c", "term": "social_lag1", "method": "permutation", "p_value": 0.35},
    ],
    columns=INFERENCE_COLUMNS,
)
CARD = scorecard(TESTS, ESTIMATES, INFERENCE, CONTRASTS)
SPEC = {
    "title": "x",
    "role": "primary",
    "years": (1991, 2021),
    "obstacles": ("political", "social"),
}
SPECS = {
    name: Specification(**SPEC, outcome=outcome, estimator=estimator, products=products)
    for name, outcome, estimator, products in [
        ("a", "alignment", "panel", ()),
        ("b", "execution", "panel", ()),
        ("c", "delivery", "grouped", ()),
        ("d", "loss", "grouped", (("political", "social"),)),
    ]
}


@pytest.fixture
def page(project: Path) -> WideTable:
    return scorecard_page(CARD, SPECS, with_codings(read_codebook(), read_codings()), 0.95)


def row_of(page: WideTable, beginning: str) -> tuple[str, ...]:
    return next(row for row in page.rows if row[0].startswith(beginning) and len(row) > 1)


def test_signs_are_words_of_what_is_measured(page: WideTable) -> None:
    assert row_of(page, "Votes")[8:10] == ("less steady", "less steady")
    assert row_of(page, "Plans")[8:10] == ("less steady", "(steadier)")
    assert row_of(page, "Delivery")[8:10] == ("slower", "(slower)")
    assert row_of(page, "Loss")[8:10] == ("more failures", "more failures")
    assert row_of(page, "Slowness minus")[8:10] == ("more on slowness", "(more on inconsistency)")


def test_end_that_an_interval_does_not_have_is_infinity_and_explained(
    project: Path, tmp_path: Path
) -> None:
    open_end = CARD.assign(ci_high=CARD["ci_high"].mask(CARD["spec_id"] == "c", float("inf")))
    book = with_codings(read_codebook(), read_codings())
    page = scorecard_page(open_end, SPECS, book, 0.95)
    assert row_of(page, "Delivery")[1] == "−0.125 [−0.300, ∞)"
    assert any(note.startswith("An end of ∞") for note in page.notes)
    assert r"$-$0.300, $\infty$)" in float_tex(page, read_styles()["default"])


def test_every_pair_of_directions_has_two_different_words() -> None:
    assert all(words[1] != words[-1] for words in DIRECTIONS.values())


def test_the_head_of_a_group_has_the_verdict_in_words(page: WideTable) -> None:
    heads = [row[0] for row in page.rows if len(row) == 1]
    assert len(heads) == 8
    assert heads[1] == (
        "H2 – The political obstacle makes cooperation less steady: supported; rests on 2 of 2 "
        "models. Of 2 tests, with the predicted sign and p < 0.05: 1 after Holm’s correction (1 "
        "needed), 1 before it; with the opposite sign and p < 0.05: 0 after it, 0 before it. “More "
        "than slower” is compared below and enters no verdict. Term: Political obstacle "
        "(t\u00a0−\u00a01)."
    )


def test_a_hypothesis_without_a_model_that_counts_shows_no_counts_of_signs() -> None:
    own = CARD[CARD["hypothesis"] == "H4"]
    assert verdict_line(own).endswith("fail: no verdict; rests on none of 1 model.")
    assert basis(own) == ""


def test_a_verdict_on_one_model_says_so() -> None:
    h2 = CARD[CARD["hypothesis"] == "H2"]
    one = h2.assign(role=["counts", "descriptive: fewer than 30 events"])
    assert verdict_line(one).endswith("rests on one model of 2.")


def test_units_are_those_of_the_estimator_or_of_the_outcome(project: Path) -> None:
    book = read_codebook()
    assert [unit_of(spec, book) for spec in SPECS.values()] == [
        "ideal-point units",
        "absolute log ratio",
        "log hazard ratio",
        "coefficient of the complementary log-log",
    ]


def test_reason_of_a_model_without_an_estimate_has_labels(project: Path) -> None:
    why = "not estimated: 'lost' is predicted perfectly by 'social_lag1' and the constant"
    card = CARD.assign(role=CARD["role"].mask(CARD["spec_id"] == "d", why))
    page = scorecard_page(card, SPECS, with_codings(read_codebook(), read_codings()), 0.95)
    assert row_of(page, "Loss")[-1] == "not estimated"
    assert page.notes[0].startswith("Loss: not estimated: “")
    assert page.notes[0].endswith(
        "perfectly by “Social obstacle (t\u00a0−\u00a01)” and the constant."
    )


def test_the_lead_counts_tests_and_models(page: WideTable) -> None:
    assert page.lead[1].startswith("3 of 4 tests count, from 3 of 4 primary models")


def test_numbers_are_those_of_the_rows(page: WideTable) -> None:
    cells = row_of(page, "Delivery")
    assert cells[1:6] == ("−0.125 [−0.300, 0.100]", "0.300", "0.300", "0.410", "0.350")
    assert cells[6:8] == ("5,000 (640)", "30 (6.8)")


def test_formats_escape_what_they_must(page: WideTable) -> None:
    html, tex = html_table(page), float_tex(page, read_styles()["default"])
    assert "Votes &amp; &lt; shifts" in html
    assert html.count('<tr class="group">') == 8
    assert 'see <a href="hypotheses/weights.csv">results/hypotheses/weights.csv</a>.' in html
    assert r"Votes \& $<$ shifts" in tex
    assert tex.count(r"\multicolumn{11}") == 8
    assert tex.isascii()
