"""What a facts table is needed for, from the project's own lists."""

from __future__ import annotations

import pandas as pd

from underbalance.document.described import RAW
from underbalance.outcomes.catalogue import OUTCOMES

ALLY_YEAR = "ally_year"
OUTCOME = "outcome."


def needed_for(table: str, codebook: pd.DataFrame) -> list[str]:
    """Return constructs of ally_year, outcomes and other processed tables that need a table.

    Parameters
    ----------
    codebook : :func:`underbalance.registry.read_codebook`.
    """
    from_it = codebook["source"].str.split(";").map(lambda sources: table in sources)
    made = codebook[from_it & ~codebook["table"].str.startswith(RAW)]
    constructs = made.loc[made["table"] == ALLY_YEAR, "construct"]
    constructs = constructs.str.removesuffix(" (alternative)").drop_duplicates()
    # the outcomes have their own names
    plain = constructs[constructs != "outcome"]
    outcomes = [f"outcome {name}" for name, outcome in OUTCOMES.items() if table in outcome.facts]
    others = [name for name in made["table"].unique() if name != ALLY_YEAR and OUTCOME not in name]
    return [*plain, *outcomes, *([] if outcomes or len(plain) else others)]
