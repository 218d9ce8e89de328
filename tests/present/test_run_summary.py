"""The lines with which `make` ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from underbalance.places import run_in
from underbalance.present.extension_use import Use
from underbalance.present.run_summary import run_summary

LABEL = "Allies"
SCORECARD = """\
hypothesis,statement,verdict,kind,spec_id,role
H2,The political obstacle makes cooperation less steady (more than slower),contradicted,model,a,\
counts
H4,Both obstacles together make cooperation fail,not supported,model,loss,\
"not estimated: 'lost' is predicted perfectly"
H5,Obstacles differ in weight by region,no verdict,pointer,,descriptive: see weights.csv
R1,Threat makes cooperation faster,supported,model,a,counts
R2,Dependence makes cooperation faster,not supported,model,a,counts
"""
NUMBERS = {
    "hTwoAgreeing": "1", "hTwoCounting": "5", "hTwoNeeded": "3",
    "hFourAgreeing": "0", "hFourCounting": "0", "hFourNeeded": "0",
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "results/tables").mkdir(parents=True)
    (tmp_path / "results/logs").mkdir()
    (tmp_path / "results/scorecard.csv").write_text(SCORECARD, encoding="utf-8")
    below = {"source": {"row": {"p_holm": {"below": 0.05}}}}
    listed = [{"name": name, "text": text} | below for name, text in NUMBERS.items()]
    (tmp_path / "results/numbers.json").write_text(json.dumps(listed), encoding="utf-8")
    (tmp_path / "results/logs/a.log").write_text("", encoding="utf-8")
    return tmp_path


def test_it_says_verdicts_with_what_they_rest_on(run: Path) -> None:
    assert run_summary(LABEL, 298, run) == [
        "Done in 4 min 58 s: 2 files in results and data/processed. Sample: Allies.",
        "  H2  The political obstacle makes cooperation less steady: contradicted; "
        "1 of 5 tests as predicted (Holm p < 0.05), 3 needed",
        "  H4  Both obstacles together make cooperation fail: not supported; no test counts",
        "  H5  Obstacles differ in weight by region: descriptive: see weights.csv",
        "  Rival explanations: R1 supported; R2 not supported",
        "  Not estimated: loss (why: results/scorecard.html)",
        "Look at results/tables (tables).",
        "Does the run replicate? make verify",
    ]


def test_a_short_run_and_an_unknown_time(run: Path) -> None:
    assert run_summary(LABEL, 8, run)[0].startswith("Done in 8 s:")
    assert run_summary(LABEL, None, run)[0].startswith("Done: ")


def test_only_what_is_there_is_pointed_to(run: Path) -> None:
    report = run / "results/report/index.html"
    report.parent.mkdir()
    report.write_text("", encoding="utf-8")
    assert "Look at results/report/index.html (report), results/tables (tables)." in run_summary(
        LABEL, None, run
    )


def test_run_of_another_sample_names_its_own_files_and_commands(run: Path) -> None:
    (run / "results").rename(run / "europe")
    (run / "results").mkdir()
    (run / "europe").rename(run / "results/europe")
    processed = run / "results/europe/data/processed/deals.csv"
    processed.parent.mkdir(parents=True)
    processed.write_text("", encoding="utf-8")
    assert run_summary(LABEL, None, run) == ["No results yet: run `make`."]
    with run_in("results/europe"):
        lines = run_summary(LABEL, None, run)
    assert lines[0] == "Done: 3 files in results/europe. Sample: Allies."
    assert lines[-3:] == [
        "  Not estimated: loss (why: results/europe/scorecard.html)",
        "Look at results/europe/tables (tables).",
        "Does the run replicate? make verify SAMPLE=europe",
    ]


def test_of_many_models_that_were_not_estimated_some_are_named(run: Path) -> None:
    more = "".join(f"H2,,,model,m{i},not estimated: none\n" for i in range(7))
    (run / "results/scorecard.csv").write_text(SCORECARD + more, encoding="utf-8")
    told = "  Not estimated: loss, m0, m1, m2, m3, m4 and 2 more (why: results/scorecard.html)"
    assert told in run_summary(LABEL, None, run)


def test_of_each_extension_a_line_says_which_rows_are_used(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uses = {"EGY": Use("No model uses Egypt.", "Not in effort: none.", "Missing: threat.")}
    monkeypatch.setattr("underbalance.present.run_summary.extension_uses", lambda root: uses)
    lines = run_summary(LABEL, None, run)
    assert "  No model uses Egypt. Missing: threat." in lines
    assert not any("Not in effort" in line for line in lines)


def test_files_of_other_samples_are_not_counted(run: Path) -> None:
    other = run / "results/europe/tables/effort.csv"
    other.parent.mkdir(parents=True)
    other.write_text("", encoding="utf-8")
    assert run_summary(LABEL, None, run)[0].startswith("Done: 2 files")


def test_before_the_first_run_it_says_so(tmp_path: Path) -> None:
    assert run_summary(LABEL, None, tmp_path) == ["No results yet: run `make`."]
