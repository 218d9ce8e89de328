"""The figures of obstacles by ally and of alternative codings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.present.ally_panels import places_of, row_heights
from underbalance.present.coding_correlations import draw_coding_correlations, heights_of
from underbalance.present.obstacle_profiles import draw_obstacle_profiles, in_deviations

OBSTACLES = {"political": "Political", "economic": "Economic", "legal": "Legal"}


@pytest.fixture
def ally_year() -> pd.DataFrame:
    years = range(2000, 2006)
    rows = pd.DataFrame(
        [
            {"iso3": code, "name": name, "region": region, "year": year, "is_ally": year > 2001}
            for code, name, region in [
                ("JPN", "Japan", "asia_pacific"),
                ("DEU", "Germany", "europe"),
                ("ISR", "Israel", "middle_east"),
            ]
            for year in years
        ]
    )
    size = len(rows)
    made = {"political": range(size), "economic": range(size, 0, -1), "legal": [1.0, 2] * 9}
    return rows.assign(in_reference=rows["iso3"] != "ISR", **made).astype({"political": "float64"})


def regions(**counts: int) -> pd.DataFrame:
    rows = [
        {"iso3": f"{region}{i}", "name": f"Ally {i}", "region": region}
        for region, count in counts.items()
        for i in range(count)
    ]
    return pd.DataFrame(rows)


def correlations(**within: float) -> pd.DataFrame:
    rows = [
        {
            "coding": name,
            "primary": name.split("_")[0],
            "level": level,
            "pearson": value,
            "ally_years": 1100,
            "shared": 1,
            "variables": 2,
        }
        for name, found in within.items()
        for level, value in (("overall", 0.9), ("within", found))
    ]
    return pd.DataFrame(rows)


def test_indices_are_in_standard_deviations_of_the_reference_rows_only() -> None:
    rows = pd.DataFrame({"political": [1.0, 3, 5, 100], "in_reference": [True, True, True, False]})
    assert in_deviations(rows, ["political"])["political"].tolist() == [-1, 0, 1, 48.5]


def test_each_region_begins_a_row_after_an_empty_one() -> None:
    placed = places_of(regions(asia=2, europe=8, north=1)).set_index("iso3")
    assert placed.loc["asia1", ["row", "column"]].tolist() == [0, 1]
    assert placed.loc["europe0", ["row", "column"]].tolist() == [2, 0]
    assert placed.loc["europe7", ["row", "column"]].tolist() == [3, 1]
    assert placed.loc["north0", ["row", "column"]].tolist() == [5, 0]
    heights = row_heights(placed.reset_index())
    assert [height == 1 for height in heights] == [True, False, True, True, False, True]


def test_years_are_labelled_where_no_panel_is_below() -> None:
    placed = places_of(regions(asia=2, europe=8)).set_index("iso3")
    assert placed.index[placed["lowest"]].tolist() == [f"europe{i}" for i in range(2, 8)]


def test_profiles_are_drawn_with_the_same_bytes_twice_and_of_members_only(
    ally_year: pd.DataFrame, tmp_path: Path
) -> None:
    written = []
    changed = ally_year.copy()
    changed.loc[changed["iso3"] == "ISR", "political"] = 0.0
    for folder, rows in (("a", ally_year), ("b", changed)):
        paths = [tmp_path / folder / f"f.{ending}" for ending in ("pdf", "png")]
        draw_obstacle_profiles(rows, OBSTACLES, ["DEU", "JPN"], (2000, 2005), "", paths)
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
    assert written[0][0].startswith(b"%PDF")
    path = tmp_path / "c.png"
    shifted = ally_year.assign(is_ally=ally_year["year"] > 2003)
    draw_obstacle_profiles(shifted, OBSTACLES, ["DEU", "JPN"], (2000, 2005), "", [path])
    assert path.read_bytes() != written[0][1]


def test_profiles_name_every_ally_and_region_and_no_text_is_on_another(
    ally_year: pd.DataFrame, figures, text_faults, tmp_path: Path
) -> None:
    said = draw_obstacle_profiles(
        ally_year, OBSTACLES, ["DEU", "JPN"], (2000, 2005), "Sources: a.", [tmp_path / "f.png"]
    )
    (figure,) = figures
    assert {axes.get_title(loc="left") for axes in figure.axes} - {""} == {"Germany", "Japan"}
    assert text_faults(figure) == []
    assert "of 2 allies, 2000 to 2005" in said.caption
    assert said.caption.endswith("Sources: a.")


def test_figure_of_no_alternative_says_so(figures, tmp_path: Path) -> None:
    none = correlations(political_a=0.5).iloc[:0]
    draw_coding_correlations(none, {}, [tmp_path / "f.png"])
    assert [text.get_text() for text in figures[0].axes[0].texts][:1] == ["no alternative coding"]


def test_alternatives_stand_below_their_primary() -> None:
    found = correlations(political_a=0.5, political_b=0.4, legal_a=0.3)
    assert heights_of(found) == {
        "political": 0,
        "political_a": -1,
        "political_b": -2,
        "legal": -3,
        "legal_a": -4,
    }


def test_correlations_are_drawn_with_the_same_bytes_twice_and_missing_ones_are_not(
    tmp_path: Path,
) -> None:
    labels = {"political": "Political obstacle", "political_a": "Alternative"}
    written = []
    for name, value in (("a", 0.5), ("b", 0.5), ("c", float("nan"))):
        path = tmp_path / f"{name}.png"
        draw_coding_correlations(correlations(political_a=value), labels, [path])
        written.append(path.read_bytes())
    assert written[0] == written[1] != written[2]
