"""Faults of settings that came from the command line: they name the option, not config.yaml."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from underbalance.config import CONFIG_FILE
from underbalance.errors import Fault

COMMAND_LINE: Final = "command line"
KEY: Final = "key "  # begins the place of a fault of the settings
# what `make` calls settings
OPTIONS: Final = {
    "sample": "SAMPLE or ALLIES of make",
    "sources": "SOURCES of make",
    "style": "STYLE of make",
}


def told_of_options(faults: Sequence[Fault], given: Collection[str]) -> list[Fault]:
    """Return the faults, those of settings that a command gave as faults of its options.

    Parameters
    ----------
    given : keys of settings that came from the command line.
    """
    return [_told(fault, given) for fault in faults]


def _told(fault: Fault, given: Collection[str]) -> Fault:
    named = fault.where.removeprefix(KEY)
    key = named.partition(".")[0]
    if fault.file != CONFIG_FILE.as_posix() or named == fault.where or key not in given:
        return fault
    option = f"{named} of --config"
    where = f"{OPTIONS[key]} ({option})" if key in OPTIONS else option
    return replace(fault, file=COMMAND_LINE, where=where)
