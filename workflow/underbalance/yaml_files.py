"""YAML files, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from underbalance.errors import Fault, FaultsError


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file that holds names with values.

    Raises
    ------
    FaultsError : when the file is missing, is not valid YAML, repeats a key, or holds
        something else than names with values.
    """
    file = str(path)
    if not path.is_file():
        missing = Fault(
            file,
            "file",
            "the file must exist",
            "no such file",
            "a YAML file",
            f"restore it with `git checkout -- {file}`",
        )
        raise FaultsError([missing])
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        wrong = Fault(
            file,
            "file",
            "the file must be valid YAML",
            " ".join(str(error).split()),
            "`name: value` lines; indent with spaces, not tabs",
            "correct the place that the message names",
        )
        raise FaultsError([wrong]) from None
    if not isinstance(content, dict):
        wrong = Fault(
            file,
            "file",
            "the file must hold names with values",
            type(content).__name__,
            "`name: value` lines",
            "see the comments in the shipped file",
        )
        raise FaultsError([wrong])
    return content


class _UniqueKeys(yaml.SafeLoader):
    """YAML's safe loader, but a key written twice is an error instead of silently lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is written twice", node.start_mark
                )
        return super().construct_mapping(node, deep)
