"""Which run a command speaks of: the default one, or that of a sample."""

from __future__ import annotations

import os

from underbalance.config import read_config, read_groups
from underbalance.places import RUN, folder_of
from underbalance.registry import read_allies
from underbalance.samples import Sample, resolve_sample


def enter_run(sample: str) -> None:
    """Make the run of a sample the present one (:func:`underbalance.places.in_run`).

    Raises
    ------
    FaultsError : for a name that is neither a group nor an ally.
    """
    os.environ[RUN] = run_folder(sample)


def run_folder(sample: str) -> str:
    """Return the folder of the run of a sample, empty for the default run.

    Raises
    ------
    FaultsError : for a name that is neither a group nor an ally.
    """
    return folder_of(sample_asked(sample).name, default_sample().name)


def sample_asked(sample: str | None) -> Sample:
    """Return the sample that a command was asked about; without one that of the default run.

    Raises
    ------
    FaultsError : for a name that is neither a group nor an ally.
    """
    if sample is None:
        return default_sample()
    place = {"file": "command line", "where": "option --sample"}
    return resolve_sample(sample, read_groups(), read_allies(), **place)


def default_sample() -> Sample:
    """Return the sample that config/config.yaml names."""
    return resolve_sample(read_config().sample, read_groups(), read_allies())
