"""The figure of the weights of the obstacles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from underbalance.present.style import LINE
from underbalance.present.weights import draw_weights

SHARES = {"political": 0.5, "economic": 0.3, "legal": 0.2}
ROWS = pd.DataFrame(
    [
        {
            "region": "core",
            "group": group,
            "spec_id": spec_id,
            "obstacle": name,
            "share": share,
            "share_low": share - 0.1,
            "share_high": share + 0.1,
            "note": "descriptive: n events < 30" if spec_id == "b" else "",
        }
        for group in ("inconsistency", "slowness")
        for spec_id in ("a", "b", "mean")
        for name, share in SHARES.items()
    ]
    + [
        {
            "region": "asia_pacific",
            "group": group,
            "spec_id": "a",
            "obstacle": "",
            "share": np.nan,
            "note": "not estimated: too few clusters: 5 < 10",
        }
        for group in ("inconsistency", "slowness")
    ]
)


def test_means_have_intervals_and_regions_without_numbers_say_why(
    tmp_path: Path, figures, text_faults
) -> None:
    draw_weights(ROWS, ["core", "asia_pacific"], "95 %", [tmp_path / "w.png"])
    (figure,) = figures
    assert text_faults(figure) == []
    shown, empty = figure.axes[:2]
    points = [line for line in shown.lines if line.get_marker() == "o"]
    assert len(points) == 9
    assert [point.get_markerfacecolor() for point in points].count("white") == 3
    assert sorted({float(point.get_xdata()[0]) for point in points}) == sorted(SHARES.values())
    intervals = [line for line in shown.lines if line.get_linewidth() == LINE]
    assert sorted(round(float(np.ptp(line.get_xdata())), 6) for line in intervals) == [0.2] * 3
    assert [text.get_text() for text in empty.texts] == ["too few allies"]
    assert empty.get_title(loc="left") == "Outcomes of steadiness\nAsia-Pacific"


def test_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        paths = [tmp_path / f"{name}.pdf", tmp_path / f"{name}.png"]
        draw_weights(ROWS, ["core", "asia_pacific"], "95 %", paths)
    for ending in ("pdf", "png"):
        first, again = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("a", "b"))
        assert first == again
