"""IMF World Economic Outlook and World Bank fiscal data → facts table ``economy``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from underbalance.sources import imf_weo, wb_fiscal_space


def parse(folder: Path, allies: pd.DataFrame) -> pd.DataFrame:
    """Return both sources stacked; which of the two is used is decided in cleaning.

    ``folder`` is the folder that holds the folders of the sources.
    """
    parts = [
        imf_weo.parse(folder / "imf_weo", allies),
        wb_fiscal_space.parse(folder / "wb_fiscal_space", allies),
    ]
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.sort_values(["iso3", "year", "series", "source"], ignore_index=True)
