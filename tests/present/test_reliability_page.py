import pandas as pd
import pytest
from underbalance.coding.reliability import Bootstrap
from underbalance.present.reliability_page import write_reliability_page
from underbalance.present.site.frame import Site
from underbalance.registry import read_codebook

NAMES = {"ALB": "Albania", "TWN": "Taiwan"}
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
def page(tmp_path):
    def render(alpha: pd.DataFrame, differ: pd.DataFrame) -> str:
        site = Site(tmp_path, "core")
        write_reliability_page(alpha, differ, read_codebook(), NAMES, BOOTSTRAP, site)
        return (tmp_path / "reliability.html").read_text(encoding="utf-8")

    return render


def test_item_is_called_as_in_the_codebook_and_shown_with_interval_and_counts(page):
    cells = ("0.50 [0.00, 0.75]", "97.2 %", "0.80 [0.00, 0.75]", "97.2 %", "1377", "39")
    row = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    shown = page(alphas(alpha=0.8), differing())
    assert f'<th scope="row">Balanced-budget or debt rule</th>{row}' in shown


def test_undefined_alpha_is_said_to_be_undefined(page):
    shown = page(alphas(alpha=float("nan"), ci_low=float("nan")), differing())
    assert '<td class="number">undefined</td><td class="number">97.2 %</td>' in shown


def test_resamples_without_alpha_are_named(page):
    assert "Balanced-budget or debt rule, after: 12" in page(
        alphas(undefined_resamples=12), differing()
    )


def test_how_a_difference_was_settled_is_counted_with_its_allies(page):
    shown = page(alphas(), differing({}, {"iso3": "ALB"}, {"rule": "mean_flagged"}))
    assert '<td class="number">2</td><td class="told">Albania, Taiwan</td>' in shown.replace(
        "\n", ""
    )
    assert "<code>mean_flagged</code>" in shown
    assert "<code>one_missing</code>" not in shown


def test_agreement_that_a_clarification_undid_is_named(page):
    shown = page(alphas(), differing({"value_b": 0}))
    assert "where these had agreed: Taiwan, Balanced-budget or debt rule, from 1990-01-01." in shown
    assert "nowhere" in page(alphas(), differing())


def test_page_says_who_coded_and_that_alpha_is_an_upper_bound(page):
    shown = page(alphas(), differing())
    for words in ("aid of a machine", "Area experts have not checked", "upper bound", "90 %"):
        assert words in shown
    assert "100\nresamples" in shown or "100 resamples" in shown
