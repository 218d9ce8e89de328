"""Troops, aid and trade per what they are measured by, from made-up rows."""

import pytest
from underbalance.explain.dependence import (
    military_aid_gdp,
    us_arms_share_5y,
    us_trade_gdp,
    us_troops_per_1000_personnel,
)
from underbalance.explain.operations import recomputed, that_do_not_add_up

GDP = {"iso3": "JPN", "year": 2000, "series": "gdp_usd_bn", "source": "imf_weo"}
GDP |= {"value": 4.0, "status": "observed"}


def ally_year(**coded):
    return [{"iso3": "JPN", "year": 2000, "is_ally": True, "gdp_usd_bn": 4.0, **coded}]


def test_september_report_counts_before_later_ones(made_up, named):
    facts = made_up(
        ally_year(us_troops_per_1000_personnel=15.0),
        {
            "us_troops": [
                {"iso3": "JPN", "year": 2000, "month": 9, "active_duty": 30},
                {"iso3": "JPN", "year": 2000, "month": 12, "active_duty": 40},
            ],
            "capabilities": [{"state": "JPN", "year": 2000, "personnel_thousand": 2.0}],
        },
    )
    node = us_troops_per_1000_personnel(facts, "JPN", 2000)
    assert recomputed(node) == 1000 * 30 / 2000
    assert named(node, "us_troops").rows[0].key["month"] == 9
    assert that_do_not_add_up(node) == []


def test_without_september_the_latest_report_counts(made_up, named):
    months = [{"iso3": "JPN", "year": 2000, "month": m, "active_duty": m} for m in (3, 6, 12)]
    capabilities = [{"state": "JPN", "year": 2000, "personnel_thousand": 2.0}]
    facts = made_up(
        ally_year(us_troops_per_1000_personnel=6.0),
        {"us_troops": months, "capabilities": capabilities},
    )
    node = us_troops_per_1000_personnel(facts, "JPN", 2000)
    assert named(node, "us_troops").value == 12


def test_aid_is_without_loans(made_up):
    aid = {"military_aid_current_usd_m": 50.0, "military_loans_current_usd_m": 10.0}
    facts = made_up(
        ally_year(military_aid_gdp=1.0),
        {"us_aid": [{"iso3": "JPN", "year": 2000, **aid}], "economy": [GDP]},
    )
    node = military_aid_gdp(facts, "JPN", 2000)
    assert recomputed(node) == 100 * (50 - 10) / 4000
    assert that_do_not_add_up(node) == []


def test_year_without_an_obligation_is_zero_within_the_coverage(made_up, named):
    other = {"military_aid_current_usd_m": 1.0, "military_loans_current_usd_m": 0.0}
    tables = {"us_aid": [{"iso3": "KOR", "year": 2000, **other}], "economy": [GDP]}
    node = military_aid_gdp(made_up(ally_year(military_aid_gdp=0.0), tables), "JPN", 2000)
    assert recomputed(node) == 0
    assert "zero, not missing" in named(node, "grants").note


def test_aid_after_the_coverage_is_missing_and_says_so(made_up, named):
    other = {"military_aid_current_usd_m": 1.0, "military_loans_current_usd_m": 0.0}
    rows = [{"iso3": "JPN", "year": 2022, "is_ally": True, "military_aid_gdp": None}]
    economy = [{**GDP, "year": 2022}]
    facts = made_up(
        [{**rows[0], "gdp_usd_bn": 4.0}],
        {"us_aid": [{"iso3": "KOR", "year": 2000, **other}], "economy": economy},
    )
    node = military_aid_gdp(facts, "JPN", 2022)
    assert recomputed(node) is None
    assert "outside coverage: us_aid" in named(node, "grants").note


def test_trade_is_missing_where_its_row_is(made_up, named):
    flows = [{"iso3": "KOR", "year": 2000, "imports_usd_m": 1.0, "exports_usd_m": 1.0}]
    facts = made_up(ally_year(us_trade_gdp=None), {"us_trade": flows, "economy": [GDP]})
    node = us_trade_gdp(facts, "JPN", 2000)
    assert recomputed(node) is None
    assert "missing in us_trade, which covers JPN in 2000" in named(node, "trade").note


@pytest.mark.parametrize(("years", "share"), [(5, 0.5), (4, None)])
def test_share_of_orders_needs_all_years_of_the_window(made_up, years, share):
    orders = [
        {"iso3": "JPN", "year": 2000 - ago, "tiv_usa": 1.0, "tiv_all": 2.0} for ago in range(years)
    ]
    facts = made_up(ally_year(us_arms_share_5y=share), {"arms_orders": orders})
    assert recomputed(us_arms_share_5y(facts, "JPN", 2000)) == share
