"""The order of the sub-packages: what a table may hold does not depend on how it is made."""

import ast
from pathlib import Path

import pytest
import underbalance

PACKAGE = Path(underbalance.__file__).parent
LATER = {
    "schemas": {
        "sources",
        "clean",
        "coding",
        "outcomes",
        "models",
        "claims",
        "explain",
        "present",
        "document",
    },
    "sources": {
        "clean",
        "coding",
        "outcomes",
        "models",
        "claims",
        "explain",
        "present",
        "document",
    },
    "clean": {"coding", "outcomes", "models", "claims", "explain", "present", "document"},
    "coding": {"outcomes", "models", "claims", "explain", "present", "document"},
    "outcomes": {"models", "claims", "explain", "present", "document"},
}


def imported(code: str) -> set[str]:
    """Return the sub-packages and modules of underbalance that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("underbalance.")}


@pytest.mark.parametrize(
    "code",
    [
        "import underbalance.clean.deals",
        "from underbalance import clean",
        "from underbalance.clean import deals",
        "def late():\n    from underbalance.clean.deals import clean_deals",
    ],
)
def test_every_way_to_import_is_seen(code):
    assert imported(code) == {"clean"}


@pytest.mark.parametrize("layer", LATER)
def test_no_module_imports_from_a_later_layer(layer):
    modules = sorted((PACKAGE / layer).rglob("*.py"))
    uses = {m.relative_to(PACKAGE).as_posix(): imported(m.read_text("utf-8")) for m in modules}
    assert len(modules) > 1
    assert {name: later for name, used in uses.items() if (later := used & LATER[layer])} == {}
