"""Who still waits: the cases by obstacle, their curves, and the numbers below them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.models.curves import kaplan_meier
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.present.outcome_numbers import waiting_curve
from underbalance.present.survival import draw_incidence, draw_survival
from underbalance.present.waiting import (
    at_risk,
    no_cases,
    periods_before,
    shown_until,
    waiting_cases,
)
from underbalance.specifications import read_models

WORDS = 0.5, "Formal allies", 0.95, "Sources: a register."
GROUP = Group(label="Formal allies", members=("JPN", "KOR"), years="committed")
MEMBERS = frozenset({"JPN", "KOR"})


def types(**high: dict[int, bool]) -> pd.DataFrame:
    rows = [(iso3, year, value) for iso3, years in high.items() for year, value in years.items()]
    frame = pd.DataFrame(rows, columns=["iso3", "year", "high_social"])
    return frame.astype({"high_social": "boolean"})


def deal_spells(*deals: tuple[str, int, int, bool]) -> dict[str, pd.DataFrame]:
    """Return the years at risk of deals: ally, order year, last year, delivered."""
    rows = [
        {
            "deal_id": number,
            "iso3": iso3,
            "year": year,
            "years_since_order": year - ordered,
            "delivered": delivered and year == last,
            "is_ally": True,
            "for_other_platform": False,
            "log_deal_size": 1.0,
        }
        for number, (iso3, ordered, last, delivered) in enumerate(deals)
        for year in range(ordered, last + 1)
    ]
    return {"deal_spells": pd.DataFrame(rows)}


def waiting(tables: dict[str, pd.DataFrame], known: pd.DataFrame) -> pd.DataFrame:
    spec = read_models()["delivery"]
    return waiting_cases(spec, tables, known, GROUP, MEMBERS).set_index("spell")


def simulated(seed: int, count: int = 160) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    entry = rng.integers(0, 3, count).astype("float64")
    return pd.DataFrame(
        {
            "iso3": "JPN",
            "spell": [str(i) for i in range(count)],
            "entry": entry,
            "stop": entry + rng.integers(1, 8, count),
            "event": rng.integers(0, 2, count).astype("float64"),
            "ended_by": rng.choice(["", "ordered", "lapsed"], count),
            "social": rng.choice(["low", "high", ""], count, p=[0.45, 0.45, 0.1]),
        }
    )


def test_a_case_takes_the_obstacle_of_the_year_before_it_begins():
    tables = deal_spells(("JPN", 2000, 2002, True), ("KOR", 2000, 2001, False))
    known = types(JPN={1999: True, 2000: False, 2001: False}, KOR={1999: False, 2000: True})
    found = waiting(tables, known)
    assert found["social"].tolist() == ["high", "low"]
    assert found[["entry", "stop", "event"]].to_numpy().tolist() == [[0, 3, 1], [0, 2, 0]]


def test_a_case_is_watched_from_when_the_obstacle_is_known():
    found = waiting(deal_spells(("JPN", 2000, 2004, True)), types(JPN={2001: True, 2002: False}))
    assert found[["entry", "stop", "event", "social"]].to_numpy().tolist() == [[2, 5, 1, "high"]]


def test_a_case_without_a_known_obstacle_is_in_no_group():
    found = waiting(deal_spells(("JPN", 2000, 2001, True)), types(KOR={1999: True}))
    assert found["social"].tolist() == [""]
    assert found["event"].tolist() == [1]


def test_cases_that_the_model_leaves_out_are_left_out():
    tables = deal_spells(("JPN", 2000, 2001, True), ("USA", 2000, 2001, True))
    tables["deal_spells"].loc[:1, "for_other_platform"] = True
    assert waiting(tables, types(JPN={1999: True})).empty


def test_clocks_whose_first_year_is_not_at_risk_begin_a_year_later():
    pledge = pd.DataFrame(
        {
            "iso3": ["JPN"],
            "year": [2014],
            "is_ally": [True],
            "pledge": ["gdp"],
            "years_to_pledge": pd.array([3], dtype="Int64"),
            "reached": pd.array([True], dtype="boolean"),
            "at_target_at_start": [False],
        }
    )
    spec = read_models()["pledge"]
    known = types(JPN={2014: False})
    found = waiting_cases(spec, {"pledge": pledge}, known, GROUP, MEMBERS)
    assert found[["entry", "stop", "event", "social"]].to_numpy().tolist() == [[0, 3, 1, "low"]]


def test_numbers_at_risk_are_those_of_a_count_by_hand():
    cases = simulated(1)
    times = np.arange(0, 10)
    by_hand = [
        sum(
            (entry < time or (time == 0 and entry == 0)) and stop >= time
            for entry, stop in zip(cases["entry"], cases["stop"], strict=True)
        )
        for time in times
    ]
    assert at_risk(cases, times).tolist() == by_hand


def test_curves_end_where_a_group_becomes_small():
    low = pd.DataFrame({"entry": 0.0, "stop": [2.0] * 3 + [4.0] * 5 + [9.0] * 4, "social": "low"})
    high = pd.DataFrame({"entry": 0.0, "stop": [7.0] * 8, "social": "high"})
    assert shown_until(pd.concat([low, high], ignore_index=True)) == 4
    assert shown_until(high) == 7


def test_figure_shows_the_curves_and_the_numbers_at_risk(figures, text_faults, tmp_path: Path):
    cases = simulated(2)
    draw_survival({"delivery": cases}, *WORDS, [tmp_path / "f.png"])
    (figure,) = figures
    panel = figure.axes[0]
    until = panel.get_xlim()[1]
    for name in ("low", "high"):
        own = cases[cases["social"] == name]
        expected = kaplan_meier(own, stop="stop", event="event", entry="entry")
        # a case that ends in its first period, in the year of the order, ends at 0
        expected = expected[expected["time"] - 1 <= until]
        (line,) = [line for line in panel.lines if line.get_label() == name]
        assert line.get_xdata()[1:-1] == pytest.approx(expected["time"] - 1)
        assert line.get_ydata()[1:-1] == pytest.approx(expected["estimate"])
    below = [text.get_text() for text in panel.texts]
    ticks = panel.get_xticks()
    for name in ("high", "low"):
        own = cases[cases["social"] == name]
        wanted = [str(count) for count in at_risk(own, ticks + 1)]
        last = len(below) - 1 - below[::-1].index(name)
        assert below[last + 1 : last + 1 + len(ticks)] == wanted
    assert text_faults(figure) == []


def test_median_read_off_the_figure_is_that_of_the_outcome_page(figures, tmp_path: Path):
    tables = deal_spells(*[("JPN", 2000, 2000 + years, True) for years in (0, 1, 1, 2, 2, 2, 5, 7)])
    cases = waiting(tables, types(JPN={1999: True})).reset_index()
    draw_survival({"delivery": cases}, *WORDS, [tmp_path / "f.png"])
    delivery = pd.DataFrame({"years_to_delivery": [0, 1, 1, 2, 2, 2, 5, 7], "delivered": True})
    page = waiting_curve(delivery, OUTCOMES["delivery"])
    (line,) = [line for line in figures[0].axes[0].lines if line.get_label() == "high"]
    times, shares = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    assert times[shares <= 0.5][0] == page.index[page <= 0.5][0] == 2


@pytest.mark.parametrize(
    ("outcome", "before"), [("delivery", 1), ("commitment", 1), ("agreement", 1), ("pledge", 0)]
)
def test_first_period_ends_at_zero_but_where_the_first_year_is_not_at_risk(outcome, before):
    assert periods_before(outcome) == before


def test_caption_counts_cases_groups_and_what_was_left_out(tmp_path: Path):
    cases = simulated(3)
    said = draw_survival({"delivery": cases}, *WORDS, [tmp_path / "f.pdf"]).caption
    groups = cases["social"].value_counts()
    known = cases[cases["social"] != ""]
    assert f"delivery {len(known)} ({groups['low']} low, {groups['high']} high;" in said
    assert f"{known['event'].sum():.0f} ended, {groups['']} left out" in said
    assert said.endswith("Sources: a register.")


@pytest.mark.parametrize("kept", [["high"], [""], []])
def test_a_group_without_a_case_is_said_and_not_drawn(kept, figures, text_faults, tmp_path: Path):
    cases = simulated(4)
    cases = cases[cases["social"].isin(kept)]
    draw_survival({"delivery": cases}, *WORDS, [tmp_path / "a.png"])
    draw_incidence(cases, *WORDS, [tmp_path / "b.png"])
    for figure in figures:
        said = [text.get_text() for text in figure.axes[0].texts]
        assert any(text.startswith("no case") for text in said)
        assert text_faults(figure) == []
    assert len(figures) == 2


def test_a_group_in_which_nothing_happened_is_a_level_line(figures, tmp_path: Path):
    cases = simulated(5).assign(event=0.0, ended_by="")
    draw_survival({"delivery": cases}, *WORDS, [tmp_path / "a.png"])
    (figure,) = figures
    heights = [set(line.get_ydata()) for line in figure.axes[0].lines]
    assert heights == [{1.0}, {1.0}]


def test_figures_without_an_outcome_are_drawn(tmp_path: Path):
    draw_survival({}, *WORDS, [tmp_path / "a.png"])
    draw_incidence(no_cases(), *WORDS, [tmp_path / "b.png"])
    assert len(list(tmp_path.iterdir())) == 2


def test_incidence_of_both_endings_never_exceeds_one(figures, text_faults, tmp_path: Path):
    cases = simulated(6).assign(entry=0.0)
    draw_incidence(cases, *WORDS, [tmp_path / "f.png"])
    (figure,) = figures
    ordered, lapsed = figure.axes[:2]
    assert [axes.get_title(loc="left") for axes in (ordered, lapsed)] == ["Ordered", "Lapsed"]
    for one, other in zip(ordered.lines, lapsed.lines, strict=True):
        assert one.get_label() == other.get_label()
        assert one.get_ydata()[-1] + other.get_ydata()[-1] <= 1 + 1e-12
    assert text_faults(figure) == []


def test_same_cases_give_the_same_bytes(tmp_path: Path):
    for name in ("a", "b"):
        paths = [tmp_path / f"{name}.pdf", tmp_path / f"{name}.png"]
        draw_survival({"delivery": simulated(7), "pledge": simulated(8)}, *WORDS, paths)
    for ending in ("pdf", "png"):
        first, again = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("a", "b"))
        assert first == again
