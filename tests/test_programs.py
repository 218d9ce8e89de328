"""Tests that need programs beside Python skip where these are missing, and fail in CI."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def shared(request):
    """Return the module that holds the shared fixtures and hooks."""
    return request.config.pluginmanager.get_plugin(str(ROOT / "tests/conftest.py"))


@pytest.fixture
def marked(request):
    """Return this test as one that needs a program nobody has."""
    request.node.add_marker(pytest.mark.needs("latexmk"))
    return request.node


@pytest.fixture
def no_programs(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def test_a_missing_program_is_named_with_its_package(shared, no_programs):
    assert shared.why_not(["soffice"]) == (
        "needs soffice (Debian, Ubuntu: apt install libreoffice-writer)"
    )


def test_nothing_is_missing_where_all_programs_are_found(shared, monkeypatch, tmp_path):
    program = tmp_path / "latexmk"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shared.why_not(["latexmk"]) is None


def test_a_user_without_the_program_skips_the_test(shared, marked, no_programs, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs latexmk"):
        shared.pytest_runtest_setup(marked)


def test_in_ci_a_missing_program_fails_the_test(shared, marked, no_programs, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="needs latexmk"):
        shared.pytest_runtest_setup(marked)


def test_every_program_that_tests_may_need_is_installed_by_ci(shared):
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    needed = {name for packages in shared.PROGRAMS.values() for name in packages.split()}
    # comes with LaTeX
    assert [name for name in needed - {"texlive-binaries"} if name not in script] == []
