"""Runs that are stopped, at ten points by a kill and by two signals more, and go on."""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(
        not hasattr(fcntl, "F_SETPIPE_SZ"), reason="a step is held in the middle as Linux can"
    ),
]

Snakemake = Callable[..., subprocess.CompletedProcess[str]]
MANIFEST = "results/manifest.json"
# the run is killed when the first bytes of one of these were written, and not more
WRITTEN = (
    "data/processed/parts/country_years.csv",
    "data/processed/outcomes/sourcing.csv",
    "data/processed/ally_year.csv",
    # of a job that writes the results of several models, one after another
    "results/estimates/pledge_low_low.csv",
    "results/tables/typology.html",
    # the last steps of a run
    "results/numbers.json",
    "results/report/index.html",
    MANIFEST,
)
# what is there when a run has just begun, or a step, and the signal that then comes
SIGNALS = {
    ".snakemake/locks/0.output.lock": signal.SIGKILL,
    "results/logs/draw_cases.log": signal.SIGKILL,
    "results/logs/cases.log": signal.SIGINT,
    "results/logs/estimate_pledge.log": signal.SIGTERM,
}
# one of the outputs of each of these steps
MADE_BY = {
    "results/logs/draw_cases.log": "results/cases/JPN.pdf",
    "results/logs/cases.log": "results/cases/events.csv",
    "results/logs/estimate_pledge.log": "results/estimates/pledge.csv",
}
PIPE = 4096  # bytes that a pipe takes before its writer has to wait
LONGEST = 1800  # seconds of a run


class Tap:
    """A pipe in the place of the file that a step writes beside its output.

    It takes the first bytes; then the step waits in the middle of writing, for good.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.part = output.with_name(f".{output.stem}.part{output.suffix}")
        self.part.parent.mkdir(parents=True, exist_ok=True)
        self.part.unlink(missing_ok=True)
        os.mkfifo(self.part)
        self.pipe = os.open(self.part, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(self.pipe, fcntl.F_SETPIPE_SZ, PIPE)

    def is_writing(self) -> bool:
        return bool(select.select([self.pipe], [], [], 0)[0])

    def close(self, *, keep: bool) -> None:
        """Take the pipe away, and leave the bytes written where a kill leaves them."""
        written = os.read(self.pipe, PIPE) if keep else b""
        os.close(self.pipe)
        self.part.unlink(missing_ok=True)
        if keep:
            assert written
            self.part.write_bytes(written)


@contextmanager
def begun(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start what `make` starts, in a process group of its own."""
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--rerun-incomplete"]
    with (folder / "terminal.log").open("wb") as terminal:
        run = subprocess.Popen(
            command,
            cwd=folder,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=as_from_a_terminal,
        )
        try:
            yield run
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
            run.wait()


def as_from_a_terminal() -> None:
    """Let Ctrl-C end the run also where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stopped_at(folder: Path, outputs: list[str], signals: dict[str, signal.Signals]) -> str:
    """Run until one of the outputs is half written or one of the files is there; end the run.

    A run that has half written a file is killed; the others get the signal of their file.
    """
    forget(folder, signals)
    taps = {name: Tap(folder / name) for name in outputs}
    reached = ""
    try:
        with begun(folder) as run:
            reached = first_reached(run, folder, taps, signals)
            how = signals.get(reached, signal.SIGKILL)
            os.killpg(run.pid, how)
            assert run.wait(LONGEST) != 0
            if how is not signal.SIGKILL:
                assert run.returncode > 0, "Snakemake ends by itself"
    finally:
        for name, tap in taps.items():
            tap.close(keep=name == reached)
    return reached


def forget(folder: Path, begun: Iterable[str]) -> None:
    """Take away what an earlier run left of steps: their logs would pass for those of this one.

    A step that had ended would not begin again but for its output.
    """
    for name in begun:
        (folder / name).unlink(missing_ok=True)
        if name in MADE_BY:
            (folder / MADE_BY[name]).unlink(missing_ok=True)


def first_reached(
    run: subprocess.Popen[bytes],
    folder: Path,
    taps: dict[str, Tap],
    signals: dict[str, signal.Signals],
) -> str:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        assert run.poll() is None, (folder / "terminal.log").read_text(encoding="utf-8")
        for name, tap in taps.items():
            if tap.is_writing():
                return name
        for name in signals:
            if (folder / name).exists():
                return name
        time.sleep(0.01)
    raise AssertionError(f"not reached within {LONGEST} s: {[*taps, *signals]}")


def made(folder: Path) -> dict[str, bytes]:
    """Return every file that a run makes, but logs and times."""
    found = {}
    for part in ("data", "results"):
        for path in sorted((folder / part).rglob("*")):
            name = path.relative_to(folder)
            if not path.is_dir() and name.parts[:2] not in LEFT_OUT:
                found[str(name)] = path.read_bytes()
    return found


LEFT_OUT = {("results", "logs"), ("results", "benchmarks")}


def test_a_run_killed_at_ten_points_and_twice_interrupted_ends_with_the_bytes_of_one_elsewhere(
    finished: Path,
    snakemake: Snakemake,
    copy_project: Callable[[Path], Path],
    tmp_path: Path,
) -> None:
    """The other run, in another folder, was never stopped: equal bytes are those of any run."""
    expected = made(finished)
    project = copy_project(tmp_path / "a folder with spaces")
    assert kill_at(project, WRITTEN, SIGNALS, expected, snakemake) == 10
    run = snakemake(project, "--rerun-incomplete")
    assert run.returncode == 0, run.stdout + run.stderr
    assert made(project) == expected


def kill_at(
    project: Path,
    outputs: Sequence[str],
    signals: Mapping[str, signal.Signals],
    expected: Mapping[str, bytes],
    snakemake: Snakemake,
) -> int:
    """Stop a run at each of the points and go on; return how often it was killed outright.

    However it was stopped, there is no manifest, and every file is whole or a half beside.
    """
    assert all(len(expected[name]) > PIPE for name in outputs)
    left, signals, kills = list(outputs), dict(signals), 0
    while left or signals:
        reached = stopped_at(project, left, signals)
        how = signals.pop(reached, signal.SIGKILL)
        left = [name for name in left if name != reached]
        assert not (project / MANIFEST).exists(), reached
        whole = {name: content for name, content in made(project).items() if "/." not in name}
        assert whole == {name: expected[name] for name in whole}, reached
        if how is signal.SIGKILL:
            kills += 1
            clear_the_lock(project, snakemake, told=kills == 1)
    return kills


def clear_the_lock(project: Path, snakemake: Snakemake, *, told: bool) -> None:
    """Remove the lock of a killed run; once as a user is told to."""
    if told:
        refused = snakemake(project, "--rerun-incomplete")
        assert refused.returncode != 0
        assert "--unlock" in refused.stdout + refused.stderr
        assert snakemake(project, "--unlock").returncode == 0
    shutil.rmtree(project / ".snakemake/locks", ignore_errors=True)
