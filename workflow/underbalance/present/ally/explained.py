"""The explanations of all years of an ally, as a script that its page loads when asked."""

from __future__ import annotations

import json
from pathlib import Path

from underbalance.explain.answer import explain
from underbalance.explain.facts import Facts
from underbalance.explain.shared import shared
from underbalance.present.ally.by_year import years_of
from underbalance.tables import written_whole

# a page opened from disk may load a script, but not read a file
CALL = "window.underbalanceExplained"


def write_explanations(facts: Facts, iso3: str, path: Path) -> None:
    """Write what :func:`underbalance.explain.answer.explain` says of every year of an ally.

    Raises
    ------
    FaultsError : for results that are not what the data and the rules give.
    """
    trees = {year: explain(iso3, year, (), facts) for year in years_of(facts, iso3)}
    content = json.dumps(shared(trees), ensure_ascii=False, separators=(",", ":"))
    with written_whole(path) as part:
        part.write_text(f"{CALL} = {content};\n", encoding="utf-8")
