"""YAML files, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from underbalance.errors import Fault, FaultsError

USUAL_CAUSES = (
    "usually the indentation is wrong, a bracket or quotation mark is not closed, or a text with "
    "a colon (`title: Effort: variance`) lacks its quotes (`title: 'Effort: variance'`)"
)


def read_yaml(path: Path, *, may_be_empty: bool = False) -> dict[str, Any]:
    """Read a YAML file that holds names with values.

    Parameters
    ----------
    may_be_empty : a file with nothing but comments holds no name, which is no fault.

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
    except _KeyTwiceError as error:
        rule, found = "a key must be written once", str(error)
        mend = "take out one of the two, or give it another name"
        raise FaultsError([Fault(file, "file", rule, found, "every key once", mend)]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        wrong = Fault(
            file,
            "file",
            "the file must be valid YAML",
            _in_words(error),
            "`name: value` lines; indent with spaces, not tabs",
            f"correct this line or the one before; {USUAL_CAUSES}",
        )
        raise FaultsError([wrong]) from None
    if content is None and may_be_empty:
        return {}
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


def _in_words(error: yaml.YAMLError | UnicodeDecodeError) -> str:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return " ".join(str(error).split())
    mark, context = error.problem_mark, error.context or ""
    if error.context_mark is not None and error.context_mark.line != mark.line:
        context += f" that begins in line {error.context_mark.line + 1}"
    words = ", ".join(filter(None, [context, error.problem]))
    return f"line {mark.line + 1}, column {mark.column + 1}: {words}"


class _KeyTwiceError(Exception):
    """A key that is written twice in one mapping."""


class _UniqueKeys(yaml.SafeLoader):
    """YAML's safe loader, but a key written twice is an error instead of silently lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        lines: dict[Any, int] = {}
        for key_node, _ in node.value:
            key, line = self.construct_object(key_node, deep=True), key_node.start_mark.line + 1
            if key in lines:
                raise _KeyTwiceError(
                    f"the key {key!r} is written twice: in line {lines[key]} and in line {line}"
                )
            lines[key] = line
        return super().construct_mapping(node, deep)
