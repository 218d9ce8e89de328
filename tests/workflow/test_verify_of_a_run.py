"""A finished run is compared with itself, and summed up."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from underbalance.cli import main

pytestmark = pytest.mark.end_to_end

Snakemake = Callable[..., subprocess.CompletedProcess[str]]
NOT_DRAWN = (
    "results/hypotheses/nested.csv",
    "results/sensitivity/leave_one_out.csv",
    "results/sensitivity/robustness_value.csv",
    "results/outcomes/summary.csv",
    "results/cases/claims.csv",
    "results/cases/reversals.csv",
    "data/processed/*.csv",
    "data/processed/outcomes/*.csv",
)


@pytest.fixture
def project(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the finished run as working folder."""
    shutil.copytree(finished, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify", "--reference", "kept.json", *arguments])


def test_a_run_replicates_itself_until_something_is_touched(project: Path) -> None:
    kept = verify("--renew")
    assert kept.exit_code == 0, kept.output
    same = verify()
    assert same.exit_code == 0, same.output
    assert same.output.count("pass ") == same.output.count("numbers\n") > 15

    scorecard = project / "results/scorecard.csv"
    text = scorecard.read_text(encoding="utf-8")
    scorecard.write_text(text.replace("not supported", "supported"), encoding="utf-8")
    edited = verify()
    assert edited.exit_code == 1
    assert "EDITED   results/scorecard.csv" in edited.output
    assert "verdict: not supported → supported" in edited.output

    raw = project / "data/raw/milex.csv"
    raw.write_text(raw.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changed = verify()
    assert changed.exit_code == 2
    assert "changed since the run: data/raw/milex.csv" in changed.output


def test_fewer_draws_are_named_as_the_reason(project: Path) -> None:
    shipped = Path(__file__).parents[2] / "tests/reference/headline.json"
    account = CliRunner().invoke(main, ["verify", "--reference", str(shipped)])
    assert account.exit_code == 1
    assert "Setting bootstrap_draws of config/config.yaml: 9999 → 199." in account.output
    assert "DIFFERS  results/scorecard.csv" in account.output
    # what is not drawn does not depend on the number of draws
    passed = {line.split()[1] for line in account.output.splitlines() if line.startswith("pass ")}
    assert {*NOT_DRAWN} <= passed, account.output


def test_a_run_is_summed_up_in_ten_lines(project: Path) -> None:
    summary = CliRunner().invoke(main, ["summary", "--seconds", "61"])
    lines = summary.output.splitlines()
    assert len(lines) <= 10, summary.output
    assert lines[0].startswith("Done in 1 min 1 s: ")
    assert [line.split()[0] for line in lines[1:6]] == ["H1", "H2", "H3", "H4", "H5"]


def test_one_changed_raw_value_is_traced_to_its_table(project: Path, snakemake: Snakemake) -> None:
    assert verify("--renew").exit_code == 0
    claims = project / "data/raw/seed_claims.csv"
    text = claims.read_text(encoding="utf-8")
    shorter = text.replace("JPN01,JPN,1993-09-01,1998-12-24,", "JPN01,JPN,1993-09-01,1994-12-24,")
    assert shorter != text
    claims.write_text(shorter, encoding="utf-8")
    run = snakemake(project)
    assert run.returncode == 0, run.stderr
    account = verify()
    assert account.exit_code == 1
    differing = [line.split()[1] for line in account.output.splitlines() if "DIFFERS" in line]
    assert differing == ["results/cases/claims.csv"]
    assert "JPN01, coded_strength: minor → major" in account.output
    reason = account.output.partition("why:\n")[2]
    assert "Raw table seed_claims (coding): data/raw/seed_claims.csv has changed." in reason
