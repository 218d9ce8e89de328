"""Shares of GDP by ally, the pledge, and the years in which growth reversed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from underbalance.present.defence_effort import REVERSED, draw_defence_effort

YEARS = [2010, 2020]


@pytest.fixture
def ally_year() -> pd.DataFrame:
    rows = [
        (iso3, name, region, year, year >= begins)
        for iso3, name, region, begins in [
            ("JPN", "Japan", "asia_pacific", 2000),
            ("POL", "Poland", "europe", 2000),
            ("FIN", "Finland", "europe", 2018),
            ("USA", "United States", "north_america", 2000),
        ]
        for year in range(2008, 2021)
    ]
    frame = pd.DataFrame(rows, columns=["iso3", "name", "region", "year", "is_ally"])
    return frame.assign(milex_share_gdp=0.015).astype({"milex_share_gdp": "Float64"})


@pytest.fixture
def effort() -> pd.DataFrame:
    rows = [("JPN", 2012, True), ("JPN", 2013, None), ("POL", 2014, False), ("POL", 2009, True)]
    frame = pd.DataFrame(rows, columns=["iso3", "year", "reversal"])
    return frame.astype({"reversal": "boolean"})


@pytest.fixture
def pledge() -> pd.DataFrame:
    rows = [("POL", 2014, "gdp"), ("FIN", 2018, "gdp"), ("POL", 2014, "equipment")]
    return pd.DataFrame(rows, columns=["iso3", "year", "pledge"])


@pytest.fixture
def drawn(ally_year, effort, pledge, tmp_path: Path):
    def draw(name: str, **changed: object):
        given = {"ally_year": ally_year, "effort": effort, "pledge": pledge} | changed
        members = ["JPN", "POL", "FIN"]
        paths = [tmp_path / f"{name}.{ending}" for ending in ("pdf", "png")]
        return draw_defence_effort(**given, members=members, years=YEARS, sources="", paths=paths)

    return draw


def panel(figure, name: str):
    (found,) = [axes for axes in figure.axes if axes.get_title(loc="left") == name]
    return found


def test_shares_are_in_percent_and_of_members_only(drawn, figures, text_faults):
    said = drawn("a")
    names = {axes.get_title(loc="left") for axes in figures[0].axes} - {""}
    assert names == {"Japan", "Poland", "Finland"}
    line = panel(figures[0], "Japan").lines[0]
    assert set(line.get_ydata()) == {1.5}
    assert line.get_xdata().tolist() == list(range(2010, 2021))
    assert "of 3 allies, 2010 to 2020 (33 ally-years" in said.caption
    assert text_faults(figures[0]) == []


def test_reversals_are_marked_in_the_years_shown(drawn, figures):
    said = drawn("a")
    marks = {
        name: [
            list(one.get_xdata())
            for one in panel(figures[0], name).lines
            if one.get_marker() == "|"
        ]
        for name in ("Japan", "Poland")
    }
    assert marks == {"Japan": [[2012]], "Poland": [[]]}
    assert "(reversals: 1)" in said.caption
    (key,) = figures[0].legends
    assert REVERSED in [text.get_text() for text in key.get_texts()]


def test_the_pledge_is_a_line_from_its_beginning_where_it_holds(drawn, figures):
    drawn("a")
    begins = {
        name: [
            one.get_xdata()[0]
            for one in panel(figures[0], name).lines
            if set(one.get_ydata()) == {2.0}
        ]
        for name in ("Japan", "Poland", "Finland")
    }
    assert begins == {"Japan": [], "Poland": [2014], "Finland": [2018]}


def test_a_share_far_above_the_others_is_cut_and_said(ally_year, drawn, figures, text_faults):
    war = (ally_year["iso3"] == "POL") & (ally_year["year"] == 2015)
    ally_year.loc[war, "milex_share_gdp"] = 0.2
    drawn("a", ally_year=ally_year)
    axes = panel(figures[0], "Poland")
    assert axes.get_ylim()[1] < 20
    assert [text.get_text() for text in axes.texts] == ["to 20.0"]
    assert text_faults(figures[0]) == []


def test_no_known_share_is_drawn_and_said(ally_year, drawn, figures):
    said = drawn("a", ally_year=ally_year.assign(milex_share_gdp=pd.NA))
    assert said.caption.startswith("No military expenditure is known")
    assert "no ally to show" in [text.get_text() for text in figures[0].axes[0].texts]


def test_same_rows_give_the_same_bytes(drawn, tmp_path: Path):
    for name in ("a", "b"):
        drawn(name)
    for ending in ("pdf", "png"):
        first, again = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("a", "b"))
        assert first == again


def test_members_without_known_expenditure_are_named(drawn, ally_year, figures):
    unknown = ally_year["iso3"] == "FIN"
    said = drawn(
        "a", ally_year=ally_year.assign(milex_share_gdp=ally_year["milex_share_gdp"].mask(unknown))
    )
    assert "Without known military expenditure: Finland." in said.caption
    assert any("expenditure: Finland." in text.get_text() for text in figures[0].texts)
    assert "Without" not in drawn("b").caption
