"""What a run tells on the terminal: one line of progress, and errors without Snakemake's frame.

On a terminal the line is drawn again and again; elsewhere (CI, a file) every finished step is
a line of its own. What a job writes goes to its log, whose last line is shown while it works,
and which is shown whole when it fails.
"""

from __future__ import annotations

import os
import re
import time
from logging import WARNING, LogRecord
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TimeElapsedColumn,
)
from rich.table import Column
from rich.text import Text
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from underbalance.step import SHOWN_BY

# where a message begins with the place in the workflow that raised it, and ends with it
FRAME: Final = re.compile(r'^\w+(?: in (?:file|rule) [^\n]*)?:\n|\n  File "[^\n]*$', re.MULTILINE)
# said again by the account of the failed step
REPEATED: Final = (
    "At least one job did not complete",
    "Command ",
    "Complete log",
    "Exiting because a job execution failed",
    "Shutting down",
)
NOTHING: Final = "Nothing to be done"
REFRESHED: Final = 2  # times a second


class LogHandler(LogHandlerBase):
    """Snakemake's handler of events (interface of its logger plugins)."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = True
    has_formatter = True
    needs_rulegraph = False

    def __post_init__(self) -> None:
        """Prepare the line; nothing is drawn before the first step."""
        os.environ[SHOWN_BY] = "1"
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.live = self.console.is_terminal and not os.environ.get("CI")
        self.account = Account(self.console, live=self.live)

    def emit(self, record: LogRecord) -> None:
        """Tell an event."""
        try:
            self.account.tell(record)
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """Take the line away."""
        self.account.end()
        super().close()


class Account:
    """The steps of a run: those at work, and how many are done.

    Parameters
    ----------
    console : where to write.
    live : whether one line is drawn again and again; else a line per finished step.
    """

    def __init__(self, console: Console, *, live: bool) -> None:
        self.console = console
        self.begun = time.monotonic()
        self.total = 0
        self.done = 0
        self.running: dict[int, tuple[str, Path | None]] = {}
        self.bar = _Line(self, console) if live else None

    def tell(self, record: LogRecord) -> None:
        """Take in an event and show what a user needs of it."""
        event = getattr(record, "event", None)
        told: dict[Any, Any] = {
            LogEvent.RUN_INFO: self._steps,
            LogEvent.JOB_INFO: self._start,
            LogEvent.JOB_FINISHED: self._finish,
            LogEvent.JOB_ERROR: self._fail,
        }
        if event in told:
            told[event](record)
        elif event in (None, LogEvent.ERROR):
            self._say(record)

    def end(self) -> None:
        """Stop drawing."""
        if self.bar:
            self.bar.stop()

    def at_work(self) -> str:
        """Return the step that was begun first, with the last line of its log."""
        if not self.running:
            return ""
        message, log = next(iter(self.running.values()))
        last = _last_line(log)
        return f"{message} ({last})" if last else message

    def _steps(self, record: LogRecord) -> None:
        self.total = int(getattr(record, "stats", {}).get("total", 0))
        if self.bar and self.total:
            self.bar.start(self.total)
        elif self.total:
            self.console.print(f"{self.total} steps to do")

    def _start(self, record: LogRecord) -> None:
        fields = vars(record)
        log = Path(fields["log"][0]) if fields["log"] else None
        self.running[fields["jobid"]] = (fields["rule_msg"] or fields["rule_name"], log)

    def _finish(self, record: LogRecord) -> None:
        message, _ = self.running.pop(vars(record)["job_id"], ("", None))
        self.done += 1
        if self.bar:
            self.bar.advance()
        elif message:
            passed = time.strftime("%M:%S", time.gmtime(time.monotonic() - self.begun))
            self.console.print(f"{self.done:>4} of {self.total}  {passed}  {message}", markup=False)

    def _fail(self, record: LogRecord) -> None:
        fields = vars(record)
        message, log = self.running.pop(fields["jobid"], (fields["rule_name"], None))
        text = log.read_text(encoding="utf-8").strip() if log and log.is_file() else ""
        self.console.print(f"This step failed: {message}", markup=False, style="bold")
        self.console.print(text or "It left no message.", markup=False)
        if log:
            self.console.print(f"(its log: {log})", markup=False)

    def _say(self, record: LogRecord) -> None:
        text = FRAME.sub("", record.getMessage() if record.msg else "").rstrip()
        shown = record.levelno >= WARNING or text.startswith(NOTHING)
        if shown and text and not text.startswith(REPEATED):
            text = "Nothing to do: all is up to date." if text.startswith(NOTHING) else text
            self.console.print(text, markup=False)


class _Line:
    """A bar with what is at work, drawn by rich until it is stopped."""

    def __init__(self, account: Account, console: Console) -> None:
        columns = BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(), _AtWork(account)
        self.progress = Progress(
            *columns, console=console, transient=True, refresh_per_second=REFRESHED
        )

    def start(self, total: int) -> None:
        self.task = self.progress.add_task("", total=total)
        self.progress.start()

    def advance(self) -> None:
        self.progress.advance(self.task)

    def stop(self) -> None:
        self.progress.stop()


class _AtWork(ProgressColumn):
    """The step at work, cut where the terminal ends."""

    def __init__(self, account: Account) -> None:
        super().__init__(Column(no_wrap=True, overflow="ellipsis", ratio=1))
        self.account = account

    def render(self, task: Task) -> Text:
        return Text(self.account.at_work(), no_wrap=True, overflow="ellipsis")


def _last_line(log: Path | None) -> str:
    """Return the last line of a log, empty where there is none yet."""
    try:
        lines = log.read_text(encoding="utf-8").splitlines() if log else []
    except OSError:
        return ""
    return lines[-1].strip() if lines else ""
