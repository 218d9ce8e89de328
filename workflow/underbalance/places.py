"""Where the files of a run lie.

The sample that config/config.yaml names is the default run: its files lie in ``results`` and
``data/processed``. A run of another sample has a folder of its own, ``results/<sample>``, with
both in it, so that runs do not touch each other's files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# the folder of the run, such as results/europe; empty or not set: the default run
RUN: Final = "UNDERBALANCE_RUN"
# codes of the allies whose extensions are in force, joined by +
EXTENSIONS: Final = "UNDERBALANCE_EXTENSIONS"
RESULTS: Final = "results"
PROCESSED: Final = "data/processed"
# what runs and `make docs` put into results; a sample of such a name would lie among their files
FOLDERS: Final = (
    "benchmarks",
    "cases",
    "data",
    "description",
    "docs",
    "estimates",
    "figures",
    "hypotheses",
    "inference",
    "logs",
    "measurement",
    "outcomes",
    "paper",
    "reliability",
    "report",
    "sensitivity",
    "tables",
)


def in_run(path: str) -> str:
    """Return a path of the default run as that of the present run.

    Only paths in ``results`` and ``data/processed`` differ: in a run of the sample europe
    ``results/x`` is ``results/europe/x``, ``data/processed/x`` is
    ``results/europe/data/processed/x``. A path that is one of the present run stays as it is.
    """
    run = os.environ.get(RUN, "")
    if not run or _is_in(path, run):
        return path
    if _is_in(path, RESULTS):
        return run + path.removeprefix(RESULTS)
    return f"{run}/{path}" if _is_in(path, PROCESSED) else path


def make(target: str = "") -> str:
    """Return the command that makes the present run, or a target of it: ``make clean``."""
    sample = sample_of_run()
    return " ".join(filter(None, ["make", target, sample and f"SAMPLE={sample}"]))


def sample_of_run() -> str:
    """Return the name of the sample that the present run has its folder for, empty: default."""
    return os.environ.get(RUN, "").removeprefix(f"{RESULTS}/")


def folder_of(sample: str, default: str) -> str:
    """Return the folder of a run, empty for the default run.

    Parameters
    ----------
    sample, default : canonical names of samples (:func:`underbalance.samples.resolve_sample`),
        that of the run and that of config/config.yaml.
    """
    return "" if sample == default else f"{RESULTS}/{sample}"


@contextmanager
def run_in(folder: str) -> Iterator[None]:
    """Make a run the present one for a while; ``folder`` as :func:`folder_of` returns it."""
    before = os.environ.get(RUN)
    os.environ[RUN] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ[RUN]
        else:
            os.environ[RUN] = before


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
