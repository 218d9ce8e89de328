import pandas as pd
from underbalance.present.ally_map import Look, draw_spans, rows_of, runs
from underbalance.present.style import Around, new_figure


def test_consecutive_years_of_one_status_are_one_span():
    rows = pd.DataFrame(
        [
            ("JPN", 1990, "observed"),
            ("JPN", 1992, "observed"),  # a year without a row ends a span
            ("JPN", 1993, "observed"),
            ("JPN", 1994, "missing"),
            ("KOR", 1995, "missing"),
        ],
        columns=["iso3", "year", "status"],
    )
    assert runs(rows).to_numpy().tolist() == [
        ["JPN", "observed", 1990, 1990],
        ["JPN", "observed", 1992, 1993],
        ["JPN", "missing", 1994, 1994],
        ["KOR", "missing", 1995, 1995],
    ]


def test_allies_are_sorted_by_region_then_name_with_a_row_before_each_region():
    allies = pd.DataFrame(
        [("DEU", "Germany", "europe"), ("ALB", "Albania", "europe"), ("JPN", "Japan", "asia")],
        columns=["iso3", "name", "region"],
    )
    found = rows_of(allies)
    assert dict(zip(found["iso3"], found["row"], strict=True)) == {"JPN": 1, "ALB": 3, "DEU": 4}


def test_a_span_is_a_bar_over_its_years_in_the_row_of_its_ally():
    statuses = pd.DataFrame(
        [("JPN", 1990, "known"), ("JPN", 1991, "known"), ("KOR", 1991, "none")],
        columns=["iso3", "year", "status"],
    )
    rows = pd.DataFrame({"iso3": ["JPN", "KOR"], "region": "asia", "row": [1, 2]})
    axes = new_figure(1, 1.0, Around(0.1, 0.1))[1][0][0]
    draw_spans(axes, statuses, rows, {"known": Look("#000000", height=0.5)})
    (bars,) = axes.collections
    (bar,) = bars.get_paths()
    assert bar.get_extents().extents.tolist() == [1990, 0.75, 1992, 1.25]
