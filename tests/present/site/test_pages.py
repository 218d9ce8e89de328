"""Overview, coverage, figures and provenance show what they are given, and link it."""

import json
import re

import pandas as pd
import pytest
from underbalance.hypotheses.scorecard import COLUMNS
from underbalance.present.site.coefficient_chart import REACH, coefficient_chart, with_interval
from underbalance.present.site.coverage_chart import spans_of
from underbalance.present.site.coverage_page import write_coverage
from underbalance.present.site.figures_page import write_figures
from underbalance.present.site.files import MOST_PIXELS, png_size, scaled
from underbalance.present.site.frame import Site
from underbalance.present.site.listing import report_files
from underbalance.present.site.overview import undrawn, write_overview
from underbalance.present.site.provenance_page import write_provenance
from underbalance.registry import read_codebook, read_sources

MODEL = {
    "hypothesis": "H2",
    "statement": "The obstacle makes <it> less steady (more than slower)",
    "verdict": "supported",
    "kind": "model",
    "spec_id": "growth",
    "outcome": "growth & effort",
    "estimator": "panel",
    "scale": "unsteadiness",
    "term": "political_lag1",
    "estimate": 0.5,
    "std_error": 0.25,
    "ci_low": 0.1,
    "ci_high": float("inf"),
    "p_value": 0.01,
    "p_holm": 0.02,
    "n": 784,
    "n_clusters": 29,
    "predicted_sign": 1,
    "agrees": "yes",
    "role": "counts",
}
ALLIES = pd.DataFrame(
    {"iso3": ["JPN", "TWN"], "name": ["Japan", "Taiwan"], "region": ["asia_pacific"] * 2}
)


KEYS = {"hypothesis": "H2", "spec_id": "growth", "term": "political_lag1"}
LEAVE_ONE_OUT = pd.DataFrame(
    [
        KEYS | {"left_out": "JPN", "estimate": 0.3, "p_value": 0.2},
        KEYS | {"left_out": "TWN", "estimate": 0.6, "p_value": 0.01},
    ]
)
OTHER_ESTIMATES = pd.DataFrame(
    [{"spec_id": "growth_narrow", "term": "political_lag1", "estimate": 0.119, "p_value": 0.26}]
)


def other_of(spec):
    return spec.model_copy(update={"role": "robustness", "title": "Growth, clear cases only"})


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path / "report", "core")


@pytest.fixture
def overview(site, panel_spec, monkeypatch):
    """Return a function that writes the overview of a scorecard of one row and returns it."""
    monkeypatch.setattr("underbalance.present.site.overview.caveats", lambda *_: [])

    def text(**changed):
        card = pd.DataFrame([MODEL | changed], columns=COLUMNS)
        members = frozenset({"JPN"})
        specs = {"growth": panel_spec, "growth_narrow": other_of(panel_spec)}
        write_overview(
            card,
            {"leave_one_out": LEAVE_ONE_OUT},
            specs,
            ALLIES,
            members,
            0.95,
            read_codebook(),
            OTHER_ESTIMATES,
            site,
        )
        return (site.root / "index.html").read_text(encoding="utf-8")

    return text


def test_card_says_verdict_numbers_and_table_of_the_model(overview):
    text = overview()
    assert 'data-hypothesis="H2" data-verdict="supported"' in text
    assert "H2: The obstacle makes &lt;it&gt; less steady</h3>" in text
    assert "1 of 1 tests" in text
    assert "Growth &amp; effort: less steady, as predicted;" in text
    assert '<a href="tables/models_H2.html">0.500 [0.100, ∞) (' in text
    assert ")</a>, p = 0.010, Holm p = 0.020" in text


def test_card_of_a_clear_test_has_its_checks(overview):
    text = overview()
    assert "0.300 (without Japan) to 0.600 (without Taiwan); largest p = 0.200" in text
    assert "clear cases only: 0.119, p = 0.260<" in text


def test_estimate_with_a_large_p_is_said_to_be_nil_and_has_no_checks(overview):
    text = overview(p_value=0.3, p_holm=0.3)
    assert "less steady, as predicted, not to be told from no effect;" in text
    assert "clear cases only" not in text


def test_card_of_a_model_without_estimate_has_no_number(overview):
    text = overview(estimate=float("nan"), role="not estimated: no events")
    assert "not estimated (<a" in text
    assert not re.search(r"\bnan\b", text)


def test_only_allies_with_a_page_are_linked(overview):
    text = overview()
    assert '<li data-words="JPN"><a href="allies/JPN.html">Japan</a></li>' in text
    assert "TWN" not in text


def test_estimates_without_an_interval_are_not_drawn_and_that_is_said(overview):
    bare = dict.fromkeys(("p_value", "ci_low", "ci_high"), float("nan"))
    text = overview(**bare, role="descriptive: too few clusters: 2 < 10")
    assert "No estimate can be drawn with an interval: too few allies." in text
    assert "vega" not in text
    assert "No estimate can be drawn" not in overview()
    card = pd.DataFrame([MODEL, MODEL | bare], columns=COLUMNS)
    assert len(with_interval(card)) == 1
    assert undrawn(card, with_interval(card)).endswith("interval: 1.")
    assert undrawn(card.iloc[:1], with_interval(card)) == ""


def chart_rows(card, spec):
    pages = {"growth": "tables/x.html"}
    content = coefficient_chart(card, {"growth": spec}, pages).to_dict()
    return next(iter(content["datasets"].values()))


def test_chart_is_in_standard_errors_turned_to_the_prediction_and_cut(panel_spec):
    card = pd.DataFrame([MODEL | {"predicted_sign": -1}], columns=COLUMNS)
    (row,) = chart_rows(card, panel_spec)
    assert row["estimate"] == -2
    assert (row["low"], row["high"]) == (-REACH, -0.4)
    assert row["page"] == "tables/x.html"


def test_coverage_is_told_in_spans_of_years():
    years = pd.DataFrame({"iso3": "JPN", "year": [2000, 2001, 2002], "table": "milex"})
    spans = spans_of(years.assign(status=["observed", "observed", "outside"]))
    assert spans == [
        {"t": "milex", "a": "JPN", "b": 2000, "e": 2002, "s": 0},
        {"t": "milex", "a": "JPN", "b": 2002, "e": 2003, "s": 3},
    ]


def test_coverage_counts_statuses_and_links_sources_upstream(site):
    coverage = pd.DataFrame(
        {"iso3": "JPN", "year": [2000, 2001], "table": "milex", "source": "sipri_milex"}
    ).assign(status=["observed", "missing"])
    write_coverage(coverage, ALLIES, read_sources(), {"milex": "Spending"}, site)
    text = (site.root / "coverage.html").read_text(encoding="utf-8")
    assert "<code>milex</code> Spending" in text
    assert re.findall(r'Spending</th>(?:<td class="number">(\d)</td>)', text) == ["1"]
    assert 'href="https://correlatesofwar.org/' in text
    spec = json.loads(re.search(r'id="spec-coverage">(.*?)</script>', text, re.DOTALL)[1])
    assert len(spec["datasets"]["spans"]) == 2


@pytest.fixture
def picture(tmp_path):
    from PIL import Image

    path = tmp_path / "figures/weights.png"
    path.parent.mkdir()
    Image.new("RGB", (3 * MOST_PIXELS, 300), "white").save(path)
    path.with_suffix(".pdf").write_bytes(b"%PDF")
    return path


def test_figure_is_as_large_as_a_screen_needs_and_the_same_each_time(picture, tmp_path):
    small, again = (scaled(picture, tmp_path / name) for name in ("a", "b"))
    assert png_size(small) == (MOST_PIXELS, 100)
    assert small.read_bytes() == again.read_bytes()


def test_figure_has_caption_alternative_text_and_pdf(picture, site):
    captions = {"weights": {"title": "Weights", "caption": "What <is> shown.", "alt": "Bars"}}
    write_figures([picture], captions, site)
    text = (site.root / "figures.html").read_text(encoding="utf-8")
    assert 'id="weights"' in text
    assert 'alt="Bars"' in text
    assert "What &lt;is&gt; shown." in text
    assert (site.root / "downloads/weights.pdf").is_file()


def test_figure_without_a_caption_is_refused(picture, site):
    with pytest.raises(ValueError, match="without a caption: weights"):
        write_figures([picture], {}, site)


MAKER = {"rule": "tabulate", "script": "s.py", "inputs": ["a.csv"], "sha256": "0123456789abcdef"}
MANIFEST = {
    **dict.fromkeys(("underbalance", "commit", "python", "platform"), "1"),
    "libraries": {"pandas": "3.1"},
    "config": {"sample": "core", "typology": {"quantiles": [0.5, 0.6]}},
    "inputs": {"config/x.csv": "f" * 64},
    "steps": {"part.csv": MAKER},
    "outputs": {"t.csv": MAKER, "results/report/index.html": MAKER},
}


def test_provenance_names_extensions_with_their_tables_and_sources(site):
    tie = {"commitment": "MNNA", "start": "1987-01-01", "end": ""}
    source = {"table": "deals", "source": "own", "authors": "A. Author", "published": "2020"}
    source |= {"title": "Title", "version": "v2", "citation_key": "k"}
    own = {"name": "Egypt", "ties": [tie], "sources": [source], "files": {}}
    write_provenance({**MANIFEST, "extensions": {"EGY": own}}, site)
    text = (site.root / "provenance.html").read_text(encoding="utf-8")
    assert 'id="extensions"' in text
    assert "With Egypt (major non-NATO ally since 1987)" in text
    assert "A. Author (2020): Title (<code>own</code>)" in text


def test_provenance_without_extensions_has_no_part_on_them(site):
    write_provenance(MANIFEST, site)
    assert "xtension" not in (site.root / "provenance.html").read_text(encoding="utf-8")


def test_provenance_names_rule_inputs_and_hash_of_each_file_but_the_pages(site):
    write_provenance(MANIFEST, site)
    text = (site.root / "provenance.html").read_text(encoding="utf-8")
    assert text.count('<abbr title="s.py">tabulate</abbr>') == 2
    assert "<code>0123456789ab</code>" in text
    assert "quantiles: 0.5, 0.6" in text
    assert "1 files of this report" in text


def test_listed_files_begin_with_the_first_page_and_are_there_once():
    files = report_files(["effort"], ["JPN"], ["results/tables/t.html"], ["weights"])
    assert files[0] == "index.html"
    assert len(files) == len(set(files))
    wanted = {"outcomes/effort.html", "cases/JPN.pdf", "tables/t.html", "downloads/t_tabular.tex"}
    assert wanted | {"figures/weights.png", "downloads/weights.pdf"} <= set(files)
