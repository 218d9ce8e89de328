import pandas as pd
import pytest
from underbalance.coding.reliability import Bootstrap
from underbalance.present.reliability_page import reliability_page, write_reliability
from underbalance.registry import RAW_FOLDER, read_codebook
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table

BOOTSTRAP = Bootstrap(replications=100, seed=5, level=0.9)


def alphas(**after: object) -> pd.DataFrame:
    row = {
        "item": "fiscal_rule",
        "stage": "before",
        "ally_years": 1377,
        "allies": 39,
        "alpha": 0.5,
        "ci_low": -0.001,
        "ci_high": 0.75,
        "percent_agreement": 97.25,
        "undefined_resamples": 0,
    }
    return pd.DataFrame([row, row | {"stage": "after"} | after])


def differing(*rows: dict) -> pd.DataFrame:
    row = {
        "iso3": "TWN",
        "item": "fiscal_rule",
        "start": "1990-01-01",
        "value_a": 0,
        "value_b": 1,
        "rule": "higher_confidence",
    }
    return pd.DataFrame([row | changed for changed in rows or ({},)])


@pytest.fixture
def page():
    def render(alpha: pd.DataFrame, differ: pd.DataFrame) -> str:
        return reliability_page(alpha, differ, read_codebook(), BOOTSTRAP)

    return render


def test_item_is_called_as_in_the_codebook_and_shown_with_interval_and_counts(page):
    row = (
        "| Balanced-budget or debt rule | 0.50 [0.00, 0.75] | 97.2 % | 0.80 [0.00, 0.75] | 97.2 % "
    )
    assert row + "| 1377 | 39 |" in page(alphas(alpha=0.8), differing())


def test_undefined_alpha_is_said_to_be_undefined(page):
    shown = page(alphas(alpha=float("nan"), ci_low=float("nan")), differing())
    assert "| undefined | 97.2 %" in shown


def test_resamples_without_alpha_are_named(page):
    assert "Balanced-budget or debt rule, after: 12" in page(
        alphas(undefined_resamples=12), differing()
    )


def test_how_a_difference_was_settled_is_counted_with_its_allies(page):
    shown = page(alphas(), differing({}, {"iso3": "ALB"}, {"rule": "mean_flagged"}))
    assert "| 2 | ALB, TWN |" in shown
    assert "`mean_flagged`" in shown
    assert "`one_missing`" not in shown


def test_agreement_that_a_clarification_undid_is_named(page):
    shown = page(alphas(), differing({"value_b": 0}))
    assert "where these had agreed: TWN fiscal_rule from 1990-01-01." in shown
    assert "nowhere" in page(alphas(), differing())


def test_page_says_who_coded_and_that_alpha_is_an_upper_bound(page):
    shown = page(alphas(), differing())
    for words in ("aid of a machine", "Area experts have not checked", "upper bound", "90 %"):
        assert words in shown
    assert "100\nresamples" in shown or "100 resamples" in shown


def test_both_tables_and_the_page_are_written(tmp_path):
    facts = read_table(RAW_FOLDER / "legal_constraints.csv", FACTS["legal_constraints"]())
    paths = [tmp_path / name for name in ("alpha.csv", "disagreements.csv", "README.md")]
    write_reliability(facts, BOOTSTRAP, read_codebook(), *paths)
    assert len(pd.read_csv(paths[0])) == 12
    assert "JPN" in set(pd.read_csv(paths[1])["iso3"])
    assert paths[2].read_text(encoding="utf-8").startswith("# Reliability")
