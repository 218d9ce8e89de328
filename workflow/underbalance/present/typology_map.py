"""Of which type every ally is in every year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from underbalance.config import Group
from underbalance.present.ally_map import Look, draw_spans, label_allies, rows_of
from underbalance.present.captions import Caption
from underbalance.present.style import (
    EDGE,
    HIGHEST,
    INK,
    SOFT,
    THIN,
    TINY,
    WIDTH,
    Around,
    new_figure,
    note_height,
    save_figure,
    say_empty,
    write_note,
)
from underbalance.present.tie_words import counting_of_run
from underbalance.present.wording import quantile_words, whole
from underbalance.samples import in_sample

# hatched: the political obstacle is high; dark: the social one
LOOKS = {
    "effective": Look("#dcdcdc"),
    "inconsistent": Look("#dcdcdc", "//////", INK),
    "slow": Look("#8a8a8a"),
    "failing": Look(INK),
    "not known": Look("#ffffff", "......", SOFT),
    "outside": Look("#8a8a8a", height=0.08),
}
MEANING = {
    "effective": "effective: neither obstacle high",
    "inconsistent": "inconsistent: political high",
    "slow": "slow: social high",
    "failing": "failing: both high",
    "not known": "not known: an index is missing",
    "outside": "no US {counting}",
}
ROW = 0.165  # inches, at most
TOP, BELOW, LEFT = 0.45, 0.24, 1.0  # inches around the rows
LINE_HIGH = 0.2  # rows: a bar of less is a line


def draw_typology(
    years: pd.DataFrame,
    allies: pd.DataFrame,
    sample: tuple[Group, frozenset[str]],
    quantile: float,
    span: Sequence[int],
    paths: Sequence[Path],
) -> Caption:
    """Draw ally by year, with a bar for each span of years of one type.

    Parameters
    ----------
    years : the table typology.
    allies : the listed allies; rows are sorted by region, then by name.
    sample : the group and its allies; those with a year in the sample are shown.
    quantile : the one at which the obstacles are cut.
    span : first and last year shown.
    """
    statuses = year_statuses(years[years["quantile"] == quantile], *sample)
    statuses = statuses[statuses["year"].between(span[0], span[1])]
    rows = rows_of(allies[allies["iso3"].isin(statuses["iso3"])])
    cut = f"High: above the {quantile_words(quantile)} of the reference sample."
    note = f"Types that the obstacles predict, not those observed. {cut} Blank: no such state."
    figure, panel = _panel(rows, note)
    if len(rows):
        draw_spans(panel, statuses, rows, LOOKS)
        _label_years(panel, span)
        label_allies(panel, rows, rows["name"].tolist(), TINY)
    _legend(figure, set(statuses["status"]))
    write_note(figure, note)
    save_figure(figure, paths)
    typed = statuses[statuses["status"].isin(list(MEANING)[:4])]
    counts = typed["status"].value_counts()
    return Caption(
        "Type of cooperation that the obstacles predict, by ally and year",
        f"Predicted type of {len(rows)} allies, {span[0]} to {span[1]} (Yoo 2012, Table 1). {cut} "
        f"Ally-years with a type: {whole(len(typed))} ("
        + ", ".join(f"{name} {whole(counts.get(name, 0))}" for name in list(MEANING)[:4])
        + f"). Dotted: an index is missing; line: no {counting_of_run().full_of_usa}; blank: the "
        "state did not exist. The types are predicted, not observed.",
        "A row of bars over the years for each ally: light where no obstacle is high, hatched "
        "where the political one is, grey where the social one is, black where both are.",
    )


def year_statuses(years: pd.DataFrame, group: Group, members: frozenset[str]) -> pd.DataFrame:
    """Return what is drawn of each ally with a year in the sample.

    Columns: iso3, year, status: the type, ``not known``, or ``outside`` in years that are
    not in the sample.
    """
    counted = in_sample(years, group, members)
    known = years["type"].mask(years["type"] == "", "not known")
    statuses = years[["iso3", "year"]].assign(status=known.where(counted, "outside"))
    return statuses[years["iso3"].isin(years.loc[counted, "iso3"])].reset_index(drop=True)


def _panel(rows: pd.DataFrame, note: str) -> tuple[Figure, Axes]:
    below = BELOW + note_height(note)
    count = rows["row"].max() + 1 if len(rows) else 3
    height = TOP + min(ROW, (HIGHEST - TOP - below) / count) * count + below
    figure, ((panel,),) = new_figure(1, height, Around(LEFT, below, TOP))
    if rows.empty:
        panel.set_axis_off()
        say_empty(panel, "no ally-year in the sample")
    return figure, panel


def _label_years(axes: Axes, span: Sequence[int]) -> None:
    shown = [year for year in range(span[0], span[1] + 1) if year % 5 == 0]
    for year in shown:
        axes.axvline(year, color="white", linewidth=THIN)
    axes.set_xlim(span[0], span[1] + 1)
    # a year is a bar from its beginning to its end
    axes.set_xticks([year + 0.5 for year in shown], [str(year) for year in shown])
    axes.tick_params(axis="x", labelsize=TINY, length=2, pad=1.5)


def _legend(figure: Figure, statuses: set[str]) -> None:
    shown = [
        _key(look, MEANING[name].format(counting=counting_of_run().full))
        for name, look in LOOKS.items()
        if name in statuses
    ]
    if shown:
        figure.legend(
            handles=shown,
            loc="upper left",
            bbox_to_anchor=(EDGE / WIDTH, 1),
            borderaxespad=0.4,
            borderpad=0,
            ncols=3,
        )


def _key(look: Look, label: str) -> Patch | Line2D:
    if look.height < LINE_HIGH:
        return Line2D([], [], color=look.face, label=label)
    return Patch(facecolor=look.face, hatch=look.hatch, edgecolor=look.line, lw=0, label=label)
