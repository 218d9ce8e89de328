import pandas as pd
import pytest
from underbalance.clean.notices import is_services
from underbalance.clean.notification_orders import notification_orders
from underbalance.families import read_families
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import PROCESSED
from underbalance.tables import check_frame, read_table

TITLES = {"f_16": "F-16 Aircraft", "javelin": "Javelin Missiles", "f_35": "F-35 Aircraft"}
DESIGNATIONS = {"f_16": "F-16C", "javelin": "FGM-148 Javelin", "f_35": "F-35A Lightning-2"}


def notice(date: str, title: str = "F-16 Aircraft", number: str | None = None, **other) -> dict:
    usual = {
        "notice_id": f"POL {number or date}",
        "iso3": "POL",
        "date": date,
        "transmittal": number or "",
        "system": title,
        "cost_usd_m": 100.0,
        "correction": False,
        "mended": "",
    }
    return usual | other


def match(notices: list[dict], *deals: tuple) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Match notices to deals (family, order year, and `?` where that is uncertain)."""
    orders = pd.DataFrame(
        {
            "deal_id": range(1, len(deals) + 1),
            "iso3": "POL",
            "designation": pd.Series([DESIGNATIONS[deal[0]] for deal in deals], dtype="str"),
            "order_year": pd.array([deal[1] for deal in deals], dtype="Int64"),
            "order_year_uncertain": [len(deal) > 2 for deal in deals],
            "selected_not_ordered": pd.array([False] * len(deals), dtype="boolean"),
        }
    )
    return notification_orders(pd.DataFrame(notices), orders, read_families())


def matched(notices: list[dict], *deals: tuple) -> list[tuple]:
    table, _ = match(notices, *deals)
    names = ["order_year", "years_to_order", "match_rule", "ambiguous"]
    filled = table[names].astype(object).where(table[names].notna(), None)
    return list(filled.itertuples(index=False, name=None))


def test_one_order_after_one_notice():
    assert matched([notice("2010-06-01")], ("f_16", 2012)) == [(2012, 2, "one_to_one", False)]


@pytest.mark.parametrize(("year", "rule"), [(2015, "one_to_one"), (2016, "no_order")])
def test_order_counts_to_the_fifth_year_after_the_notice(year, rule):
    assert matched([notice("2010-06-01")], ("f_16", year))[0][2] == rule


def test_order_of_the_year_before_counts_only_when_its_year_is_uncertain():
    assert matched([notice("2010-06-01")], ("f_16", 2009))[0][2] == "no_order"
    assert matched([notice("2010-06-01")], ("f_16", 2009, "?")) == [(2009, 0, "one_to_one", True)]


def test_order_after_the_notice_is_preferred_to_an_uncertain_one_before():
    assert matched([notice("2010-06-01")], ("f_16", 2009, "?"), ("f_16", 2011)) == [
        (2011, 1, "first_of_several_orders", True)
    ]


def test_orders_of_one_year_are_no_choice_of_years():
    assert matched([notice("2010-06-01")], ("f_16", 2012), ("f_16", 2012)) == [
        (2012, 2, "one_to_one", False)
    ]


def test_of_several_notices_the_earliest_takes_the_earliest_order():
    assert matched(
        [notice("2011-06-01"), notice("2010-06-01")], ("f_16", 2012), ("f_16", 2013)
    ) == [
        (2012, 2, "several_notices", True),
        (2013, 2, "several_notices", True),
    ]


def test_order_that_two_notices_share_is_marked():
    assert matched([notice("2010-06-01"), notice("2011-06-01")], ("f_16", 2012)) == [
        (2012, 2, "several_notices", True),
        (2012, 1, "shared_order", True),
    ]


def test_order_of_another_family_does_not_count():
    assert matched([notice("2010-06-01")], ("javelin", 2011)) == [(None, None, "no_order", False)]


def test_system_selected_but_not_ordered_is_no_order():
    table, _ = match([notice("2010-06-01")], ("f_16", 2012))
    assert table["match_rule"].tolist() == ["one_to_one"]
    orders = pd.DataFrame(
        {
            "deal_id": [1],
            "iso3": ["POL"],
            "designation": ["F-16C"],
            "order_year": [2012],
            "order_year_uncertain": [False],
            "selected_not_ordered": [True],
        }
    )
    table, _ = notification_orders(pd.DataFrame([notice("2010-06-01")]), orders, read_families())
    assert table["match_rule"].tolist() == ["no_order"]


def test_notice_of_two_systems_is_two_rows():
    title = "AIM 9X Block II Tactical Missiles and Javelin Missiles"
    table, _ = match([notice("2010-06-01", title)], ("javelin", 2011))
    assert table[["family", "match_rule", "families_in_notice"]].to_numpy().tolist() == [
        ["aim_9x", "no_order", 2],
        ["javelin", "one_to_one", 2],
    ]


def test_correction_of_a_listed_notice_is_no_new_case():
    table, ledger = match(
        [
            notice("2010-06-01", "Javelin Missiles"),
            notice("2010-08-01", "Javelin Missiles (Corrected)", correction=True),
        ],
        ("javelin", 2011),
    )
    assert table["notice_id"].tolist() == ["POL 2010-06-01"]
    assert ledger["rule"].tolist() == ["not_counted_correction"]


def test_correction_stands_for_its_original_when_that_is_not_listed():
    title = "Javelin Missiles (Corrected)"
    assert len(match([notice("2010-08-01", title, correction=True)])[0]) == 1


def test_of_competing_offers_the_one_that_was_ordered_is_kept():
    offers = [
        notice("2020-10-09", "F/A-18E/F Super Hornet Aircraft", notice_id="FIN 20-67"),
        notice("2020-10-09", "F-35 Aircraft", notice_id="FIN 20-66"),
    ]
    table, ledger = match(offers, ("f_35", 2022))
    assert table[["notice_id", "competing"]].to_numpy().tolist() == [["FIN 20-66", True]]
    assert ledger["key"].tolist() == ["FIN 20-67 fa_18"]


def test_of_competing_offers_that_all_failed_one_is_kept():
    title = "AN/TPQ-36 FIREFINDER Radars or AN/MPQ-64F1 SENTINEL Radars"
    table, _ = match([notice("2010-07-15", title)])
    assert len(table) == 1


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("F-16 Sustainment", "services"),
        ("M777 155mm Light-Weight Towed Howitzers", "other_supplier"),
        ("High-Frequency Radios", "not_listed"),
        ("Munitions", "no_family"),
    ],
)
def test_notice_that_is_not_counted_is_in_the_ledger_with_its_reason(title, rule):
    table, ledger = match([notice("2010-06-01", title)])
    assert table.empty
    assert ledger[["key", "rule"]].to_numpy().tolist() == [
        ["POL 2010-06-01", f"not_counted_{rule}"]
    ]


def test_mended_notice_is_in_the_ledger():
    _, ledger = match([notice("2010-06-01", mended="cost")])
    assert ledger["rule"].tolist() == ["mended_cost"]


@pytest.mark.parametrize(
    ("title", "services"),
    [
        ("P-8A Aircraft and Associated Support", False),
        ("E-2D Advanced Hawkeye Aircraft, Spares and Support Equipment", False),
        ("F-16 Aircraft Acquisition and Modernization", False),
        ("PATRIOT M903 Launching Stations New Buy and Upgrades", False),
        ("MQ-9B Remotely Piloted Aircraft", False),
        ("PATRIOT Configuration-3+ Modernized Fire Units", False),
        ("Defense Articles and Services Related to the MH-60R Multi-Mission Helicopters", False),
        ("Defense Services Related to Future Standard Missile Production", True),
        ("F-16 Pilot Training and Logistics Support", True),
        ("CH-47 and AH-64 Helicopter Training", True),
        ("Technical, Engineering, and Software Support for C-130J", True),
        ("Upgrade of F-16 Aircraft to F-16 Block V Configuration", True),
    ],
)
def test_support_that_comes_with_a_system_does_not_make_a_title_services(title, services):
    assert is_services(pd.Series([title])).tolist() == [services]


def test_known_requests_find_their_orders_and_known_failures_none():
    facts = {
        name: read_table(RAW_FOLDER / f"{name}.csv", FACTS[name]())
        for name in ("notifications", "deals", "deal_notes")
    }
    deals = facts["deals"].merge(facts["deal_notes"], on="deal_id", validate="one_to_one")
    table, _ = notification_orders(facts["notifications"], deals, read_families())
    check_frame(table, PROCESSED["notification_orders"](), "notification_orders")
    found = table.set_index(["notice_id", "family"])
    # South Korea signed for the F-35A on 30 September 2014 and bought the AH-64E instead of the
    # AH-1Z (announced 17 April 2013); Germany gave the MQ-4C up in January 2020; Turkey bought
    # the S-400 instead of Patriot (DAPA; German ministry of defence; US State Department,
    # 14 December 2020)
    assert found.loc[("KOR 13-10", "f_35"), "order_year"] == 2014
    # the AH-1Z was an offer to the same competition, and no commitment that failed
    assert ("KOR 12-26", "ah_1z") not in found.index
    assert found.loc[("KOR 12-32", "ah_64"), "competing"]
    failed = [("DEU 17-71", "mq_4c"), ("TUR 18-17", "patriot")]
    assert found.loc[failed, "match_rule"].tolist() == ["no_order"] * 2
