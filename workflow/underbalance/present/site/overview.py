"""The first page: the question, the scorecard in plain words, what it hangs on, where to go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from underbalance.hypotheses.scorecard import CONTRAST, MODEL, STATEMENTS, WEIGHTS_FILE
from underbalance.hypotheses.verdict import ALPHA, tally
from underbalance.places import in_run
from underbalance.present.extended import extension_sentences
from underbalance.present.found_wording import found_words
from underbalance.present.model_groups import model_groups
from underbalance.present.scorecard_wording import HALF, RULE, verdict_line
from underbalance.present.site.caveats import caveats
from underbalance.present.site.charts import chart
from underbalance.present.site.checks import Checks
from underbalance.present.site.coefficient_chart import coefficient_chart, with_interval
from underbalance.present.site.frame import Site
from underbalance.present.wording import as_heading, percent
from underbalance.specifications import Specification

CHART: Final = "coefficients"
SCORECARD: Final = "tables/scorecard.html"
MANY: Final = 10  # allies


def write_overview(
    card: pd.DataFrame,
    sensitivity: Mapping[str, pd.DataFrame],
    specs: Mapping[str, Specification],
    allies: pd.DataFrame,
    members: frozenset[str],
    level: float,
    codebook: pd.DataFrame,
    estimates: pd.DataFrame,
    site: Site,
) -> None:
    """Write the first page.

    Parameters
    ----------
    card : results/scorecard.csv.
    sensitivity : leave_one_out, specification_curve_summary, robustness_value, placebo and
        power of results/sensitivity.
    specs : all specifications, by spec_id.
    allies : the listed allies.
    members : those that have a page.
    level : of the intervals.
    codebook : gives labels and units, those of the codings included.
    estimates : tidy results of the specifications that are not primary.
    """
    pages, names = model_pages(specs), allies.set_index("iso3")["name"].to_dict()
    checks = Checks(sensitivity["leave_one_out"], estimates, specs, codebook, names)
    groups = {name: card[card["hypothesis"] == name] for name in STATEMENTS}
    known = with_interval(card)
    site.write(
        "overview.html",
        "index.html",
        title="Overview",
        charts=bool(len(known)),
        cards=[
            _card(name, own, pages, level)
            | {"checked": checks.of(own), "models": _models(own, pages, specs, codebook)}
            for name, own in groups.items()
            if len(own)
        ],
        rule=RULE,
        alpha=f"{ALPHA:g}",
        chart=_chart(card, known, specs, pages, level) if len(known) else "",
        caveats=caveats(sensitivity, card, names),
        extensions=extension_sentences(),
        allies=allies[allies["iso3"].isin(members)].sort_values("name").to_dict("records"),
        against="many" if len(members) >= MANY else "few",
    )


def _chart(
    card: pd.DataFrame,
    known: pd.DataFrame,
    specs: Mapping[str, Specification],
    pages: Mapping[str, str],
    level: float,
) -> str:
    return chart(
        coefficient_chart(known, specs, pages),
        CHART,
        alt="Point and interval of every primary model, by hypothesis, in standard errors; what "
        "the hypothesis predicts is to the right of zero. The scorecard has the numbers.",
        caption=f"What the primary models say of a hypothesis. Point: estimate; line: "
        f"{percent(level)} interval of the wild bootstrap, cut off at six standard errors. Hollow: "
        "the model does not count in the verdict. Each point leads to the table of its model."
        f"{undrawn(card, known)}",
        fallback=SCORECARD,
    )


def undrawn(card: pd.DataFrame, known: pd.DataFrame) -> str:
    """Say how many estimates are not drawn."""
    estimated = card[(card["kind"] == MODEL) & card["estimate"].notna()]
    missing = len(estimated) - len(known)
    return f" Not drawn, for too few allies for an interval: {missing}." if missing else ""


def model_pages(specs: Mapping[str, Specification]) -> dict[str, str]:
    """Return for each specification the page of the table that it is in."""
    return {
        spec_id: f"tables/{table}.html"
        for table, ids in model_groups(specs).items()
        for spec_id in ids
    }


def _card(
    name: str, own: pd.DataFrame, pages: Mapping[str, str], level: float
) -> dict[str, object]:
    first = own.iloc[0]
    line = verdict_line(own).partition(": ")[2].rstrip(".")
    verdict, comma, rest = line.partition("; " if "; " in line else ", ")
    return {
        "name": name,
        "statement": first["statement"].partition(HALF)[0],
        "verdict": verdict,
        "rests": f"{comma}{rest}".replace(in_run(WEIGHTS_FILE), "the weights"),
        "weights": in_run(WEIGHTS_FILE) in line,
        "counts": _counts(own),
        "level": percent(level),
    }


def _counts(own: pd.DataFrame) -> str:
    """Say how many models agree and disagree, and how many it takes."""
    count = tally(own[own["kind"] == MODEL])
    if not count.counting:
        return ""
    p = f"p < {ALPHA:g}"
    return (
        f"As predicted at a corrected {p}: {count.agree} of {count.counting} tests "
        f"({count.needed} needed). Against the prediction at {p}: {count.against_it} "
        "(none allowed)."
    )


def _models(
    own: pd.DataFrame,
    pages: Mapping[str, str],
    specs: Mapping[str, Specification],
    codebook: pd.DataFrame,
) -> list[dict[str, object]]:
    """Say what each model says, in words and in numbers."""
    return [
        {
            "title": as_heading(str(row["outcome"])),
            "page": SCORECARD if row["kind"] == CONTRAST else pages[row["spec_id"]],
            "found": found_words(row, specs, codebook),
        }
        for row in own[own["kind"].isin([MODEL, CONTRAST])].to_dict("records")
    ]
