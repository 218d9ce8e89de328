"""Faults of every kind of file stop `underbalance check` and Snakemake before any job."""

import os
import shutil
import subprocess
import sys

import pytest
from bad_input.case import snapshot
from bad_input.facts_cases import CODED
from bad_input.facts_cases import VALUES as FACTS_VALUES
from bad_input.list_cases import ALLIES, OTHERS, REGISTRY
from bad_input.yaml_cases import FORM, VALUES
from click.testing import CliRunner
from underbalance.cli import main
from underbalance.schemas.columns import listed_codes


def case_of(cases, name):
    return next(case for case in cases if case.name == name)


ONE_OF_EACH = [
    case_of(FORM, "an anchor bomb"),
    case_of(VALUES, "groups that name each other"),
    case_of(ALLIES, "an ally twice"),
    case_of(REGISTRY, "a year too many"),
    case_of(OTHERS, "a variable lost"),
    case_of(FACTS_VALUES, "one percentage for a fraction"),
    case_of(CODED, "an unknown stage"),
]


def damage(project, cases) -> None:
    for case in cases:
        path = project / case.file
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(case.damage(content))
    listed_codes.cache_clear()


@pytest.mark.parametrize("case", ONE_OF_EACH, ids=[case.id for case in ONE_OF_EACH])
def test_check_tells_it_and_changes_nothing(case, light_project):
    damage(light_project, [case])
    before = snapshot(light_project)
    run = CliRunner().invoke(main, ["check"])
    assert run.exit_code == 1
    assert any(part in run.output for part in case.told), run.output
    assert snapshot(light_project) == before


def test_snakemake_tells_faults_of_several_files_at_once_and_runs_no_job(light_project, project):
    for name in ("Snakefile", "workflow", "environment.yml", "paper", "docs"):
        (light_project / name).symlink_to(project / name)
    # a broken list of allies hides what can only be told beside it
    told = [case for case in ONE_OF_EACH if case.name not in ("an anchor bomb", "an ally twice")]
    damage(light_project, told)
    before = snapshot(light_project)
    run = subprocess.run(
        [sys.executable, "-m", "snakemake", "--cores", "1", "--quiet", "host"],
        cwd=light_project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "nothing was run, nothing was changed" in run.stderr
    for case in told:
        assert case.file in run.stderr, case.file
    after = snapshot(light_project)
    ours = {path for path in after if not path.startswith(".snakemake")}
    assert {path: after[path] for path in ours} == before


def test_module_of_the_package_that_is_gone_is_told_as_that(light_project, project):
    for name in ("Snakefile", "environment.yml"):
        (light_project / name).symlink_to(project / name)
    shutil.copytree(project / "workflow", light_project / "workflow")
    (light_project / "workflow/underbalance/nearest.py").unlink()
    run = subprocess.run(
        [sys.executable, "-m", "snakemake", "--cores", "1", "--quiet", "host"],
        cwd=light_project,
        env={**os.environ, "PYTHONPATH": str(light_project / "workflow")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "this copy of the project has no module underbalance.nearest" in run.stderr
    assert "environment.yml" not in run.stderr
