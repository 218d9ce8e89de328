"""Faults of settings that a command gave name its option."""

from __future__ import annotations

from pathlib import Path

import pytest
from underbalance.check import check_inputs
from underbalance.command_line import told_of_options
from underbalance.config import CONFIG_FILE
from underbalance.errors import Fault, FaultsError
from underbalance.yaml_files import read_yaml


def fault(where: str, file: str = CONFIG_FILE.as_posix()) -> Fault:
    return Fault(file, where, "rule", "found", "allowed", "mend")


def told(given: Fault, *keys: str) -> tuple[str, str]:
    (found,) = told_of_options([given], keys)
    return found.file, found.where


def test_setting_of_make_is_called_as_make_calls_it() -> None:
    assert told(fault("key sample"), "sample") == (
        "command line",
        "SAMPLE or ALLIES of make (sample of --config)",
    )


def test_other_setting_and_parts_of_one_are_called_by_their_key() -> None:
    assert told(fault("key seed"), "seed") == ("command line", "seed of --config")
    assert told(fault("key reference.sample"), "reference")[1] == "reference.sample of --config"


@pytest.mark.parametrize(
    ("one", "keys"),
    [
        (fault("key sample"), ["style"]),
        (fault("key reference.sample"), ["sample"]),
        (fault("key sample", "config/groups.yaml"), ["sample"]),
        (fault("the settings together"), ["sample"]),
    ],
    ids=["given by the file", "part of another", "of another file", "of no key"],
)
def test_other_faults_stay_as_they_are(one: Fault, keys: list[str]) -> None:
    assert told_of_options([one], keys) == [one]


@pytest.mark.parametrize("sample", ["xyz", "core+XYZ", "extended+TWN", "TWN", ""])
def test_no_sample_of_the_command_line_is_a_fault_of_the_file(project_copy, sample: str) -> None:
    settings = read_yaml(Path(CONFIG_FILE)) | {"sample": sample}
    with pytest.raises(FaultsError) as wrong:
        check_inputs(settings, given=["sample"])
    assert {fault.file for fault in wrong.value.faults} == {"command line"}
    with pytest.raises(FaultsError) as wrong:
        check_inputs(settings)
    assert {fault.file for fault in wrong.value.faults} == {"config/config.yaml"}
