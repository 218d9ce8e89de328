"""Made-up tables to explain."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest
from underbalance.explain.facts import Facts
from underbalance.explain.tree import Node

LEDGER = pd.DataFrame(columns=["table", "key", "rule", "old", "new", "reason"], dtype="str")


@pytest.fixture
def made_up(project) -> Callable[..., Facts]:
    """Return a function that makes facts of given tables; lists and codebook are the project's."""

    def make(
        ally_year: list[dict[str, object]],
        tables: Mapping[str, list[dict[str, object]]],
        processed: Mapping[str, list[dict[str, object]]] | None = None,
        ledger: pd.DataFrame = LEDGER,
    ) -> Facts:
        frames = {Path(f"data/raw/{name}.csv"): pd.DataFrame(r) for name, r in tables.items()}
        for name, rows in (processed or {}).items():
            frames[Path(f"data/processed/{name}.csv")] = pd.DataFrame(rows)
        frames[Path("data/processed/ledger.csv")] = ledger
        facts = Facts(_frames=frames)
        # a cached property: this is the table it would have read
        vars(facts)["ally_year"] = pd.DataFrame(ally_year)
        return facts

    return make


@pytest.fixture
def named() -> Callable[[Node, str], Node]:
    """Return a function that finds the node of a name in a tree."""

    def find(node: Node, name: str) -> Node:
        return next(one for one in _walk(node) if one.name == name)

    return find


def _walk(node: Node) -> list[Node]:
    return [node, *(below for part in node.parts for below in _walk(part))]
