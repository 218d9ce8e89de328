"""Which code a step rests on: its script and every module that it imports, directly or not."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
SCRIPTS = PACKAGE.parent / "scripts"
# folders of a package with files that its modules read
DATA = ("assets", "templates")


def code_sha(rule: str) -> str:
    """Return a hash of the modules of this package that the script of a rule rests on.

    Rules carry it as a parameter, so that a change of a function makes anew what depends
    on it, and nothing else; Snakemake itself only watches the script.

    Raises
    ------
    ValueError : for a rule without a script.
    """
    script = SCRIPTS / f"{rule}.py"
    if not script.is_file():
        raise ValueError(f"no script {script.name} in {SCRIPTS}")
    files = sorted(modules_behind(script))
    content = b"\0".join(
        file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() for file in files
    )
    return hashlib.sha256(content).hexdigest()[:16]


def modules_behind(script: Path) -> set[Path]:
    """Return the files of this package that a script imports, directly or not.

    Imports within functions count, too, and so do the templates of an imported package.
    """
    found: set[Path] = set()
    waiting = set(_imported(script))
    while waiting:
        found |= waiting
        waiting = {file for known in waiting for file in _imported(known)} - found
    return found


@cache
def _imported(file: Path) -> frozenset[Path]:
    """Return the files of this package that one file imports, with their packages."""
    if file.suffix != ".py":
        return frozenset()
    names: set[str] = set()
    for node in _statements(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    ours = [name for name in names if name.split(".")[0] == PACKAGE.name]
    return frozenset(path for name in ours for path in _files(PACKAGE.parent, name))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may hold an import; expressions, by far the most of a module, may not."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.stmt | ast.excepthandler | ast.match_case):
            yield part
            yield from _statements(part)


@cache
def _files(root: Path, name: str) -> tuple[Path, ...]:
    """Return the files used when a module is imported; a name in a module adds none."""
    parts = name.split(".")
    folders = [root.joinpath(*parts[:n]) for n in range(1, len(parts) + 1)]
    packages = [folder / "__init__.py" for folder in folders]
    module = folders[-1].with_suffix(".py")
    data = [path for folder in folders for name in DATA for path in folder.glob(f"{name}/*")]
    return tuple(path for path in (*packages, module, *data) if path.is_file())
