"""Figures: what is drawn, and that the same data give the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Coding, Component, Group
from underbalance.models.tidy import not_estimated
from underbalance.present.coefficients import draw_coefficients
from underbalance.present.undelivered_deals import draw_undelivered_deals, durations_by_tercile
from underbalance.specifications import Specification


@pytest.fixture
def ally_year() -> pd.DataFrame:
    """Obstacle 0 … 8 in nine years, all of the reference sample; none in 2000."""
    years = list(range(1990, 1999))
    rows = pd.DataFrame({"iso3": "JPN", "year": years, "political": [float(i) for i in range(9)]})
    empty = pd.DataFrame({"iso3": ["JPN"], "year": [2000], "political": [float("nan")]})
    return pd.concat([rows, empty], ignore_index=True).assign(in_reference=True, is_ally=True)


@pytest.fixture
def deals() -> pd.DataFrame:
    """Orders of 1991 (low), 1995 (middle), 1999 (high) and 2001 (obstacle not observed)."""
    return pd.DataFrame(
        {
            "deal_id": [1, 2, 3, 4],
            "iso3": "JPN",
            "order_year": [1991, 1995, 1999, 2001],
            "first_delivery_year": pd.array([1991, 1998, None, 2002], dtype="Int64"),
            "delivered": [True, True, False, True],
            "exclusion": "",
            "is_ally": True,
        }
    )


def test_a_deal_takes_the_obstacle_of_the_year_before_its_order(
    deals: pd.DataFrame, ally_year: pd.DataFrame
) -> None:
    groups = durations_by_tercile(deals, ally_year, "political", 2025)
    assert {name: len(group) for name, group in groups.items()} == {
        "low": 1,
        "middle": 1,
        "high": 1,
    }


def test_durations_count_calendar_years_from_the_beginning_of_the_order_year(
    deals: pd.DataFrame, ally_year: pd.DataFrame
) -> None:
    groups = durations_by_tercile(deals, ally_year, "political", 2025)
    assert groups["low"]["years"].item() == 1  # delivered in the order year
    assert groups["middle"]["years"].item() == 4  # 1995, 1996, 1997, 1998
    assert groups["high"]["years"].item() == 27  # not delivered by the end of 2025
    assert not groups["high"]["delivered"].item()


def test_terciles_are_cut_on_the_reference_sample_only(
    deals: pd.DataFrame, ally_year: pd.DataFrame
) -> None:
    shifted = ally_year.assign(in_reference=ally_year["political"] >= 6)
    groups = durations_by_tercile(deals, shifted, "political", 2025)
    assert len(groups["low"]) == 2


def test_undelivered_deals_are_drawn_with_the_same_bytes_twice(
    deals: pd.DataFrame, ally_year: pd.DataFrame, tmp_path: Path
) -> None:
    part = Component(variable="enpp", sign=1)
    codings = {
        "political": Coding(
            label="P",
            concept="political",
            transform="z",
            aggregate="mean",
            components=(part,),
            min_components=1,
        )
    }
    group = Group(label="G", members=("JPN",), years="committed")
    written = []
    for folder in ("a", "b"):
        paths = [tmp_path / folder / f"f.{ending}" for ending in ("pdf", "png")]
        sample = (group, frozenset({"JPN"}))
        draw_undelivered_deals(deals, ally_year, codings, sample, [], 2025, "G", 0.95, paths)
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
    assert written[0][0].startswith(b"%PDF")
    assert written[0][1].startswith(b"\x89PNG")


def test_coefficients_are_drawn_for_every_specification(
    panel_rows: pd.DataFrame,
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    tmp_path: Path,
) -> None:
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    rows = pd.concat([panel_rows, grouped_rows])
    paths = [tmp_path / "f.png"]
    draw_coefficients(rows, specs, {}, 0.95, paths)
    first = paths[0].read_bytes()
    rows.loc[rows["term"] == "political_lag1", "estimate"] += 0.2
    draw_coefficients(rows, specs, {}, 0.95, paths)
    changed = paths[0].read_bytes()
    assert changed != first
    draw_coefficients(rows, specs, {("H2", "growth", "political_lag1"): 0.04}, 0.95, paths)
    assert paths[0].read_bytes() != changed


def test_model_without_an_estimate_or_an_end_of_its_interval_is_drawn(
    panel_spec: Specification,
    grouped_rows: pd.DataFrame,
    grouped_spec: Specification,
    tmp_path: Path,
) -> None:
    names = {"outcome": "effort_growth", "sample": "core", "data_sha": "0"}
    none = not_estimated("no event", spec_id="growth", **names)
    rows = pd.concat([none, grouped_rows.assign(ci_low=-np.inf)])
    specs = {"growth": panel_spec, "delivery": grouped_spec}
    draw_coefficients(rows, specs, {}, 0.95, [tmp_path / "f.png"])
    assert (tmp_path / "f.png").read_bytes().startswith(b"\x89PNG")
