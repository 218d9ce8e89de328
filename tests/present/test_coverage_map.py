from pathlib import Path

import pandas as pd
import pytest
from underbalance.present.coverage_map import draw_coverage, table_status
from underbalance.present.style import HIGHEST


def coverage(*rows: tuple[str, int, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "table", "source", "status"])


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["observed", "missing"], "observed"),
        (["outside", "observed"], "observed"),
        (["outside", "missing"], "missing"),
        (["outside", "outside"], "outside"),
    ],
)
def test_a_table_has_the_best_status_of_its_sources(statuses, expected):
    rows = [("JPN", 1998, "economy", f"source {i}", s) for i, s in enumerate(statuses)]
    found = table_status(coverage(*rows))
    assert found.to_dict("records") == [
        {"iso3": "JPN", "year": 1998, "table": "economy", "status": expected}
    ]


def rows_of(tables: int) -> list[tuple[str, int, str, str, str]]:
    return [
        (iso3, year, name, "source", "observed" if year > 1990 + n else "outside")
        for iso3 in ("JPN", "ALB")
        for year in range(1985, 2026)
        for n, name in enumerate([f"table_{n}" for n in range(tables)] + ["outcome.delivery"])
    ]


@pytest.mark.parametrize("tables", [1, 60])
def test_every_table_is_a_row_and_labels_are_apart(allies, figures, text_faults, tmp_path, tables):
    draw_coverage(coverage(*rows_of(tables)), allies, [1985, 2025], [tmp_path / "f.png"])
    (figure,) = figures
    of_years, of_allies = figure.axes
    labels = [label.get_text() for label in of_years.get_yticklabels()]
    assert labels == [*sorted(f"Table {n}" for n in range(tables)), "Delivery"]
    assert [label.get_text() for label in of_allies.get_xticklabels()][:2] == ["Australia", "Japan"]
    assert text_faults(figure) == []
    assert figure.get_figheight() <= HIGHEST


def test_cells_are_shares_of_the_ally_years_there_are(allies, figures, tmp_path):
    rows = [
        ("JPN", 1999, "economy", "source", "observed"),
        ("JPN", 2000, "economy", "source", "observed"),
        ("ALB", 2000, "economy", "source", "missing"),
    ]
    said = draw_coverage(coverage(*rows), allies, [1999, 2001], [tmp_path / "f.png"]).caption
    of_years, of_allies = figures[0].axes
    cells = of_years.collections[0].get_array().ravel()
    assert cells[:2].tolist() == [1.0, 0.5]
    assert cells.mask.tolist() == [False, False, True]
    (marks,) = of_years.lines
    assert marks.get_xdata().tolist() == [1.5]
    codes = allies.sort_values(["region", "name"])["iso3"].tolist()
    (marked,) = of_allies.lines
    assert marked.get_xdata().tolist() == [codes.index("ALB") + 0.5]
    assert "3 cells of table, ally and year, 67 % of them observed" in said


def test_same_coverage_gives_the_same_bytes_and_another_others(allies, tmp_path: Path):
    def drawn(folder: str, rows) -> list[bytes]:
        paths = [tmp_path / folder / f"f.{ending}" for ending in ("pdf", "png")]
        draw_coverage(coverage(*rows), allies, [1985, 2025], paths)
        return [path.read_bytes() for path in paths]

    rows = rows_of(2)
    assert drawn("a", rows) == drawn("b", rows)
    changed = [(*row[:4], "missing") if row[1] == 2000 else row for row in rows]
    assert drawn("c", changed)[1] != drawn("a", rows)[1]


def test_no_coverage_is_drawn_and_said(allies, figures, tmp_path: Path):
    draw_coverage(coverage().iloc[:0], allies, [1985, 2025], [tmp_path / "f.png"])
    assert "nothing to show" in [text.get_text() for text in figures[0].axes[0].texts]


def test_every_region_has_a_heading_also_one_of_a_single_ally(figures, text_faults, tmp_path):
    regions = ["asia_pacific"] * 6 + ["europe"] * 20 + ["middle_east", "north_america"]
    codes = [f"A{n:02d}" for n in range(len(regions))]
    names = [f"Ally {n:02d}" for n in range(len(regions))]
    listed = pd.DataFrame({"iso3": codes, "name": names, "region": regions})
    rows = [(iso3, 2000, "economy", "source", "observed") for iso3 in codes]
    draw_coverage(coverage(*rows), listed, [1985, 2025], [tmp_path / "f.png"])
    said = [text.get_text() for text in figures[0].axes[1].texts]
    assert {"Asia-Pacific", "Europe", "Middle East", "North America"} <= set(said)
    assert text_faults(figures[0]) == []
