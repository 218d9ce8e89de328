"""How tables look: the presets of config/styles.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from underbalance.config import Strict, parse_named
from underbalance.yaml_files import read_yaml

STYLES_FILE: Final = Path("config/styles.yaml")


class Style(Strict):
    """A preset of config/styles.yaml."""

    label: str
    notes_label: str = ""


def read_styles(path: Path = STYLES_FILE) -> dict[str, Style]:
    """Read config/styles.yaml: styles of tables by name."""
    return parse_named(read_yaml(path), Style, str(path))


def style_of(content: Mapping[str, Any]) -> Style:
    """Return the style that a rule gives its script as a parameter."""
    return Style.model_validate(content)
