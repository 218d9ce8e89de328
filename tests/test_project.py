"""The project keeps its own rules: versions, rules of the workflow, what is in the clone."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"snakemake-minimal": "snakemake", "matplotlib-base": "matplotlib"}
RULE_FILES = sorted((ROOT / "workflow/rules").glob("*.smk"))


def test_files_of_tests_that_workers_take_first_are_there(request) -> None:
    shared = request.config.pluginmanager.get_plugin(str(ROOT / "tests/conftest.py"))
    assert [file for file in shared.LONGEST if not (ROOT / file).is_file()] == []


def direct_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {re.split(r"[<>=\[]", name)[0] for name in named}


def locked_versions() -> dict[str, set[str]]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", lock, re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


def test_conda_and_pip_users_get_the_same_versions() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pairs = [item.split("=", 1) for item in environment["dependencies"] if ">" not in item]
    conda = {CONDA_NAMES.get(name, name): {version} for name, version in pairs}
    locked = locked_versions()
    assert conda == {name: locked[name] for name in direct_dependencies()}


def test_every_locked_package_has_a_hash_and_no_index_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", lock)[1:]
    assert len(packages) > 50
    assert [p.split("\n")[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock


def rules() -> list[tuple[str, str]]:
    """Return name and text of every rule that does work; of a loop, its script."""
    texts = [file.read_text(encoding="utf-8") for file in RULE_FILES]
    parts = [part for text in texts for part in re.split(r"\n *(?=rule\b.*:\n)", text)[1:]]
    return [(_rule_name(part), part) for part in parts]


def _rule_name(text: str) -> str:
    named = re.match(r"rule (\w+):", text) or re.search(r'"\.\./scripts/(\w+)\.py"', text)
    assert named
    return named[1]


@pytest.mark.parametrize(("name", "text"), rules())
def test_every_rule_can_be_followed_and_has_the_script_of_its_name(name: str, text: str) -> None:
    for needed in ("log:", "benchmark:", "message:", "conda:", '"../../environment.yml"'):
        assert needed in text
    assert f'"../scripts/{name}.py"' in text
    assert (ROOT / f"workflow/scripts/{name}.py").is_file()


def test_there_is_no_script_without_a_rule() -> None:
    scripts = {path.stem for path in (ROOT / "workflow/scripts").glob("*.py")}
    assert scripts == {name for name, _ in rules()}


@pytest.mark.parametrize(
    "script", sorted((ROOT / "workflow/scripts").glob("*.py")), ids=lambda path: path.stem
)
def test_the_main_of_a_script_has_at_most_ten_lines(script: Path) -> None:
    tree = ast.parse(script.read_text(encoding="utf-8"))
    main = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "main")
    assert main.end_lineno is not None
    assert main.end_lineno - main.lineno <= 10


def tracked_text_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [p for p in paths if p.suffix != ".png" and p.is_file() and p != Path(__file__)]


def test_no_file_names_a_machine_path_or_a_registry_host() -> None:
    found = re.compile(
        r"/work/(?:main|shared)|/home/\w|/root/|/tmp/w/|pypi\.org|pythonhosted|npmjs"
    )
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked_text_files()
        if (match := found.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert wrong == []


def test_what_is_made_is_not_in_the_clone() -> None:
    made = [
        path
        for path in tracked_text_files()
        if path.is_relative_to(ROOT / "results") or path.is_relative_to(ROOT / "data/processed")
    ]
    assert [path.name for path in made] == ["README.md", "README.md"]


def test_the_readme_names_commands_and_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make ([a-z]+)", readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize(("name", "text"), rules())
def test_outputs_in_results_have_a_caption_in_the_report_of_snakemake(name: str, text: str) -> None:
    outputs = text.partition("output:\n")[2].split("    log:")[0]
    # pages of the project's own report, what other rules put together, and what LaTeX said
    own = ("REPORT", "ALLY_PAGES", "provenance.html", "captions_data", "latex.log")
    wanted = [
        line.strip()
        for line in outputs.splitlines()
        if ('"results/' in line or "CAPTIONS" in line) and not any(part in line for part in own)
    ]
    captions = re.findall(r'caption="\.\./report/(\w+)\.rst"', outputs)
    assert len(captions) >= len(wanted), wanted
    for caption in captions:
        assert (ROOT / f"workflow/report/{caption}.rst").is_file()
