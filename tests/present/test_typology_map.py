"""The map of types: what is drawn of whom, and that the same data give the same bytes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.present.typology_map import LOOKS, draw_typology, year_statuses
from underbalance.schemas.typology import TYPES

GROUP = Group(label="Formal allies", members=("JPN", "POL"), years="committed")
MEMBERS = frozenset({"JPN", "POL"})


def years(*rows: tuple[str, int, bool, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "is_ally", "type"]).assign(quantile=0.5)


def test_unknown_type_and_year_outside_the_sample_are_told_apart():
    found = year_statuses(
        years(("POL", 1998, False, "slow"), ("POL", 1999, True, ""), ("POL", 2000, True, "slow")),
        GROUP,
        MEMBERS,
    )
    assert found["status"].tolist() == ["outside", "not known", "slow"]


@pytest.mark.parametrize("row", [("ISR", 1999, True, "slow"), ("POL", 1998, False, "slow")])
def test_ally_without_a_year_in_the_sample_is_not_drawn(row):
    found = year_statuses(years(("JPN", 1999, True, "slow"), row), GROUP, MEMBERS)
    assert found["iso3"].tolist() == ["JPN"]


def test_every_type_and_what_is_unknown_or_outside_has_a_look_of_its_own():
    assert set(LOOKS) == {*TYPES, "not known", "outside"}
    assert len({(look.face, look.hatch, look.height) for look in LOOKS.values()}) == len(LOOKS)


def test_map_shows_the_types_of_the_given_quantile_with_the_same_bytes_twice(allies, tmp_path):
    kinds = [*TYPES, ""]
    rows = years(
        *[(i, year, year != 1990, kinds[year % 5]) for i in MEMBERS for year in range(1985, 2001)]
    )
    table = pd.concat([rows, rows.assign(quantile=0.75, type="slow")], ignore_index=True)

    def drawn(folder: str, quantile: float) -> list[bytes]:
        paths: list[Path] = [tmp_path / folder / f"f.{ending}" for ending in ("pdf", "png")]
        draw_typology(table, allies, (GROUP, MEMBERS), quantile, [1985, 2000], paths)
        return [path.read_bytes() for path in paths]

    first = drawn("a", 0.5)
    assert first == drawn("b", 0.5)
    assert first[0].startswith(b"%PDF")
    assert first[1] != drawn("c", 0.75)[1]


def test_types_are_counted_and_no_text_is_on_another(allies, figures, text_faults, tmp_path):
    table = years(("JPN", 1999, True, "slow"), ("JPN", 2000, True, ""), ("POL", 1999, True, "slow"))
    said = draw_typology(table, allies, (GROUP, MEMBERS), 0.5, [1985, 2000], [tmp_path / "f.png"])
    assert "Ally-years with a type: 2 (effective 0, inconsistent 0, slow 2, failing 0)" in (
        said.caption
    )
    assert text_faults(figures[0]) == []


def test_sample_without_an_ally_year_is_said(allies, figures, tmp_path):
    table = years(("ISR", 1999, True, "slow"))
    draw_typology(table, allies, (GROUP, MEMBERS), 0.5, [1985, 2000], [tmp_path / "f.png"])
    assert "no ally-year in the sample" in [text.get_text() for text in figures[0].axes[0].texts]
