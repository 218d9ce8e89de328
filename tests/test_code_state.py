"""A step is made anew when a module it imports changes, and only then."""

import re
import shutil
from pathlib import Path

import pytest
from underbalance import code_state
from underbalance.code_state import code_sha, modules_behind

RULES = Path(code_state.__file__).parents[1] / "rules"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package of three layers and a script that imports the uppermost."""
    files = {
        "underbalance/__init__.py": "",
        "underbalance/clean/__init__.py": "",
        "underbalance/clean/deals.py": "from underbalance.schemas import columns\n",
        "underbalance/clean/other.py": "",
        "underbalance/schemas/__init__.py": "",
        "underbalance/schemas/columns.py": "def f():\n    import underbalance.late\n",
        "underbalance/late.py": "",
        "underbalance/schemas/templates/page.html": "<p>{{ text }}</p>\n",
        "scripts/clean_deals.py": "from underbalance.clean.deals import clean_deals\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(code_state, "PACKAGE", tmp_path / "underbalance")
    monkeypatch.setattr(code_state, "SCRIPTS", tmp_path / "scripts")
    code_state._imported.cache_clear()
    yield tmp_path / "underbalance"
    code_state._imported.cache_clear()


def sha() -> str:
    code_state._imported.cache_clear()
    return code_sha("clean_deals")


def test_modules_are_followed_through_packages_and_late_imports(package):
    found = modules_behind(package.parent / "scripts" / "clean_deals.py")
    names = {path.relative_to(package).as_posix() for path in found}
    assert names == {
        "__init__.py",
        "clean/__init__.py",
        "clean/deals.py",
        "schemas/__init__.py",
        "schemas/columns.py",
        "schemas/templates/page.html",
        "late.py",
    }


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ("clean/deals.py", True),
        ("late.py", True),
        ("schemas/templates/page.html", True),
        ("clean/other.py", False),
    ],
)
def test_hash_changes_with_what_is_imported_and_nothing_else(package, changed, differs):
    before = sha()
    path = package / changed
    path.write_text(path.read_text() + "# changed\n")
    assert (sha() != before) is differs


def test_hash_is_of_the_contents_and_not_of_the_place(package, tmp_path, monkeypatch):
    before = sha()
    moved = shutil.copytree(tmp_path, tmp_path / "moved", ignore=lambda *_: ["moved"])
    monkeypatch.setattr(code_state, "PACKAGE", moved / "underbalance")
    monkeypatch.setattr(code_state, "SCRIPTS", moved / "scripts")
    assert sha() == before


def test_rule_without_a_script_is_refused():
    with pytest.raises(ValueError, match="cleen_deals"):
        code_sha("cleen_deals")


def test_every_rule_with_a_script_carries_the_hash_of_its_own_script():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.smk")))
    rules = re.findall(r"\nrule (\w+):(.*?)(?=\nrule |\Z)", text, re.DOTALL)
    scripted = {name: body for name, body in rules if "script:" in body}
    assert len(scripted) > 15
    wrong = [
        name
        for name, body in scripted.items()
        if name != "ingest" and f'code=code_sha("{name}")' not in body
    ]
    assert wrong == []
