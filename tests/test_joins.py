"""Every join says what it may match, so that none multiplies rows unseen."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "workflow" / "underbalance"
ALLOWED = {"one_to_one", "many_to_one", "one_to_many"}
# whose very subject is pairs: any row of one register may be the same deal as any of another
PAIRING = PACKAGE / "sources" / "sipri_deal_matching.py"
MODULES = sorted(PACKAGE.rglob("*.py"))


def joins(path: Path) -> list[ast.Call]:
    """Calls of the method merge, and of join on frames (str.join has no `on` or `how`)."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    named = {"on", "how", "validate", "lsuffix", "rsuffix"}
    return [
        call
        for call in calls
        if call.func.attr == "merge"
        or (call.func.attr == "join" and named & {word.arg for word in call.keywords})
    ]


def validation(call: ast.Call) -> str | None:
    words = {word.arg: word.value for word in call.keywords}
    value = words.get("validate")
    return value.value if isinstance(value, ast.Constant) else None


def is_cross(call: ast.Call) -> bool:
    how = next((word.value for word in call.keywords if word.arg == "how"), None)
    return isinstance(how, ast.Constant) and how.value == "cross"


def test_there_are_joins_to_look_at():
    assert sum(len(joins(path)) for path in MODULES) > 5


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_join_names_its_cardinality_and_none_is_many_to_many(path):
    allowed = ALLOWED | ({"many_to_many"} if path == PAIRING else set())
    loose = [
        f"{path.name}:{call.lineno}"
        for call in joins(path)
        if not is_cross(call) and validation(call) not in allowed
    ]
    assert loose == []
