"""The years in which allies belong to the sample."""

from __future__ import annotations

import pandas as pd
from underbalance.config import Group
from underbalance.description.membership import membership
from underbalance.models.estimate import Plan


def test_years_are_spans_of_the_commitment():
    years = pd.DataFrame(
        {
            "iso3": ["NZL"] * 5 + ["JPN"],
            "year": [1985, 1986, 1987, 1989, 1988, 1990],
            "is_ally": [True, True, False, True, False, True],
        }
    )
    group = Group.model_validate({"label": "all", "members": ["NZL"], "years": "committed"})
    found = membership(years, Plan("core", group, frozenset({"NZL"}), 10, 0.95))
    assert found.to_dict("records") == [
        {"iso3": "NZL", "years": "1985–1986, 1989", "ally_years": 3}
    ]
