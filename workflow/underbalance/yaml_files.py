"""YAML files, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from underbalance.errors import Fault, FaultsError, raise_if_any
from underbalance.text_files import FORMULA, INVISIBLE, read_text

USUAL_CAUSES = (
    "usually the indentation is wrong, a bracket or quotation mark is not closed, or a text with "
    "a colon (`title: Effort: variance`) lacks its quotes (`title: 'Effort: variance'`)"
)
# far more than the largest file of the project has; a few lines of aliases of aliases can
# stand for more than memory holds
MOST_VALUES = 100_000


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
    text = read_text(path, file, "a YAML file", "restore it, or save it again as text in UTF-8")
    try:
        content = _content(text)
    except _RefusedError as error:
        fault = Fault(file, "file", error.rule, error.found, error.allowed, error.mend)
        raise FaultsError([fault]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
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
    raise_if_any(list(_text_faults(content, file, "")))
    return content


def _content(text: str) -> Any:
    loader = _Strict(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        if _values(node, {}) > MOST_VALUES:
            raise _RefusedError(
                "aliases must not stand for more values than a file of this kind has",
                f"more than {MOST_VALUES:,} values",
                f"at most {MOST_VALUES:,} values, aliases counted as what they stand for",
                "take the aliases (`*name`) out, and write the values in their places",
            )
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _text_faults(content: Any, file: str, key: str) -> Iterator[Fault]:
    """Refuse texts that would not be in tables what they look like here."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from _text_faults(value, file, f"{key}.{name}" if key else str(name))
    elif isinstance(content, Sequence) and not isinstance(content, str | bytes):
        for place, value in enumerate(content):
            yield from _text_faults(value, file, f"{key}.{place}")
    elif isinstance(content, str) and re.search(INVISIBLE, content):
        rule, mend = "a text must not hold an invisible character", "write the text again"
        yield Fault(file, f"key {key}", rule, repr(content), "plain text", mend)
    elif isinstance(content, str) and re.search(FORMULA, content):
        rule = "a text must not begin like the formula of a spreadsheet"
        allowed = "text that begins with no =, @, + or -, but for a signed number"
        mend = "leave the sign out, or write it later in the text"
        yield Fault(file, f"key {key}", rule, repr(content), allowed, mend)


def _values(node: yaml.Node, known: dict[int, int | None]) -> int:
    """Return how many values a node has, each alias counted as what it stands for."""
    if id(node) not in known:
        known[id(node)] = None  # not counted yet: only an alias inside itself can meet it so
        parts = node.value if isinstance(node, yaml.CollectionNode) else []
        inner = [one for part in parts for one in (part if isinstance(part, tuple) else (part,))]
        known[id(node)] = 1 + sum(_values(one, known) for one in inner)
    count = known[id(node)]
    if count is None:
        raise _RefusedError(
            "an alias must not stand inside what it stands for",
            f"such an alias in line {node.start_mark.line + 1}",
            "values that can be written out",
            "take the alias (`*name`) out, and write the values in its place",
        )
    return count


def _in_words(error: yaml.YAMLError | ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "lists or names nested too deeply"
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return " ".join(str(error).split())
    mark, context = error.problem_mark, error.context or ""
    if error.context_mark is not None and error.context_mark.line != mark.line:
        context += f" that begins in line {error.context_mark.line + 1}"
    words = ", ".join(filter(None, [context, error.problem]))
    return f"line {mark.line + 1}, column {mark.column + 1}: {words}"


class _RefusedError(Exception):
    """What YAML allows and this project does not."""

    def __init__(self, rule: str, found: str, allowed: str, mend: str) -> None:
        self.rule, self.found, self.allowed, self.mend = rule, found, allowed, mend
        super().__init__(rule)


class _Strict(yaml.SafeLoader):
    """YAML's safe loader without what would be lost or changed silently.

    A key written twice is an error. Whole numbers are written in decimals: YAML reads ``010``
    as 8, and ``1:30`` as 90.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        lines: dict[Any, int] = {}
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _RefusedError(
                    "a key must be a name",
                    f"a list or more in line {line}",
                    "`name: value` lines",
                    "write a name before the colon; a text with braces belongs in quotes",
                )
            key = self.construct_object(key_node, deep=True)
            if key in lines:
                raise _RefusedError(
                    "a key must be written once",
                    f"the key {key!r} is written twice: in line {lines[key]} and in line {line}",
                    "every key once",
                    "take out one of the two, or give it another name",
                )
            lines[key] = line
        return super().construct_mapping(node, deep)


_INTEGER = "tag:yaml.org,2002:int"
_Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _INTEGER]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Strict.add_implicit_resolver(
    _INTEGER, re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")
)
