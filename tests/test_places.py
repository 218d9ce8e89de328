import os

import pytest
from underbalance.places import FOLDERS, RUN, folder_of, in_run, make, run_in, sample_of_run


@pytest.mark.parametrize("path", ["results/tables/x.csv", "data/processed/x.csv", "results"])
def test_default_run_keeps_every_path(path):
    with run_in(""):
        assert in_run(path) == path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("results", "results/europe"),
        ("results/tables/{name}.csv", "results/europe/tables/{name}.csv"),
        ("data/processed/parts/x.csv", "results/europe/data/processed/parts/x.csv"),
        ("data/processed", "results/europe/data/processed"),
        ("data/raw/x.csv", "data/raw/x.csv"),
        ("config/allies.csv", "config/allies.csv"),
        # beside the folders, not in them
        ("results.csv", "results.csv"),
        ("data/processed_by_hand/x.csv", "data/processed_by_hand/x.csv"),
    ],
)
def test_run_of_another_sample_has_a_folder_of_its_own(path, expected):
    with run_in("results/europe"):
        assert in_run(path) == expected


def test_path_of_the_run_is_not_moved_again():
    with run_in("results/core+EGY"):
        assert in_run(in_run("results/tables/x.csv")) == "results/core+EGY/tables/x.csv"


def test_sample_of_the_configuration_is_the_default_run():
    assert folder_of("core", "core") == ""
    assert folder_of("core+EGY", "core") == "results/core+EGY"


def test_commands_name_the_sample_of_the_run():
    with run_in(""):
        assert (sample_of_run(), make(), make("clean")) == ("", "make", "make clean")
    with run_in("results/core+EGY"):
        assert sample_of_run() == "core+EGY"
        assert (make(), make("clean")) == ("make SAMPLE=core+EGY", "make clean SAMPLE=core+EGY")


def test_present_run_is_as_before_after_an_error(monkeypatch):
    monkeypatch.delenv(RUN, raising=False)
    with pytest.raises(ValueError, match="in between"), run_in("results/europe"):
        raise ValueError("in between")
    assert RUN not in os.environ


def test_names_of_folders_are_those_a_run_makes(project):
    rules = "".join(path.read_text() for path in (project / "workflow/rules").glob("*.smk"))
    named = {
        part.split("/")[0] for part in rules.split('"results/')[1:] if "/" in part.split('"')[0]
    }
    assert named <= {*FOLDERS}
