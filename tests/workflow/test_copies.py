"""A copy of the project is run by its own package, whichever environment Snakemake is from."""

from pathlib import Path


def test_a_copy_runs_its_own_package_and_not_that_of_the_environment(
    copy_project, snakemake, tmp_path: Path
) -> None:
    folder = copy_project(tmp_path)
    module = folder / "workflow/underbalance/check.py"
    module.write_text("raise RuntimeError('the package of the copy')\n", encoding="utf-8")
    # the logger of the environment has imported the package by then
    run = snakemake(folder, "-n", "--logger", "underbalance")
    assert run.returncode != 0
    assert "the package of the copy" in run.stdout + run.stderr
