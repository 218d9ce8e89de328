"""A registry of two made-up sources, one of which feeds two tables."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.schemas.lists import sources

COLUMNS = list(sources().columns)
TROOPS = [
    *("deployments", "US troops & bases", "2026_03", "allen_2022"),
    *("Allen, Michael A. and {Office of Records}", "2022", "Global Data: 1950-2020"),
    *("Journal of Data 39 (3): 351-370", "doi.org/10.1/data", "GPL (>= 3) | figures", "facts"),
]
REST = ["month", 1985, 2025, "", "", "", ""]


@pytest.fixture
def registry() -> pd.DataFrame:
    yearbook = [
        *("milex", "institute", "Yearbook", "2025", "institute_2025"),
        *("Institute for War and Peace", "2025", "Yearbook", "Institute, Stockholm"),
        *("www.institute.org/yearbook", "fair use", "derived", "shares of GDP", "year"),
        *(1988, 2024, "ISL;TWN", "SVN=1992", "", "f" * 64),
    ]
    return pd.DataFrame(
        [
            ["us_troops", *TROOPS, "personnel", *REST],
            ["us_bases", *TROOPS, "bases", *REST],
            yearbook,
        ],
        columns=COLUMNS,
    )
