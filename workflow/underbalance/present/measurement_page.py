"""The page that says how well the indices of obstacles and rivals measure what they name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from underbalance.coding.describe import formula_of, with_codings
from underbalance.coding.reliability import Bootstrap
from underbalance.config import Coding, is_primary
from underbalance.present.measurement_rows import (
    alternative_rows,
    component_rows,
    consistency_rows,
    constants_named,
    nature_rows,
    undefined_named,
    weights_named,
)
from underbalance.present.site.frame import Site
from underbalance.present.wording import percent


def write_measurement_page(
    tables: Mapping[str, pd.DataFrame],
    codings: Mapping[str, Coding],
    codebook: pd.DataFrame,
    bootstrap: Bootstrap,
    reference: str,
    site: Site,
) -> None:
    """Write the page.

    Parameters
    ----------
    tables : :func:`underbalance.coding.measurement_tables.measurement_tables`.
    codings : by name.
    codebook : config/codebook.csv.
    bootstrap : how the intervals were drawn.
    reference : the reference sample in words.
    """
    described, found = with_codings(codebook, codings), tables["consistency"]
    site.write(
        "measurement.html",
        "measurement.html",
        title="Measurement of the indices",
        reference=reference,
        level=percent(bootstrap.level),
        bootstrap=bootstrap,
        natures=nature_rows(found, codings),
        consistency=consistency_rows(found, codings),
        constants=constants_named(found, codings, described),
        undefined=undefined_named(found, codings),
        components=component_rows(tables["components"], codings, described),
        weights=weights_named(tables["components"], codings, described),
        alternatives=alternative_rows(tables["correlations"], codings),
        definitions=[
            {
                "name": name,
                "label": coding.label,
                "primary": is_primary(name, coding),
                "formula": formula_of(coding),
            }
            for name, coding in codings.items()
        ],
    )
