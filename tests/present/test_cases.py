"""The figure and the page of a case: levels, places, cells, and the same bytes twice."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from underbalance.config import Cases
from underbalance.outcomes.missile_defence import case_events, reversals, stage_durations
from underbalance.present.case_figure import CaseFigure, draw_case, known_until
from underbalance.present.case_layout import (
    case_deals,
    lanes,
    named_spans,
    obstacle_levels,
    own_top_years,
    spans_text,
    spread,
    year_of,
)
from underbalance.present.case_page import CasePage, stage_rows, write_case_index, write_case_page
from underbalance.present.site.frame import Site

CASES = Cases(min_events=1, systems=())
YEARS = (1983, 2025)


@pytest.fixture
def periods() -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "iso3": "KOR",
            "start": ["1983-01-01", "1998-02-25", "2023-07-02"],
            "end": ["1998-02-24", "2023-07-01", "2025-12-31"],
            "head": ["Kim", "Roh", ""],
            "camp": ["rightist", "centrist", "not_known"],
        }
    )
    return table.astype({"start": "datetime64[us]", "end": "datetime64[us]"})


@pytest.fixture
def events(periods: pd.DataFrame) -> pd.DataFrame:
    rows = [
        ("1999-03-05", "interest", 1, "Says <yes> & no"),
        ("2001", "decision", -1, "Refuses"),
        ("2004", "contract", 1, "Buys"),
    ]
    table = pd.DataFrame(rows, columns=["date", "stage", "direction", "summary"])
    table = table.assign(iso3="KOR", programme="PAC-3", partner="USA", head_of_government="X")
    table = table.assign(obstacle="none", obstacle_basis="", source="A <source>")
    return case_events(table.astype({"direction": "Int64"}), CASES, periods)


@pytest.fixture
def deals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "deal_id": [1, 2, 3, 4],
            "designation": ["PAC-3", "PAC-3", "PAC-3", "F-35"],
            "order_year": [2004, 2005, 2012, 2014],
            "first_delivery_year": pd.array([2007, 2006, None, 2018], dtype="Int64"),
            "last_delivery_year": pd.array([2010, 2006, None, 2020], dtype="Int64"),
        }
    )


def test_levels_are_cut_at_the_median_and_75th_percentile_of_the_reference() -> None:
    table = pd.DataFrame({"iso3": "JPN", "year": range(2000, 2006)})
    table["political"] = [0.0, 1.0, 2.0, 3.0, 4.0, None]
    table["in_reference"] = [True, True, True, True, True, True]
    found = obstacle_levels(table, ["political"])  # cuts: 2 and 3
    assert found["level"].tolist() == [*["below_median"] * 3, "above_median", "above_75"]
    assert 2005 not in found["year"].tolist()


def test_ally_years_outside_the_reference_move_no_cut() -> None:
    table = pd.DataFrame({"iso3": "JPN", "year": range(2000, 2006)})
    table["political"] = [0.0, 1.0, 2.0, 3.0, 4.0, 900.0]
    table["in_reference"] = [True, True, True, True, True, False]
    assert obstacle_levels(table, ["political"])["level"].tolist()[3:] == [
        "above_median",
        "above_75",
        "above_75",
    ]


def test_own_top_years_are_above_the_75th_percentile_of_the_ally() -> None:
    table = pd.DataFrame({"year": range(2000, 2009), "legal": [1.0, 2, 3, 4, 5, 6, 9, 9, None]})
    table["in_reference"] = True
    assert own_top_years(table, ["legal"]) == {"legal": "2006–2007"}  # percentile 6.75
    assert own_top_years(table.assign(legal=1.0), ["legal"]) == {"legal": ""}
    # only reference years make the percentile (2.5), but any year can be above it
    half = table.assign(in_reference=table["year"] < 2003)
    assert own_top_years(half, ["legal"]) == {"legal": "2002–2007"}
    nowhere = table.assign(in_reference=False)
    assert own_top_years(nowhere, ["legal"]) == {"legal": "not in the reference sample"}


def test_years_are_told_as_spans() -> None:
    assert spans_text([1993, 1994, 1995, 1998, 2001, 2002]) == "1993–1995, 1998, 2001–2002"


def test_marks_that_are_close_get_lanes_of_their_own() -> None:
    assert lanes([1.0, 1.2, 2.0, 2.1], [1.0, 1.2, 2.0, 2.1], 0.75) == [0, 1, 0, 1]


def test_names_are_spread_so_that_none_overlaps_and_none_leaves_the_axis() -> None:
    places = spread([1.0, 1.1, 1.2, 5.0, 9.9, 10.0], 1.0, 0.0, 10.0)
    gaps = [b - a for a, b in pairwise(places)]
    assert min(gaps) >= 1.0 - 1e-9
    assert places[0] >= 0.0
    assert places[-1] <= 10.0
    assert places[3] == pytest.approx(5.0)


def test_a_day_is_a_decimal_year() -> None:
    assert year_of("2000-01-01") == 2000
    assert year_of("2000-07-02") == pytest.approx(2000.5)
    assert year_of("2001-12-31") == pytest.approx(2001 + 364 / 365)


def test_a_head_whose_camp_changes_is_named_once_and_one_who_returns_twice() -> None:
    heads = pd.DataFrame(
        {
            "head": ["Abe", "Abe", "Aso", "Abe"],
            "start": ["2001-01-01", "2002-01-01", "2003-01-01", "2004-01-01"],
            "end": ["2001-12-31", "2002-12-31", "2003-12-31", "2004-12-31"],
        }
    )
    named = named_spans(heads)
    assert [(name, round(start)) for name, start, _ in named] == [
        ("Abe", 2001),
        ("Aso", 2003),
        ("Abe", 2004),
    ]
    assert named[0][2] == pytest.approx(2003, abs=0.01)


def test_only_listed_systems_are_drawn_and_overlapping_orders_in_lanes(deals) -> None:
    found = case_deals(deals, ["PAC-3"], 2025)
    assert found["designation"].unique().tolist() == ["PAC-3"]
    assert found["lane"].tolist() == [0, 1, 0]
    assert found["open"].tolist() == [False, False, True]


def figure(periods: pd.DataFrame, events: pd.DataFrame, deals: pd.DataFrame) -> CaseFigure:
    levels = pd.DataFrame(
        {"iso3": "KOR", "year": [1990, 1991], "variable": "political", "level": "above_75"}
    )
    dates = ["earliest", "middle", "latest"]
    texts = events.assign(**{name: events[name].dt.strftime("%Y-%m-%d") for name in dates})
    ends = {name: periods[name].dt.strftime("%Y-%m-%d") for name in ("start", "end")}
    shown = case_deals(deals, ["PAC-3"], 2025)
    return CaseFigure("South Korea", levels, periods.assign(**ends), texts, shown, YEARS)


def test_a_case_is_drawn_with_the_same_bytes_twice(periods, events, deals, tmp_path) -> None:
    written = []
    for folder in ("a", "b"):
        paths = [tmp_path / folder / f"KOR.{ending}" for ending in ("pdf", "png")]
        draw_case(figure(periods, events, deals), paths)
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
    assert written[0][0].startswith(b"%PDF")
    assert written[0][1].startswith(b"\x89PNG")


@pytest.mark.parametrize("part", ["levels", "camp", "direction", "deals"])
def test_every_part_of_a_case_is_in_the_figure(part, periods, events, deals, tmp_path) -> None:
    case = figure(periods, events, deals)
    changed = {
        "levels": {"levels": case.levels.assign(level="below_median")},
        "camp": {"periods": case.periods.assign(camp="leftist")},
        "direction": {"events": case.events.assign(direction=1)},
        "deals": {"deals": case.deals.assign(order_year=case.deals["order_year"] - 1)},
    }[part]
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    draw_case(case, paths[:1])
    draw_case(CaseFigure(**{**case.__dict__, **changed}), paths[1:])
    assert paths[0].read_bytes() != paths[1].read_bytes()


def test_a_case_without_deals_and_heads_is_drawn(periods, events, deals, tmp_path) -> None:
    case = figure(periods.assign(head=""), events, deals.iloc[:0])
    draw_case(case, [tmp_path / "f.png"])
    assert (tmp_path / "f.png").is_file()


EXPECTATIONS = pd.DataFrame(
    {
        "label": "Obstacle high in 2003-04",
        "year": ["2003", "2004"],
        "met": ["1", "0"],
        "why": ["above", "0.1 is below 0.3; pulled down by enpp"],
    }
)


def page(events: pd.DataFrame, periods: pd.DataFrame, claims: pd.DataFrame) -> CasePage:
    return CasePage(
        iso3="KOR",
        name="South Korea",
        years=YEARS,
        stages=stage_durations(events, CASES, "2025-12-31"),
        camps=reversals(events, periods),
        events=events,
        top_years={"Political obstacle": "1993–1995", "Legal obstacle": ""},
        deals=pd.DataFrame(
            {
                "designation": ["PAC-3", "PAC-3 MSE"],
                "order_year": [2004.0, 2022.0],
                "first": [2007.0, None],
                "last": [2010.0, None],
            }
        ),
        claims=claims,
        expectations=EXPECTATIONS.iloc[: len(claims) * 2],
        size=(2100, 2400),
        is_member=bool(len(claims)),
    )


def test_cells_tell_reached_censored_and_unrecorded_stages_apart(events) -> None:
    (row,) = stage_rows(stage_durations(events, CASES, "2025-12-31"))
    assert row["cells"] == [
        "1999-03-05",
        "–",
        "–",
        "2004 +5.3 [4.8–5.8]",
        "none on record",
        "none on record",
    ]
    assert row["setbacks"] == 1


def test_the_page_shows_events_as_text_and_claims_only_where_there_are_any(
    events, periods, tmp_path
) -> None:
    claim = {"claim_id": "K1", "claim": "They say", "obstacle": "political", "strength": "major"}
    claims = pd.DataFrame([claim | {"verdict": "supported", "reason": "As coded"}])
    texts = []
    for shown in (claims, claims.iloc[:0]):
        write_case_page(page(events, periods, shown), ["Herre (2023)"], Site(tmp_path, "core"))
        texts.append((tmp_path / "cases/KOR.html").read_text(encoding="utf-8"))
    assert "Says &lt;yes&gt; &amp; no" in texts[0]
    assert "1993–1995" in texts[0]
    # a known obstacle that never varies has no year above its own percentile
    assert '<th scope="row">Legal obstacle</th><td>none</td>' in texts[0]
    assert "whom its coding names" in texts[0]
    assert "3 events, 1983–2025: 2 forward,\n1 back" in texts[0]
    assert "They say" in texts[0]
    assert "1 of 2 years" in texts[0]
    assert "2004: 0.1 is below 0.3; pulled down by enpp" in texts[0]
    assert "2003: above" not in texts[0]
    assert '<td class="number">2007</td>' in texts[0]
    assert "none yet" in texts[0]
    assert 'href="../allies/KOR.html"' in texts[0]
    assert 'href="../allies/KOR.html"' not in texts[1]
    assert "Claims of Yoo" not in texts[1]
    assert "Obstacle high" not in texts[1]


def test_the_index_has_a_line_for_each_case(events, periods, tmp_path) -> None:
    write_case_index([page(events, periods, pd.DataFrame())], 3, Site(tmp_path, "core"))
    text = (tmp_path / "cases/index.html").read_text(encoding="utf-8")
    assert text.count('href="KOR.html"') == 1


def test_no_text_of_a_case_is_on_another(
    periods, events, deals, figures, text_faults, tmp_path
) -> None:
    draw_case(figure(periods, events, deals), [tmp_path / "f.png"])
    assert text_faults(figures[0]) == []


def test_figure_says_until_when_heads_of_government_are_known(
    periods, events, deals, figures, tmp_path
) -> None:
    draw_case(figure(periods, events, deals), [tmp_path / "f.png"])
    said = "Heads of government: known until 1 July 2023."
    assert said in [text.get_text() for text in figures[0].axes[0].texts]
    assert known_until(periods.iloc[:0]) == "Heads of government: not known."
