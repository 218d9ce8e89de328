"""Cases of outcomes, recomputed from made-up rows of the facts tables."""

import math

import pytest
from underbalance.explain.operations import recomputed, that_do_not_add_up
from underbalance.explain.outcomes import CASES, NAMED_BY, outcome_nodes
from underbalance.outcomes.catalogue import OUTCOMES
from underbalance.schemas.outcomes import OUTCOME_TABLES

NO_CASE = [{"iso3": "NOR", "year": 1900}]
LAST_YEAR = 2025
GDP = [
    {"iso3": "JPN", "year": year, "series": "gdp_usd_bn", "source": "imf_weo"}
    | {"value": 3000.0, "status": "observed"}
    for year in range(2000, LAST_YEAR)
]


@pytest.fixture
def explained(made_up):
    """Return a function that explains the cases of one outcome for an ally-year."""

    def explain(outcome, cases, tables, processed=None, ally_year=None):
        outcomes = {f"outcomes/{name}": NO_CASE for name in OUTCOMES} | {
            f"outcomes/{outcome}": [{"is_ally": 1, **case} for case in cases]
        }
        rows = ally_year or [{"iso3": case["iso3"], "year": case["year"]} for case in cases]
        facts = made_up(rows, tables, outcomes | (processed or {}))
        nodes = outcome_nodes(facts, str(cases[0]["iso3"]), int(cases[0]["year"]))
        assert [wrong for node in nodes for wrong in that_do_not_add_up(node)] == []
        return nodes

    return explain


def part(node, name):
    return next(one for one in node.parts if one.name == name)


def test_every_outcome_has_an_explainer():
    assert set(CASES) == set(OUTCOMES)


@pytest.mark.parametrize("outcome", sorted(NAMED_BY))
def test_cases_are_named_by_columns_of_their_table(outcome):
    assert set(NAMED_BY[outcome]) <= set(OUTCOME_TABLES[outcome]().columns)


def test_outcome_without_a_case_has_no_node(made_up):
    outcomes = {f"outcomes/{name}": NO_CASE for name in OUTCOMES}
    assert outcome_nodes(made_up([], {}, outcomes), "JPN", 2000) == []


def delivery(first, years, delivered):
    case = {"iso3": "JPN", "year": 2019, "deal_id": 7}
    deal = {"deal_id": 7, "iso3": "JPN", "designation": "SM-3", "order_year": 2019}
    deal |= {"order_year_uncertain": 1, "first_delivery_year": first}
    coded = {"years_to_delivery": years, "delivered": delivered}
    return "delivery", [{**case, **coded}], {"deals": [deal]}


def test_delivery_is_counted_from_the_order(explained):
    (node,) = explained(*delivery(2022.0, 3, 1))
    assert node.name == "delivery 7"
    assert node.label.endswith(": SM-3")
    assert recomputed(part(node, "years_to_delivery")) == 3
    assert part(node, "years_to_delivery").parts[1].rows[0].flag == "year uncertain"


def test_order_without_a_delivery_is_censored_at_the_end_of_the_register(explained):
    (node,) = explained(*delivery(math.nan, LAST_YEAR - 2019, 0))
    assert part(node, "years_to_delivery").parts[0].name == "last_year"
    assert "censored" in node.note


def commitment(day, order_year, **coded):
    year = int(day[:4])
    case = {"iso3": "JPN", "year": year, "notice_id": "JPN 1", "family": "f", "match_rule": "r"}
    deal = {"deal_id": 7, "iso3": "JPN", "designation": "SM-3", "order_year": order_year}
    deal |= {"order_year_uncertain": 0}
    notice = {"notice_id": "JPN 1", "iso3": "JPN", "date": day, "system": "Missiles"}
    notice["cost_usd_m"] = 90.0
    order = {"notice_id": "JPN 1", "iso3": "JPN", "family": "f"}
    order["deal_id"] = 7 if order_year else math.nan
    spending = {"iso3": "JPN", "year": year - 1, "share_gdp": 0.01, "share_gdp_quality": ""}
    tables = {"deals": [deal], "notifications": [notice], "milex": [spending], "economy": GDP}
    # 90 million of 1 percent of 3,000 billion
    coded["burden"] = 90 / 30_000
    years = [{"iso3": "JPN", "year": y, "gdp_usd_bn": 3000.0} for y in (year - 1, year)]
    processed = {"notification_orders": [order]}
    return "commitment", [{**case, **coded}], tables, processed, years


def test_order_came_between_two_days_after_the_notice(explained):
    coded = {"years_to_order": 2, "ordered": 1, "lapsed": 0, "censored": 0}
    # 1 July is day 182 of 365
    bounds = {"years_low": 2 - 181 / 365, "years_high": 3 - 181 / 365}
    (node,) = explained(*commitment("2013-07-01", 2015, **coded, **bounds))
    assert recomputed(part(node, "years_to_order")) == 2
    assert recomputed(part(node, "burden")) == pytest.approx(0.003, abs=1e-15)


@pytest.mark.parametrize(("year", "watched", "lapsed"), [(2020, 5, 1), (2022, 3, 0), (2010, 5, 1)])
def test_request_without_an_order_lapses_after_five_years_else_is_censored(
    explained, year, watched, lapsed
):
    coded = {"years_to_order": watched, "ordered": 0, "lapsed": lapsed, "censored": 1 - lapsed}
    bounds = {"years_low": watched + 1, "years_high": math.nan}
    (node,) = explained(*commitment(f"{year}-01-01", None, **coded, **bounds))
    assert recomputed(part(node, "years_to_order")) == watched
    assert ("lapsed" in node.note) == bool(lapsed)


def test_lost_deal_is_gone_from_the_newest_register(explained):
    deal = {"iso3": "TWN", "vintage": "2018-01", "vintage_deal": 3, "year": 2016}
    fates = {"fate_2024_03": "open", "fate_2025_03": "not_found", "fate_2026_05": "not_found"}
    row = deal | fates | {"order_year": 2010, "designation": "X"}
    row |= {"number_ordered": 4, "number_delivered": 0}
    case = deal | {"lost": 1, "years_open": 6}
    (node,) = explained("loss", [case], {"deal_vintages": [row]})
    assert recomputed(part(node, "lost")) is True


def test_plan_in_old_money_is_converted_before_it_is_compared(explained):
    release = {"iso3": "LTU", "year": 2014}
    rows = [
        release | {"release_year": 2015, "currency": "LTL", "local_currency_m": 345.28},
        release | {"release_year": 2025, "currency": "EUR", "local_currency_m": 90.0},
    ]
    ratio = math.log(90 / 100)
    coded = {"execution": ratio, "execution_error": -ratio, "shortfall": 1}
    case = release | coded | {"source": "sipri", "basis": "national_currency"}
    case |= {"planned_edition": "2015", "outcome_edition": "2025"}
    case |= {"settled_revision": math.nan, "equipment_gap": math.nan}
    (node,) = explained("execution", [case], {"milex_releases": rows})
    assert recomputed(node) == pytest.approx(-ratio, abs=1e-15)


def test_editions_of_nato_are_compared_by_the_latest_settled_year(explained):
    def amount(year, edition, value, estimate=0, series="defence_national_m"):
        row = {"iso3": "NOR", "year": year, "edition": edition, "series": series}
        return row | {"value": value, "estimate": estimate, "currency": "NOK", "price_base": None}

    equipment = "equipment_percent"
    rows = [
        amount(2017, "2019-06", 50.0),
        amount(2018, "2019-06", 60.0),
        amount(2019, "2019-06", 100.0, estimate=1),
        amount(2019, "2019-06", 20.0, estimate=1, series=equipment),
        amount(2017, "2022-06", 55.0),
        amount(2018, "2022-06", 61.2),
        amount(2019, "2022-06", 99.0),
        amount(2019, "2022-06", 23.0, series=equipment),
    ]
    case = {"iso3": "NOR", "year": 2019, "source": "nato", "basis": "national_currency"}
    case |= {"planned_edition": "2019-06", "outcome_edition": "2022-06"}
    case |= {"execution": math.log(0.99), "execution_error": -math.log(0.99), "shortfall": 0}
    case |= {"settled_revision": math.log(61.2 / 60), "equipment_gap": 3.0}
    (node,) = explained("execution", [case], {"nato_editions": rows})
    assert recomputed(part(node, "settled_revision")) == pytest.approx(math.log(1.02), abs=1e-15)


def pledge(shares, **coded):
    rows = [
        {"iso3": "MNE", "year": 2017 + n, "edition": "2024-06", "series": "gdp_percent"}
        | {"value": share, "estimate": int(n == len(shares) - 1)}
        for n, share in enumerate(shares)
    ]
    old = [{**row, "edition": "2019-06", "value": 9.0} for row in rows]
    accession = [{"iso3": "MNE", "commitment": "NATO", "start": "2017-06-05", "end": ""}]
    case = {"iso3": "MNE", "year": 2017, "pledge": "gdp", **coded}
    return "pledge", [case], {"nato_editions": rows + old, "alliance": accession}


def test_pledge_is_reached_in_the_first_year_at_the_target(explained):
    coded = {"years_to_pledge": 1, "reached": 1, "at_target_at_start": 0}
    rest = {"kept": 0, "ends_in_estimate": 0}
    (node,) = explained(*pledge([1.5, 2.0, 1.9], **coded, **rest))
    assert recomputed(part(node, "years_to_pledge")) == 1


def test_pledge_not_reached_is_censored_in_the_last_year(explained):
    coded = {"years_to_pledge": 2, "reached": 0, "at_target_at_start": 0}
    rest = {"kept": math.nan, "ends_in_estimate": 1}
    (node,) = explained(*pledge([1.5, 1.6, 1.9], **coded, **rest))
    assert "censored" in node.note


def test_ally_at_the_target_at_the_start_was_never_at_risk(explained):
    coded = {"years_to_pledge": math.nan, "reached": math.nan, "at_target_at_start": 1}
    rest = {"kept": 1, "ends_in_estimate": 0}
    (node,) = explained(*pledge([2.1, 2.2], **coded, **rest))
    assert node.value is None
    assert "never at risk" in node.note


def adoption(orders, allied, **coded):
    case = {"iso3": "LTU", "year": 2004, "family": "f", "is_ally": 1, "at_risk_from": 2004}
    tables = {
        "system_orders": [
            {"family": "f", "iso3": iso3, "first_order_year": year, "first_export_year": 1990}
            for iso3, year in orders.items()
        ],
        "alliance": [{"iso3": "LTU", "commitment": "NATO", "start": "2004-03-29", "end": allied}],
    }
    first = {"iso3": "LTU", "year": 1985}
    case |= {"years_at_entry": 14, **coded}
    return "adoption", [case], tables, {}, [first, {"iso3": "LTU", "year": 2004}]


def test_order_while_at_risk_ends_the_wait(explained):
    coded = {"at_risk_until": LAST_YEAR, "years_to_adoption": 30, "adopted": 1}
    (node,) = explained(*adoption({"NOR": 1990, "LTU": 2020}, "", **coded))
    assert recomputed(part(node, "years_to_adoption")) == 30


def test_end_of_the_alliance_censors_the_wait(explained):
    coded = {"at_risk_until": 2012, "years_to_adoption": 22, "adopted": 0}
    (node,) = explained(*adoption({"NOR": 1990}, "2012-05-01", **coded))
    assert node.note.endswith("no order from the USA by 2012")


def test_month_of_force_that_is_not_known_is_missing(explained):
    row = {"agreement_id": "A", "iso3": "KOR", "category": "DCA", "text_seen": 1}
    row |= {"signed": "2000-03-01", "entered_into_force": "2001", "terminated": 0}
    case = {"iso3": "KOR", "year": 2000, "agreement_id": "A"}
    case |= {"months_to_force": math.nan, "in_force": 1}
    (node,) = explained("agreement", [case], {"agreements": [row]})
    assert node.value is None
    assert "missing, not censored" in node.note


def test_effort_turned_when_its_growth_changed_sign(explained):
    milex = [
        {"iso3": "JPN", "year": year, "constant_usd_m": value, "constant_usd_quality": ""}
        for year, value in ((1998, 100.0), (1999, 90.0), (2000, 99.0))
    ]
    case = {"iso3": "JPN", "year": 2000, "effort_growth": 100 * math.log(1.1), "reversal": 1}
    years = [{"iso3": "JPN", "year": year} for year in (1998, 1999, 2000)]
    (node,) = explained("effort", [case], {"milex": milex}, ally_year=years)
    assert recomputed(part(node, "reversal")) is True


def test_exercise_counts_once_and_with_the_usa_only(explained):
    def exercise(name, start, with_usa=1):
        row = {"exercise_id": name, "iso3": "JPN", "start": start, "end": start}
        return row | {"with_usa": with_usa, "participants": 2}

    rows = [
        exercise("a", "2000-02-01"),
        exercise("a", "2000-02-01"),
        exercise("b", "2000-03-01", with_usa=0),
        exercise("c", "2000-04-01"),
    ]
    growth = math.log(3)
    case = {"iso3": "JPN", "year": 2000, "exercises_growth": growth, "exercises_change": growth}
    (node,) = explained("exercises", [case], {"exercises": rows})
    assert recomputed(node.parts[0].parts[0]) == pytest.approx(math.log1p(2) - math.log1p(0))


def test_sourcing_compares_windows_that_share_no_year(explained):
    orders = [
        {"iso3": "JPN", "year": year, "tiv_all": 2.0, "deals_all": 2, "deals_usa": 1}
        | {"tiv_usa": 2.0 if year > 1995 else 1.0}
        for year in range(1991, 2001)
    ]
    case = {"iso3": "JPN", "year": 2000, "sourcing_shift": 0.5, "sourcing_change": 0.5}
    # of the window that ended in 1999 one year of five was still half from elsewhere
    case |= {"sourcing_shift_deals": 0.0, "sourcing_yearly_change": 0.1, "orders": 10}
    (node,) = explained("sourcing", [case], {"arms_orders": orders})
    assert recomputed(node) == 0.5


def test_alignment_moves_with_the_distance_of_the_ideal_points(explained):
    points = [
        {"iso3": "JPN", "year": 1999, "ideal_point": 1.0, "ideal_point_usa": 3.0},
        {"iso3": "JPN", "year": 2000, "ideal_point": 0.5, "ideal_point_usa": 3.0},
    ]
    years = [
        {"iso3": "JPN", "year": y, "ideal_point_distance": d} for y, d in ((1999, 2), (2000, 2.5))
    ]
    case = {"iso3": "JPN", "year": 2000, "alignment_shift": 0.5, "alignment_change": 0.5}
    (node,) = explained("alignment", [case], {"ideal_points": points}, ally_year=years)
    assert recomputed(node) == 0.5
