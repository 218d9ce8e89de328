"""A small tidy result with known numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from underbalance.models.design import measure_of
from underbalance.models.tidy import Fit, tidy
from underbalance.specifications import Specification


@pytest.fixture
def panel_spec() -> Specification:
    return Specification.model_validate(
        {
            "title": "Growth & effort",
            "role": "primary",
            "outcome": "effort",
            "estimator": "panel",
            "years": (1990, 2024),
            "obstacles": ("political",),
            "rivals": ("log_gdp",),
            "tests": ({"hypothesis": "H2", "term": "political", "sign": "+"},),
        }
    )


@pytest.fixture
def grouped_spec() -> Specification:
    return Specification.model_validate(
        {
            "title": "Delivery",
            "role": "primary",
            "outcome": "delivery",
            "estimator": "grouped",
            "years": (1990, 2025),
            "obstacles": ("political",),
            "controls": ("local_production",),
            "categories": ("category",),
            "tests": ({"hypothesis": "H2", "term": "political", "sign": "-"},),
        }
    )


def rows_of(
    spec_id: str,
    spec: Specification,
    numbers: dict[str, tuple[float, float]],
    *,
    withheld: str = "",
    notes: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return tidy rows with the given estimates and standard errors."""
    terms = list(numbers)
    variances = [se**2 for _, se in numbers.values()]
    covariance = pd.DataFrame(0.0, index=terms, columns=terms)
    for term, variance in zip(terms, variances, strict=True):
        covariance.loc[term, term] = variance
    fit = Fit(
        estimates=pd.Series({term: estimate for term, (estimate, _) in numbers.items()}),
        covariance=covariance,
        se_type="clustered by iso3 (CRV1)",
        df=29,
        p_method="t(29)",
        n=1234,
        n_events=77 if spec.estimator == "grouped" else None,
        n_clusters=30,
        notes=notes,
        withheld=withheld,
    )
    return tidy(
        fit,
        spec_id=spec_id,
        outcome=measure_of(spec),
        hypothesis="H1",
        sample="core",
        data_sha="0" * 64,
    )


@pytest.fixture
def panel_rows(panel_spec: Specification) -> pd.DataFrame:
    numbers = {"log_gdp_lag1": (-2.0, 1.0), "political_lag1": (0.51249, 0.25)}
    notes = (
        "incomplete rows left out: 42",
        "rows left out that are alone in their iso3 or year: 1",
    )
    return rows_of("growth", panel_spec, numbers, notes=notes)


@pytest.fixture
def withheld_rows(panel_spec: Specification) -> pd.DataFrame:
    numbers = {"political_lag1": (1.0, 0.1), "log_gdp_lag1": (1.0, 0.1)}
    return rows_of("growth", panel_spec, numbers, withheld="too few clusters: 5 < 10")


@pytest.fixture
def grouped_rows(grouped_spec: Specification) -> pd.DataFrame:
    numbers = {
        "duration[0]": (-2.0, 0.1),
        "category[Ships]": (0.4, 0.2),
        "political_lag1": (-0.5, 0.05),
        "local_production": (0.1, 0.2),
    }
    return rows_of("delivery", grouped_spec, numbers, notes=("category against Missiles",))


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Every figure that a test saves, in order."""
    kept: list[Figure] = []
    save = Figure.savefig

    def savefig(figure: Figure, *args: Any, **options: Any) -> None:
        if figure not in kept:
            kept.append(figure)
        save(figure, *args, **options)

    monkeypatch.setattr(Figure, "savefig", savefig)
    return kept


@pytest.fixture
def text_faults(monkeypatch: pytest.MonkeyPatch) -> Callable[[Figure], list[str]]:
    """Say which texts of a figure are beyond its edge or on top of each other."""
    drawn: list[Text] = []
    draw = Text.draw

    def noted(text: Text, *args: Any, **options: Any) -> None:
        drawn.append(text)
        draw(text, *args, **options)

    def faults(figure: Figure) -> list[str]:
        drawn.clear()
        canvas = FigureCanvasAgg(figure)
        monkeypatch.setattr(Text, "draw", noted)
        canvas.draw()
        monkeypatch.setattr(Text, "draw", draw)
        # the box of an oblique text says little
        upright = [t for t in drawn if t.get_text().strip() and t.get_rotation() % 90 == 0]
        # without the line from an annotation to its point
        boxes = {i: Text.get_window_extent(text) for i, text in enumerate(upright)}
        page = figure.bbox
        found = [
            f"beyond the edge: {upright[i].get_text()!r}"
            for i, box in boxes.items()
            if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < -1 or box.y1 > page.y1 + 1
        ]
        return found + [
            f"{upright[i].get_text()!r} on {upright[j].get_text()!r}"
            for (i, one), (j, other) in combinations(boxes.items(), 2)
            if min(one.x1, other.x1) - max(one.x0, other.x0) > 1.5
            and min(one.y1, other.y1) - max(one.y0, other.y0) > 2.5
        ]

    return faults
