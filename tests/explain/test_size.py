"""GDP and its share, from made-up rows of both sources."""

import math

from underbalance.explain.operations import recomputed, that_do_not_add_up
from underbalance.explain.size import gdp_share, log_gdp


def gdp(iso3, value, source="imf_weo", status="observed"):
    row = {"iso3": iso3, "year": 2000, "series": "gdp_usd_bn", "source": source}
    return row | {"value": value, "status": status}


def ally(iso3, is_ally=True, **coded):
    return {"iso3": iso3, "year": 2000, "is_ally": is_ally, "gdp_usd_bn": None, **coded}


def test_share_is_of_the_allies_of_the_year_with_an_observed_gdp(made_up, named):
    economy = [
        gdp("JPN", 4.0),
        gdp("JPN", 5.0, source="wb_fiscal_space"),
        gdp("KOR", 1.0, source="wb_fiscal_space"),
        gdp("DEU", 9.0, status="estimate"),
        gdp("SWE", 2.0),
    ]
    allies = [
        ally("JPN", gdp_usd_bn=4.0, gdp_share=0.8),
        ally("KOR"),
        ally("DEU"),
        ally("SWE", is_ally=False),
    ]
    allies = [{"gdp_share": None, **row} for row in allies]
    node = gdp_share(made_up(allies, {"economy": economy}), "JPN", 2000)
    assert recomputed(node) == 4 / (4 + 1)
    assert [r.key["iso3"] for r in named(node, "allied_gdp_usd_bn").rows] == ["JPN", "KOR"]
    assert that_do_not_add_up(node) == []


def test_log_is_natural(made_up):
    facts = made_up(
        [ally("JPN", gdp_usd_bn=math.e, log_gdp=1.0)], {"economy": [gdp("JPN", math.e)]}
    )
    assert recomputed(log_gdp(facts, "JPN", 2000)) == 1
