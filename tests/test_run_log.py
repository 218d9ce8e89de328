"""The account of a run: steps done, and what failed."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console
from snakemake_interface_logger_plugins.common import LogEvent
from snakemake_interface_logger_plugins.registry import LoggerPluginRegistry
from underbalance import step
from underbalance.errors import EstimationError
from underbalance.run_log import Account


def record(msg: str | None = None, level: int = logging.INFO, **fields: Any) -> logging.LogRecord:
    made = logging.LogRecord("snakemake", level, "", 0, msg, (), None)
    vars(made).update(fields)
    return made


def begun(jobid: int, message: str, log: Path | None = None) -> logging.LogRecord:
    return record(
        event=LogEvent.JOB_INFO,
        jobid=jobid,
        rule_msg=message,
        rule_name="a_rule",
        log=[str(log)] if log else [],
    )


@pytest.fixture
def account() -> Account:
    return Account(Console(file=io.StringIO(), width=200), live=False)


def written(account: Account) -> list[str]:
    assert isinstance(account.console.file, io.StringIO)
    return account.console.file.getvalue().splitlines()


def test_every_finished_step_is_a_line_with_its_place_and_message(account: Account) -> None:
    account.tell(record("Job stats", event=LogEvent.RUN_INFO, stats={"total": 2}))
    account.tell(begun(1, "Code the obstacles"))
    account.tell(begun(2, "Draw [bold] figures"))
    account.tell(record(event=LogEvent.JOB_FINISHED, job_id=2))
    account.tell(record(event=LogEvent.JOB_FINISHED, job_id=1))
    assert written(account) == [
        "2 steps to do",
        "   1 of 2  00:00  Draw [bold] figures",
        "   2 of 2  00:00  Code the obstacles",
    ]


def test_a_step_that_fails_shows_its_log(account: Account, tmp_path: Path) -> None:
    log = tmp_path / "step.log"
    log.write_text("the data cannot carry it\n")
    account.tell(begun(1, "Estimate delivery", log))
    account.tell(record(event=LogEvent.JOB_ERROR, jobid=1, rule_name="estimate"))
    assert written(account) == [
        "This step failed: Estimate delivery",
        "the data cannot carry it",
        f"(its log: {log})",
    ]


def test_what_is_at_work_is_the_first_step_begun_with_the_last_line_of_its_log(
    account: Account, tmp_path: Path
) -> None:
    log = tmp_path / "step.log"
    account.tell(begun(1, "Try every coding", log))
    account.tell(begun(2, "Draw"))
    assert account.at_work() == "Try every coding"
    log.write_text("curve: effort (1 of 13)\ncurve: lapse (12 of 13)\n")
    assert account.at_work() == "Try every coding (curve: lapse (12 of 13))"


def test_an_error_of_the_input_is_shown_without_the_place_in_the_workflow(account: Account) -> None:
    text = 'WorkflowError in file "/a/common.smk", line 65:\nnothing was run.\n  key x: unknown'
    traced = f'{text}\n  File "/a/Snakefile", line 3, in <module>'
    account.tell(record(traced, logging.ERROR, event=LogEvent.ERROR))
    assert written(account) == ["nothing was run.", "  key x: unknown"]


def test_talk_of_snakemake_is_left_out_and_warnings_are_not(account: Account) -> None:
    account.tell(record("Building DAG of jobs..."))
    account.tell(record("Exiting because a job execution failed.", logging.ERROR))
    account.tell(record("the disk is slow", logging.WARNING))
    account.tell(record("Nothing to be done (all requested files are present)."))
    assert written(account) == ["the disk is slow", "Nothing to do: all is up to date."]


def test_snakemake_finds_the_account() -> None:
    assert "underbalance" in LoggerPluginRegistry().get_registered_plugins()


@pytest.mark.parametrize("shown", [True, False])
def test_a_job_writes_on_the_terminal_only_where_no_account_shows_its_log(
    shown: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv(step.SHOWN_BY, raising=False)
    if shown:
        monkeypatch.setenv(step.SHOWN_BY, "1")

    def main(job: object) -> None:
        raise EstimationError("no events")

    log = tmp_path / "a.log"
    with pytest.raises(SystemExit):
        step.run(main, SimpleNamespace(log=[str(log)]))
    assert log.read_text() == "no events\n"
    assert capsys.readouterr().err == ("" if shown else "no events\n")
