from pathlib import Path

import pandas as pd
import pytest
from underbalance.present.coverage_map import draw_coverage, table_status


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


@pytest.mark.parametrize("tables", [1, 7])
def test_every_table_is_drawn_with_the_same_bytes_twice(allies, tmp_path: Path, tables):
    rows = [
        (iso3, year, f"table_{n}", "source", "observed" if year > 1990 + n else "outside")
        for iso3 in ("JPN", "ALB")
        for year in range(1985, 2026)
        for n in range(tables)
    ]
    titles = {"table_0": "Military expenditure " * 8}
    written = []
    for folder in ("a", "b"):
        paths = [tmp_path / folder / f"f.{ending}" for ending in ("pdf", "png")]
        draw_coverage(coverage(*rows), allies, titles, [1985, 2025], paths)
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]
    assert written[0][0].startswith(b"%PDF")
    changed = [(*row[:4], "missing") if row[1] == 2000 else row for row in rows]
    draw_coverage(coverage(*changed), allies, titles, [1985, 2025], paths)
    assert paths[1].read_bytes() != written[0][1]
