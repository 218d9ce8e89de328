"""Results that rest on an extension that is gone or has changed."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.left_results import left_results, left_results_of_run
from underbalance.places import EXTENSIONS, RUN, run_in
from underbalance.registry import sha256

WHERE = "the results in results/core+EGY rest on the extension of Egypt (EGY)"


@pytest.fixture(autouse=True)
def left_as_found(monkeypatch):
    """Variables that entering a run sets are put back after the test."""
    for name in (EXTENSIONS, RUN):
        monkeypatch.setenv(name, "")


@pytest.fixture
def run(extension, project_copy):
    """A finished run of core+EGY, and the extension that it rests on."""
    folder = extension()
    write_manifest(project_copy, "results/core+EGY", folder)
    return folder


def write_manifest(root, results, folder):
    files = {path.relative_to(root).as_posix(): sha256(path) for path in folder.glob("*.csv")}
    path = root / results / "manifest.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"extensions": {"EGY": {"name": "Egypt", "files": files}}}))


def test_results_whose_extension_is_as_it_was_have_no_note(run):
    assert left_results() == []


def test_lost_extension_is_told_with_the_ways_out(run):
    shutil.rmtree(run)
    assert left_results() == [
        f"{WHERE}, which is not there any more: put data/raw/extensions/EGY back, or remove "
        "results/core+EGY"
    ]


def test_results_of_the_default_run_are_not_told_to_be_removed(run, project_copy):
    shutil.rmtree(project_copy / "results/core+EGY")
    write_manifest(project_copy, "results", run)
    shutil.rmtree(run)
    (note,) = left_results()
    assert note.startswith("the results in results rest on")
    assert note.endswith("put data/raw/extensions/EGY back")


def test_changed_extension_is_told_with_its_files_and_the_command(run):
    with (run / "sources.csv").open("a") as lines:
        lines.write("# read again\n")
    assert left_results() == [
        f"{WHERE}, which has changed since (sources.csv): run `make SAMPLE=core+EGY` again"
    ]


def test_new_table_is_a_change_and_an_empty_template_is_none(run):
    template = run / "disputes.csv"
    template.write_text("iso3,date\n# to be filled\n")
    assert left_results() == []
    template.write_text("iso3,date\nEGY,1990\n")
    assert "(disputes.csv)" in left_results()[0]


def test_of_a_run_only_its_own_results_are_told(run):
    shutil.rmtree(run)
    assert left_results_of_run() == []
    with run_in("results/core+EGY"):
        assert left_results_of_run() == left_results()


def test_manifest_that_cannot_be_read_stops_nothing(run, project_copy):
    (project_copy / "results/core+EGY/manifest.json").write_text("{")
    assert left_results() == []


def test_check_ends_with_the_note_and_finds_no_fault(run):
    shutil.rmtree(run)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1].startswith(f"note: {WHERE}")


@pytest.mark.parametrize("command", ["summary", "verify", "folder"])
def test_command_on_a_sample_of_a_lost_extension_says_what_became_of_it(run, command):
    shutil.rmtree(run)
    done = CliRunner().invoke(main, [command, "--sample", "core+EGY"])
    assert done.exit_code == 1
    assert f"note: {WHERE}" in done.output


def test_summary_of_a_run_on_a_changed_extension_says_so(run):
    with (run / "sources.csv").open("a") as lines:
        lines.write("# read again\n")
    done = CliRunner().invoke(main, ["summary", "--sample", "core+EGY"])
    assert done.output.splitlines()[-1].startswith(f"note: {WHERE}, which has changed")


@pytest.mark.parametrize("text", ["[]", "null", '{"extensions": null}', '{"extensions": [1]}'])
def test_manifest_of_another_form_says_nothing(project_copy, text):
    (project_copy / "results").mkdir()
    (project_copy / "results/manifest.json").write_text(text)
    assert left_results() == []
