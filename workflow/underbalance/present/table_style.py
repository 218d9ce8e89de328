"""How tables look: the presets of config/styles.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import pandas as pd
from pydantic import Field, model_validator

from underbalance.strict import Strict, parse_named, wrong
from underbalance.yaml_files import read_yaml

STYLES_FILE: Final = Path("config/styles.yaml")

Below = Literal["std_error", "interval", "p_value", "holm"]


class Star(Strict):
    """A mark of estimates with a p-value below a level."""

    # the dagger marks models of few events
    mark: Annotated[str, Field(pattern=r"^(\*{1,3}|\+)$")]
    below: Annotated[float, Field(strict=True, gt=0, lt=1)]


class Style(Strict):
    """A preset of config/styles.yaml."""

    label: str
    below: tuple[Below, ...] = Field(min_length=1)
    stars: tuple[Star, ...] = ()
    stars_by: Literal["p_value", "holm"] = "p_value"
    decimals: Annotated[int, Field(strict=True, ge=1, le=6)] = 3
    notes_label: str = ""

    @model_validator(mode="after")
    def _told_apart(self) -> Style:
        if len(set(self.below)) < len(self.below):
            raise ValueError("what stands below an estimate must be named once")
        levels = [star.below for star in self.stars]
        if levels != sorted(set(levels), reverse=True):
            raise wrong(
                "the levels of stars must become smaller from one to the next",
                found=", ".join(map(str, levels)),
                allowed="for example 0.05, then 0.01",
                mend="put the highest level first, and every level once",
                key="stars",
            )
        if len({star.mark for star in self.stars}) < len(self.stars):
            raise ValueError("every level of stars must have a mark of its own")
        return self

    @property
    def shows_p(self) -> bool:
        """Whether a reader sees p-values, or marks made of them."""
        return bool(self.stars) or not {"p_value", "holm"}.isdisjoint(self.below)


def read_styles(path: Path = STYLES_FILE) -> dict[str, Style]:
    """Read config/styles.yaml: styles of tables by name."""
    return parse_named(read_yaml(path), Style, str(path))


def style_of(content: Mapping[str, Any]) -> Style:
    """Return the style that a rule gives its script as a parameter."""
    return Style.model_validate(content)


def star_mark(style: Style, p: float | None) -> str:
    """Return the mark of a p-value; none where it is missing."""
    if p is None or pd.isna(p):
        return ""
    earned = [star.mark for star in style.stars if p < star.below]
    return earned[-1] if earned else ""
