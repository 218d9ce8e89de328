"""What facts tables and outcomes are called where the names of their files would not be read."""

from __future__ import annotations

from typing import Final

from underbalance.present.wording import as_heading

OUTCOME: Final = "outcome."
# names of files that are not words, or say too little
WORDS: Final = {
    "agreements": "defence agreements",
    "alliance": "US defence commitments",
    "alliance_atop": "alliance treaties (ATOP)",
    "capabilities": "national capabilities",
    "deal_matches": "deals matched across registers",
    "deal_vintages": "deals in earlier registers",
    "deals": "arms deals",
    "disputes": "militarised disputes",
    "economy_vintages": "economy, earlier editions",
    "eda_procurement": "procurement (EDA)",
    "exercises": "military exercises",
    "ideal_points": "ideal points in the UN",
    "institutions": "political institutions",
    "milex": "military expenditure",
    "milex_releases": "military expenditure, releases",
    "nato_editions": "defence expenditure (NATO)",
    "notifications": "US notices of arms sales",
    "ratification": "ratification rules",
    "seed_claims": "claims of Yoo (2012)",
    "us_aid": "US military aid",
    "us_rivalries": "US rivalries",
    "us_trade": "US trade",
    "us_troops": "US troops",
}


def table_name(table: str) -> str:
    """Return a facts table or outcome in words, as a heading."""
    bare = table.removeprefix(OUTCOME)
    words = bare.replace("_", " ")
    return as_heading(words if table.startswith(OUTCOME) else WORDS.get(bare, words))
