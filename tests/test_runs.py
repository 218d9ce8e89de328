import os

import pytest
import yaml
from underbalance.extensions import in_force
from underbalance.places import EXTENSIONS, RUN, in_run
from underbalance.runs import enter_default_run, enter_run, sample_named


@pytest.fixture(autouse=True)
def left_as_found(monkeypatch):
    """Variables that entering a run sets are put back after the test."""
    for name in (EXTENSIONS, RUN):
        monkeypatch.setenv(name, "")


def default_sample_is(sample: str, project) -> None:
    path = project / "config/config.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**settings, "sample": sample}), encoding="utf-8")


def test_run_of_a_sample_has_its_folder_and_its_extensions(extension):
    extension()
    enter_run("core+EGY")
    assert in_run("results/x.csv") == "results/core+EGY/x.csv"
    assert in_force() == ("EGY",)


def test_default_run_has_the_extensions_that_the_settings_name(extension, project_copy):
    extension()
    default_sample_is("core+EGY", project_copy)
    enter_default_run()
    assert in_force() == ("EGY",)
    assert in_run("results/x.csv") == "results/x.csv"


def test_default_run_of_shipped_allies_has_no_extension(extension):
    extension()
    enter_default_run()
    assert os.environ[EXTENSIONS] == ""


def test_sample_with_an_extension_has_its_ally(extension):
    extension()
    sample = sample_named("core+EGY")
    assert "EGY" in sample.members
    assert sample.label.endswith("and Egypt")
