import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.facts.deals import deal_notes, deals
from underbalance.sources.sipri_arms_transfers import parse_deal_notes, parse_deals
from underbalance.tables import check_frame

HEADER = (
    "deal_row,recipient,supplier,order_year,order_year_uncertain,number_ordered,"
    "number_ordered_uncertain,weapon_designation,weapon_description,number_delivered,"
    "number_delivered_uncertain,delivery_years,status,tiv_per_unit,tiv_total_order,tiv_delivered"
)
NOTES_HEADER = (
    "deal_row,part_of_larger_deal,selected_not_ordered,part_selected_not_ordered,cancel_mentioned,"
    "embargo_mentioned,option_mentioned,offsets_mentioned,local_production_mentioned,aid_mentioned,"
    "for_other_platform,modernization_mentioned,deal_value_usd_m,deal_value_usd_m_high,"
    "planned_delivery_first,planned_delivery_last,planned_qualifier,deal_value_local_m,"
    "deal_value_currency,delayed_from_first,delayed_from_last"
)


def deal(
    row=7,
    recipient="Japan",
    supplier="United States",
    year=1998,
    uncertain="",
    ordered="4",
    delivered="4",
    delivery="2001; 2002",
    status="New",
    kind="AEW&C aircraft",
):
    return (
        f"{row},{recipient},{supplier},{year},{uncertain},{ordered},,E-767 ,{kind},{delivered},?,"
        f"{delivery},{status},120,480,480"
    )


@pytest.fixture
def register(original):
    original(
        "weapon_description_category.csv",
        "weapon_description,armament_category,basis",
        "AEW&C aircraft,Aircraft,assigned",
    )
    # an older vintage must not be mixed in: its rows have other numbers
    original("us_to_allies_deals_2025-03.csv", HEADER, deal(row=99))

    def write(*rows: str):
        return original("us_to_allies_deals_2026-05.csv", HEADER, *rows)

    return write


def test_deal_becomes_one_row_in_the_projects_words(register, allies):
    table = parse_deals(register(deal()), allies)
    assert table.to_dict("records") == [
        {
            "deal_id": 7,
            "iso3": "JPN",
            "order_year": 1998,
            "order_year_uncertain": False,
            "designation": "E-767",
            "description": "AEW&C aircraft",
            "category": "Aircraft",
            "condition": "new",
            "number_ordered": 4,
            "number_delivered": 4,
            "first_delivery_year": 2001,
            "last_delivery_year": 2002,
            "tiv_per_unit": 120.0,
            "tiv_order": 480.0,
            "tiv_delivered": 480.0,
        }
    ]
    check_frame(table, deals(), "deals")


def test_question_mark_makes_the_order_year_uncertain(register, allies):
    table = parse_deals(register(deal(1, uncertain="?"), deal(2)), allies)
    assert table["order_year_uncertain"].tolist() == [True, False]


def test_undelivered_deal_of_unknown_number_has_empty_cells(register, allies):
    table = parse_deals(register(deal(ordered="", delivered="0", delivery="")), allies)
    assert table[["number_ordered", "first_delivery_year", "last_delivery_year"]].isna().all(None)
    assert table["number_delivered"].tolist() == [0]


def test_one_delivery_year_is_both_first_and_last(register, allies):
    table = parse_deals(register(deal(delivery="2001")), allies)
    assert table[["first_delivery_year", "last_delivery_year"]].iloc[0].tolist() == [2001, 2001]


@pytest.mark.parametrize(
    ("recipient", "iso3"), [("Turkiye", "TUR"), ("South Korea", "KOR"), ("Czechia", "CZE")]
)
def test_register_names_are_matched_to_allies(register, allies, recipient, iso3):
    assert parse_deals(register(deal(recipient=recipient)), allies)["iso3"].tolist() == [iso3]


def test_other_recipients_suppliers_and_orders_before_1990_are_left_out(register, allies):
    folder = register(
        deal(1, recipient="Czechoslovakia"),
        deal(2, supplier="France"),
        deal(3, year=1989),
        deal(4, year=1990),
    )
    assert parse_deals(folder, allies)["deal_id"].tolist() == [4]


@pytest.mark.parametrize(
    ("status", "condition"),
    [("Second hand", "second hand"), ("Second hand but modernized", "second hand, modernised")],
)
def test_status_of_the_register_becomes_the_condition(register, allies, status, condition):
    assert parse_deals(register(deal(status=status)), allies)["condition"].tolist() == [condition]


def test_status_that_is_not_known_is_shown_by_the_schema(register, allies):
    table = parse_deals(register(deal(status="Leased")), allies)
    with pytest.raises(FaultsError, match="Leased"):
        check_frame(table, deals(), "deals")


def test_every_description_without_category_is_named_once(register, allies):
    folder = register(deal(1, kind="laser"), deal(2, kind="laser"), deal(3, kind="airship"))
    with pytest.raises(FaultsError) as error:
        parse_deals(folder, allies)
    assert [fault.where for fault in error.value.faults] == [
        "weapon_description 'airship'",
        "weapon_description 'laser'",
    ]


@pytest.fixture
def notes(register, original, allies):
    """Return a function that makes the facts of deal 7 from cells by the source's names."""

    def parse(**cells: str):
        register(deal(7), deal(8, recipient="Egypt"))
        names = NOTES_HEADER.split(",")
        # after the deal's number come eleven flags, then values and years
        usual = dict.fromkeys(names[:12], "0") | dict.fromkeys(names[12:], "")
        rows = [usual | {"deal_row": "8"}, usual | {"deal_row": "7"} | cells]
        lines = [",".join(row.values()) for row in rows]
        folder = original("us_to_allies_comment_facts_2026-05.csv", NOTES_HEADER, *lines)
        table = parse_deal_notes(folder, allies)
        check_frame(table, deal_notes(), "deal_notes")
        return table

    return parse


@pytest.mark.parametrize(
    ("mentioned", "flag"),
    [
        ("part_of_larger_deal", "part_of_larger_deal"),
        ("selected_not_ordered", "selected_not_ordered"),
        ("part_selected_not_ordered", None),
        ("cancel_mentioned", "cancellation_mentioned"),
        ("embargo_mentioned", "embargo_mentioned"),
        ("option_mentioned", "option_mentioned"),
        ("offsets_mentioned", "offsets_mentioned"),
        ("local_production_mentioned", "local_production"),
        ("aid_mentioned", "aid_funded"),
        ("for_other_platform", "for_other_platform"),
        ("modernization_mentioned", "modernisation_mentioned"),
    ],
)
def test_each_fact_of_the_comments_has_its_own_flag(notes, mentioned, flag):
    (row,) = notes(**{mentioned: "1"}).to_dict("records")
    assert [name for name, value in row.items() if value is True] == ([flag] if flag else [])


def test_notes_are_of_the_shipped_deals_only_with_their_years_and_values(notes):
    table = notes(
        deal_value_usd_m="1250.5",
        deal_value_usd_m_high="1300",
        deal_value_local_m="90000",
        deal_value_currency="JPY",
        planned_delivery_first="2001",
        planned_delivery_last="2003",
        planned_qualifier="from",
        delayed_from_first="1999",
        delayed_from_last="2000",
    )
    (row,) = table.to_dict("records")
    assert {name: value for name, value in row.items() if value is not False} == {
        "deal_id": 7,
        "value_usd_m": 1250.5,
        "value_usd_m_high": 1300,
        "value_local_m": 90000,
        "value_currency": "JPY",
        "planned_delivery_first": 2001,
        "planned_delivery_last": 2003,
        "planned_qualifier": "from",
        "delayed_from_first": 1999,
        "delayed_from_last": 2000,
    }


def test_facts_that_the_comments_do_not_state_are_empty(notes):
    table = notes()
    assert table[["value_currency", "planned_qualifier"]].iloc[0].tolist() == ["", ""]
    stated = table.drop(columns=["deal_id", "value_currency", "planned_qualifier"])
    assert stated.select_dtypes("number").isna().all(None)
