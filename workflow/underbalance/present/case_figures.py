"""The figures of all cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from underbalance.config import Cases
from underbalance.present.case_figure import BANDS, CaseFigure, draw_case
from underbalance.present.case_layout import case_deals, case_systems, obstacle_levels, of_case


def draw_cases(
    tables: Mapping[str, pd.DataFrame],
    cases: Cases,
    years: tuple[int, int],
    order: Sequence[str],
    folder: Path,
) -> None:
    """Draw the figure of every case as PDF and PNG.

    Parameters
    ----------
    tables : governments and events of results/cases; ally_year with the obstacles, deals,
        families (config) and allies.
    years : first and last year shown.
    order : the cases.
    """
    levels = obstacle_levels(tables["ally_year"], list(BANDS))
    systems = case_systems(tables["deals"], tables["families"], cases)
    names = tables["allies"].set_index("iso3")["name"]
    for iso3 in order:
        figure = CaseFigure(
            name=names[iso3],
            levels=of_case(levels, iso3),
            periods=of_case(tables["governments"], iso3),
            events=of_case(tables["events"], iso3),
            deals=case_deals(of_case(tables["deals"], iso3), systems, years[1]),
            years=years,
        )
        draw_case(figure, [folder / f"{iso3}.pdf", folder / f"{iso3}.png"])
