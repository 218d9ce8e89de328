"""Country codes of the Correlates of War project for the listed allies."""

from __future__ import annotations

import pandas as pd

USA = 2
# the Federal Republic until 1990; after that, Germany has the code of config/allies.csv
WEST_GERMANY = 260


def iso3_by_cow_code(allies: pd.DataFrame) -> dict[int, str]:
    """Return the allies' iso3 by COW code; both codes of Germany are DEU.

    Predecessors that are not listed (Czechoslovakia 315, Yugoslavia 345, the German
    Democratic Republic 265) have no entry.
    """
    iso3_of = dict(zip(allies["cow_code"], allies["iso3"], strict=True))
    return iso3_of | ({WEST_GERMANY: "DEU"} if "DEU" in set(allies["iso3"]) else {})
