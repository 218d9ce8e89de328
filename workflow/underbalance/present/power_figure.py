"""Power of the primary tests at true effects: a panel for each hypothesis, a curve per model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from underbalance.models.estimate import DESCRIPTIVE, LEAST_EVENTS
from underbalance.models.tidy import NOT_ESTIMATED
from underbalance.present.captions import Caption
from underbalance.present.direct_labels import moved_apart
from underbalance.present.style import (
    DASHED,
    DOTTED,
    GREY,
    HAIR,
    INK,
    LIGHT,
    LINE,
    SMALL,
    SOFT,
    THIN,
    Around,
    new_figure,
    note_height,
    save_figure,
    say_empty,
    write_note,
)
from underbalance.present.wording import percent
from underbalance.sensitivity.power import SOUGHT

PANEL = 2.0  # inches
LEFT, ABOVE, BELOW = 0.52, 1.0, 0.48  # inches
GAP = 0.075  # between labels, as a share of the largest effect
TOP = 1.04  # where labels stand
COLOURS = (INK, GREY)
DASHES = ("solid", DASHED, DOTTED)


def draw_power(rows: pd.DataFrame, names: Mapping[str, str], paths: Sequence[Path]) -> Caption:
    """Draw the share rejected against the true effect, with the size at effect zero.

    Parameters
    ----------
    rows : spec_id, hypothesis, effect, power, detectable_effect, note; models without power have
        it missing.
    names : of the models, by spec_id.
    """
    known = rows[rows["power"].notna()]
    hypotheses = list(dict.fromkeys(known["hypothesis"]))
    note = (
        "True effect: in standard deviations of the disturbance. Dot: the smallest effect found "
        f"with a power of {percent(SOUGHT)}, as in the tables. One test at a time, not corrected "
        f"for several.{said(rows, names)}"
    )
    below = BELOW + note_height(note)
    around = Around(LEFT, below, ABOVE, 0.3, columns=0.24)
    figure, (axes,) = new_figure(max(len(hypotheses), 1), ABOVE + PANEL + below, around)
    for panel, hypothesis in zip(axes, hypotheses, strict=False):
        _draw_panel(panel, known[known["hypothesis"] == hypothesis], names)
        panel.text(0.97, 0.09, hypothesis, fontweight="bold", ha="right", transform=panel.transAxes)
        panel.set_xlabel("True effect")
    axes[0].set_ylabel("Share of simulations with p < 0.05")
    if not hypotheses:
        say_empty(axes[0], "no test with a known power")
    write_note(figure, note)
    save_figure(figure, paths)
    return Caption(
        "Power of the primary tests",
        f"Share of simulations in which a primary test rejects at 5 %, by the size of a true "
        f"effect in standard deviations of the disturbance: {known['spec_id'].nunique()} models on "
        "their own rows, one test at a time, not corrected for several. At zero the share is the "
        f"size of the test. Dots: the smallest effect found with a power of "
        f"{percent(SOUGHT)}, as in the tables.{said(rows, names)}",
        "A panel for each hypothesis with a rising curve for each model, named where it reaches a "
        f"power of {percent(SOUGHT)}.",
    )


def said(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return which models have no power, and which are descriptive."""
    found = ""
    for words, begins in (
        ("not estimated", NOT_ESTIMATED),
        (f"fewer than {LEAST_EVENTS} events", DESCRIPTIVE),
    ):
        of = rows.loc[rows["note"].fillna("").str.startswith(begins), "spec_id"]
        if len(of):
            found += f" {', '.join(names[str(one)] for one in dict.fromkeys(of))}: {words}."
    return found


def _draw_panel(axes: Axes, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    for share in (0.05, SOUGHT):
        axes.axhline(share, color=LIGHT, linewidth=THIN, zorder=0)
    largest = float(rows["effect"].max())
    curves = {str(spec): with_found(part) for spec, part in rows.groupby("spec_id")}
    for place, part in enumerate(curves.values()):
        axes.plot(
            part["effect"],
            part["power"],
            color=COLOURS[place % len(COLOURS)],
            linestyle=DASHES[place % len(DASHES)],
            linewidth=LINE,
        )
    _label_where_found(axes, curves, names, largest)
    axes.set_xlim(0, 1.02 * largest)
    axes.set_ylim(-0.01, TOP)
    axes.set_xticks(sorted(set(rows["effect"])))
    axes.spines["bottom"].set_bounds(0, largest)
    axes.spines["left"].set_bounds(0, 1)
    axes.set_yticks([0, 0.05, 0.2, 0.4, 0.6, SOUGHT, 1], ["0", ".05", ".2", ".4", ".6", ".8", "1"])


def _label_where_found(
    axes: Axes, curves: Mapping[str, pd.DataFrame], names: Mapping[str, str], largest: float
) -> None:
    """Name each curve above the place where its power is the one sought, others at their end."""
    found = {spec: float(part["detectable_effect"].iloc[0]) for spec, part in curves.items()}
    # an effect beyond those simulated, or one never found (missing), has no place
    reached = {spec: x for spec, x in found.items() if x <= largest}
    places = moved_apart(list(reached.values()), GAP * largest, 0.0, largest)
    for (spec, x), place in zip(reached.items(), places, strict=True):
        axes.plot(x, SOUGHT, "o", color=INK, markersize=3.2)
        axes.plot([x, place], [SOUGHT, TOP], color=SOFT, linewidth=HAIR, clip_on=False)
        axes.text(
            place, TOP + 0.01, names[spec], fontsize=SMALL, rotation=60, rotation_mode="anchor"
        )
    for spec in sorted(curves.keys() - reached.keys()):
        end = curves[spec].iloc[-1]
        axes.text(end["effect"], end["power"] + 0.03, names[spec], fontsize=SMALL, ha="right")


def with_found(part: pd.DataFrame) -> pd.DataFrame:
    """Return the curve of a model with the effect that is found with the power sought.

    A line straight from one simulated effect to the next would reach that power elsewhere.
    """
    found = part.iloc[[0]].assign(effect=part["detectable_effect"].iloc[0], power=SOUGHT)
    inside = found[found["effect"] < part["effect"].max()]
    joined: pd.DataFrame = pd.concat([part, inside])
    return joined.sort_values("effect", kind="stable")
