"""The styles of tables, and what a user is told who writes one wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from underbalance.errors import Fault, FaultsError
from underbalance.present.table_style import Style, read_styles, star_mark

STARS = "[{mark: '*', below: 0.05}, {mark: '**', below: 0.01}]"


@pytest.fixture
def read(tmp_path: Path):
    """Read a file with one style of these lines."""

    def read(*lines: str) -> Style:
        path = tmp_path / "styles.yaml"
        path.write_text("\n".join(["mine:", "  label: Mine", *(f"  {line}" for line in lines)]))
        return read_styles(path)["mine"]

    return read


def fault_of(read, *lines: str) -> Fault:
    with pytest.raises(FaultsError) as error:
        read(*lines)
    return error.value.faults[0]


def test_shipped_styles_are_sound_and_the_default_has_no_stars(project: Path) -> None:
    styles = read_styles(project / "config/styles.yaml")
    assert {"default", "apsr", "ajps", "jcr", "isq"} <= set(styles)
    assert styles["default"].stars == ()
    assert "std_error" in styles["default"].below


def test_a_style_of_one_s_own_needs_no_code(read) -> None:
    style = read("below: [interval, p_value]", f"stars: {STARS}", "decimals: 2")
    assert (style.below, style.decimals, style.stars_by) == (("interval", "p_value"), 2, "p_value")


@pytest.mark.parametrize(
    ("p", "mark"), [(0.2, ""), (0.05, ""), (0.0499, "*"), (0.0099, "**"), (float("nan"), "")]
)
def test_the_smallest_level_above_a_p_value_gives_its_star(read, p: float, mark: str) -> None:
    assert star_mark(read("below: [std_error]", f"stars: {STARS}"), p) == mark
    assert star_mark(read("below: [std_error]"), p) == ""


def test_an_unknown_key_is_told_with_the_one_that_was_meant(read) -> None:
    fault = fault_of(read, "below: [std_error]", "star: []")
    assert (fault.where, fault.rule) == ("key mine.star", "unknown key")
    assert "stars" in fault.mend


def test_an_unknown_line_below_is_told_with_the_known_ones(read) -> None:
    fault = fault_of(read, "below: [std_eror]")
    assert fault.where == "key mine.below.0"
    assert "std_error" in fault.mend


@pytest.mark.parametrize(
    "stars",
    [
        "[{mark: '*', below: 0.01}, {mark: '**', below: 0.05}]",
        "[{mark: '*', below: 0.05}, {mark: '**', below: 0.05}]",
    ],
)
def test_levels_of_stars_become_smaller(read, stars: str) -> None:
    fault = fault_of(read, "below: [std_error]", f"stars: {stars}")
    assert fault.rule == "the levels of stars must become smaller from one to the next"


@pytest.mark.parametrize(
    "lines",
    [
        ("below: [std_error, std_error]",),
        ("below: []",),
        ("below: [std_error]", "decimals: 9"),
        ("below: [std_error]", "stars: [{mark: '†', below: 0.1}]"),
        ("below: [std_error]", "stars: [{mark: '*', below: 0.1}, {mark: '*', below: 0.05}]"),
        ("below: [std_error]", "stars: [{mark: '*', below: 5}]"),
    ],
)
def test_what_makes_no_sense_is_refused(read, lines: tuple[str, ...]) -> None:
    assert fault_of(read, *lines).where.startswith(("key mine", "the settings"))
