"""Figure 1: Kaplan–Meier estimates of deals not yet delivered, by obstacle tercile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from underbalance.config import Coding, Group
from underbalance.present.style import LINES, new_figure, save_figure
from underbalance.present.wording import percent
from underbalance.samples import in_sample

TERCILES = ("low", "middle", "high")
LAST_SHOWN = 10


def draw_undelivered_deals(
    deals: pd.DataFrame,
    ally_year: pd.DataFrame,
    codings: Mapping[str, Coding],
    sample: tuple[Group, frozenset[str]],
    without: Sequence[str],
    last_year: int,
    sample_label: str,
    level: float,
    paths: Sequence[Path],
) -> None:
    """Draw one panel per obstacle with the curve of each tercile and the numbers at risk.

    Parameters
    ----------
    deals : processed deals; those with an empty ``exclusion`` and of the sample count.
    ally_year : coded ally-years; a deal takes the obstacle of the year before its order,
        and terciles are cut on the reference sample.
    codings : the obstacles to draw, by name.
    sample : the group and its allies.
    without : logical columns of ``deals``; deals for which one is true are left out.
    last_year : end of the register, where undelivered deals are censored.
    level : confidence level of the shaded intervals.
    """
    counted = deals[(deals["exclusion"] == "") & in_sample(deals, *sample)]
    for condition in without:
        counted = counted[~counted[condition].astype(bool)]
    figure, axes = new_figure(len(codings), 4.0, rows=2, heights=[4, 1])
    for column, (name, coding) in enumerate(codings.items()):
        groups = durations_by_tercile(counted, ally_year, name, last_year)
        _draw_curves(axes[0][column], groups, level)
        _write_at_risk(axes[1][column], groups, named=column == 0)
        axes[0][column].set_title(coding.label)
    axes[0][0].set_ylabel("Share of deals not yet delivered")
    figure.supxlabel(
        "Calendar years since the beginning of the order year\n"
        f"{sample_label}; new US arms by obstacle in the year before the order\n"
        f"Shaded: {percent(level)} interval, deals taken as independent",
        fontsize=8,
    )
    save_figure(figure, paths)


def durations_by_tercile(
    deals: pd.DataFrame, ally_year: pd.DataFrame, obstacle: str, last_year: int
) -> dict[str, pd.DataFrame]:
    """Return, for each tercile of the obstacle, the durations of its deals.

    ``years`` counts calendar years from the beginning of the order year to the end of
    the year of first delivery, or of ``last_year`` when ``delivered`` is false. Deals
    without an observed obstacle in the year before are left out.
    """
    reference = ally_year.loc[ally_year["in_reference"].astype(bool), obstacle]
    cuts = [float("-inf"), *reference.quantile([1 / 3, 2 / 3]), float("inf")]
    before = ally_year[["iso3", "year", obstacle]].assign(order_year=ally_year["year"] + 1)
    joined = deals.merge(
        before.drop(columns="year"), on=["iso3", "order_year"], how="left", validate="many_to_one"
    )
    joined = joined.dropna(subset=[obstacle])
    end = joined["first_delivery_year"].fillna(last_year)
    durations = pd.DataFrame(
        {
            "years": (end - joined["order_year"] + 1).astype(int),
            "delivered": joined["delivered"].astype(bool),
            "tercile": pd.cut(joined[obstacle], cuts, labels=list(TERCILES)),
        }
    )
    return {name: durations[durations["tercile"] == name] for name in TERCILES}


def _draw_curves(axes: Axes, groups: Mapping[str, pd.DataFrame], level: float) -> None:
    from lifelines import KaplanMeierFitter

    for (name, group), (colour, dashes) in zip(groups.items(), LINES, strict=True):
        fitted = KaplanMeierFitter(alpha=1 - level).fit(group["years"], group["delivered"])
        curve = fitted.survival_function_.iloc[:, 0].loc[:LAST_SHOWN]
        band = fitted.confidence_interval_.loc[:LAST_SHOWN]
        look: dict[str, Any] = {"color": colour, "linestyle": dashes, "linewidth": 1.6}
        axes.step(curve.index, curve, where="post", label=name, **look)
        axes.fill_between(
            band.index,
            band.iloc[:, 0],
            band.iloc[:, 1],
            step="post",
            color=colour,
            alpha=0.10,
            lw=0,
        )
    axes.set_xlim(0, LAST_SHOWN)
    axes.set_ylim(0, 1.02)
    axes.legend(title="Obstacle tercile", frameon=False, handlelength=3.2, loc="upper right")


def _write_at_risk(axes: Axes, groups: Mapping[str, pd.DataFrame], *, named: bool) -> None:
    """Write how many deals are still at risk at the beginning of a year."""
    axes.set_axis_off()
    axes.set_xlim(0, LAST_SHOWN)
    axes.set_ylim(-0.2, 3.9)
    if named:
        axes.text(-0.55, 3.4, "At risk", ha="right", va="center", fontsize=7.5, weight="bold")
    for row, (name, group) in enumerate(reversed(list(groups.items()))):
        if named:
            axes.text(-0.55, row + 0.3, name, ha="right", va="center", fontsize=7.5)
        for year in range(0, LAST_SHOWN + 1, 2):
            count = int((group["years"] > year).sum())
            axes.text(year, row + 0.3, str(count), ha="center", va="center", fontsize=7.5)
