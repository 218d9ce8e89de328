"""Which run a command speaks of: the default one, or that of a sample."""

from __future__ import annotations

import os
from contextlib import suppress

from underbalance.config import read_config, read_groups
from underbalance.errors import FaultsError
from underbalance.extensions import listed, named_by, with_in_force
from underbalance.places import EXTENSIONS, RUN, folder_of
from underbalance.registry import read_allies
from underbalance.samples import Sample, resolve_sample


def enter_run(sample: str) -> None:
    """Make the run of a sample the present one (:func:`underbalance.places.in_run`).

    Raises
    ------
    FaultsError : for a name that is neither a group nor an ally.
    """
    os.environ[RUN] = run_folder(sample)
    os.environ[EXTENSIONS] = "+".join(named_by(sample, read_groups()))


def enter_default_run() -> None:
    """Put the extensions in force that the sample of config/config.yaml names.

    Settings that cannot be read are told by what reads them.
    """
    with suppress(FaultsError):
        if listed():
            os.environ[EXTENSIONS] = "+".join(named_by(read_config().sample, read_groups()))


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
    return sample_named(sample, **place)


def default_sample() -> Sample:
    """Return the sample that config/config.yaml names."""
    return sample_named(read_config().sample)


def sample_named(text: str, **place: str) -> Sample:
    """Return a sample, with the extensions in force that it names.

    Parameters
    ----------
    place : the ``file`` and ``where`` of its name in messages, if not that of the settings.

    Raises
    ------
    FaultsError : for a name that is neither a group nor an ally.
    """
    groups = read_groups()
    with with_in_force(named_by(text, groups)):
        return resolve_sample(text, groups, read_allies(), **place)
