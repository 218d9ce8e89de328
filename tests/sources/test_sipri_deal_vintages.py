import csv
import io

import pytest
from underbalance.schemas.facts.deal_histories import deal_events, deal_matches, deal_vintages
from underbalance.sources.sipri_deal_events import parse_deal_events
from underbalance.sources.sipri_deal_vintages import parse_deal_matches, parse_deal_vintages
from underbalance.sources.sipri_deliveries import COLUMNS, deals_of, read_events
from underbalance.sources.sipri_vintages import OLD_REGISTER, REGISTER
from underbalance.tables import check_frame

VINTAGES = ("2018-01", "2024-03", "2025-03", "2026-05")
DEAL = {
    "buyer": "Japan",
    "supplier": "United States",
    "order_year": "2015",
    "order_year_uncertain": "",
    "number_ordered": "4",
    "designation": "KC-46A",
    "description": "tanker",
    "number_delivered": "0",
    "delivery_years": "",
    "condition": "New",
    "tiv_per_unit": "90",
}
EVENT = {
    "supplier": "United States",
    "recipient": "Japan",
    "designation": "KC-46A -",
    "order_year": "2015",
    "order_year_is_estimate": "No",
    "number_delivered": "4",
    "number_delivered_is_estimate": "Yes",
    "delivery_year": "2021",
    "delivery_year_is_estimate": "No",
    "status": "New",
    "tiv_deal_unit": "90",
}


def lines(header: list[str], rows: list[dict]) -> list[str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().splitlines()


@pytest.fixture
def folder(original):
    """Write the registers (lists of deals), the releases of events, marks, other suppliers."""

    def write(
        registers: dict,
        events: dict | None = None,
        selected: tuple[int, ...] = (),
        others: tuple[dict, ...] = (),
    ):
        for vintage in VINTAGES:
            names = OLD_REGISTER if vintage == "2018-01" else REGISTER
            deals = registers.get(vintage, [])
            rows = [
                {source: (DEAL | {"row": number} | deal)[own] for source, own in names.items()}
                for number, deal in enumerate(deals, start=1)
            ]
            end = "_api" if vintage == "2018-01" else ""
            original(f"us_to_allies_deals_{vintage}{end}.csv", *lines(list(names), rows))
            marks = [{"deal_row": n, "selected_not_ordered": int(n in selected)} for n in (1, 2, 3)]
            name = f"us_to_allies_comment_facts_{vintage}.csv"
            written = original(name, *lines(["deal_row", "selected_not_ordered"], marks))
        for release in ("2024-04", "2026-02"):
            rows = [EVENT | event for event in (events or {}).get(release, [])]
            name = f"us_to_allies_delivery_events_{release}.csv"
            original(name, *lines(list(COLUMNS), rows))
        rows = [
            {source: (DEAL | {"row": 1} | deal)[own] for source, own in REGISTER.items()}
            for deal in others
        ]
        original("all_suppliers_to_allies_deals_2026-05.csv", *lines(list(REGISTER), rows))
        return written

    return write


OLD_DEAL = {"row": 501, "condition": "N"}
DONE = {"number_delivered": "4", "delivery_years": "2021"}


def fates(table) -> list[list[str]]:
    return table[["fate_2024_03", "fate_2025_03", "fate_2026_05"]].to_numpy().tolist()


def test_open_deal_is_followed_through_all_later_registers(folder, allies):
    part = {"number_delivered": "1", "delivery_years": "2021"}
    registers = {
        "2018-01": [OLD_DEAL],
        "2024-03": [{}],
        "2025-03": [part],
        "2026-05": [{"buyer": "Egypt"}, DONE],
    }
    table = parse_deal_vintages(folder(registers), allies)
    assert fates(table) == [
        ["undelivered", "partly", "delivered"],
        ["", "partly", "delivered"],
        ["", "", "delivered"],
    ]
    assert table["deal_id"].tolist() == [2, 2, 2]
    assert set(table["case"]) == {"2018-01/501"}
    assert table["year"].tolist() == [2016, 2023, 2024]
    check_frame(table, deal_vintages(), "deal_vintages")


def test_deal_that_is_gone_stays_not_found_in_every_later_register(folder, allies):
    table = parse_deal_vintages(folder({"2018-01": [OLD_DEAL]}), allies)
    assert fates(table) == [["not_found"] * 3]
    assert table[["rule_2024_03", "rule_2026_05"]].to_numpy().tolist() == [["", ""]]
    assert table["deal_id"].isna().all()
    assert table["successor_possible"].tolist() == [False]


def test_deal_that_only_a_register_between_lacks_is_found_in_the_newest(folder, allies):
    registers = {"2018-01": [OLD_DEAL], "2024-03": [{}], "2026-05": [{"buyer": "Egypt"}, DONE]}
    table = parse_deal_vintages(folder(registers), allies)
    assert fates(table) == [
        ["undelivered", "not_found", "delivered"],
        ["", "not_found", "delivered"],
    ]
    assert table["deal_id"].tolist() == [2, 2]
    assert table["rule_2025_03"].tolist() == ["", ""]
    assert table["rule_2026_05"].tolist() == ["deliveries_revised"] * 2
    assert table["successor_possible"].isna().all()
    check_frame(table, deal_vintages(), "deal_vintages")


def test_deal_found_past_a_gap_is_one_case_with_the_row_that_leads_there(folder, allies):
    moved = {"number_ordered": "8", "order_year": "2017"}
    registers = {"2024-03": [{}], "2025-03": [moved], "2026-05": [moved | {"order_year": "2015"}]}
    table = parse_deal_vintages(folder(registers), allies)
    assert fates(table)[0] == ["", "ambiguous", "undelivered"]
    assert table["deal_id"].tolist() == [1, 1]
    assert set(table["case"]) == {"2024-03/1"}


def test_deal_unclear_in_a_register_between_is_not_lost_later(folder, allies):
    split = [{"number_ordered": "1"}, {"number_ordered": "3"}]
    table = parse_deal_vintages(folder({"2024-03": [{}], "2025-03": split}), allies)
    assert fates(table)[0] == ["", "ambiguous", "ambiguous"]


def test_deal_that_another_country_supplies_in_the_newest_register_is_not_lost(folder, allies):
    others = ({"supplier": "Germany"}, {"supplier": "United States", "buyer": "Spain"})
    registers = {"2025-03": [{}, {"buyer": "Spain"}]}
    table = parse_deal_vintages(folder(registers, others=others), allies)
    assert table["fate_2026_05"].tolist() == ["ambiguous", "not_found"]


def test_deal_is_its_own_case_where_the_older_register_does_not_have_it(folder, allies):
    table = parse_deal_vintages(folder({"2024-03": [{}], "2025-03": [{}]}), allies)
    assert table["case"].tolist() == ["2024-03/1", "2024-03/1"]


def test_complete_deals_other_buyers_and_old_orders_are_not_shipped(folder, allies):
    deals = [DONE, {"buyer": "Egypt"}, {"order_year": "1989"}]
    assert parse_deal_vintages(folder({"2024-03": deals}), allies).empty


def test_mark_of_selection_is_of_the_same_register_and_unknown_in_2018(folder, allies):
    table = parse_deal_vintages(
        folder({"2018-01": [OLD_DEAL], "2024-03": [{}, {"buyer": "Spain"}]}, selected=(2,)), allies
    )
    assert table["selected_not_ordered"].isna().tolist() == [True, False, False]
    assert table["selected_not_ordered"].tolist()[1:] == [False, True]


def test_id_of_a_later_update_finds_a_deal_whose_order_was_moved_by_many_years(folder, allies):
    moved = {"order_year": "2022", "number_ordered": "3"}
    done = moved | {"number_delivered": "3", "delivery_years": "2024"}
    event = {"order_year": "2022", "number_delivered": "3", "delivery_year": "2024"}
    registers = {"2018-01": [OLD_DEAL], "2024-03": [moved], "2025-03": [done], "2026-05": [done]}
    table = parse_deal_vintages(
        folder(registers, {"2026-02": [event | {"sipri_id": "501"}]}), allies
    )
    first = table.iloc[0]
    assert first["rule_2024_03"] == "sipri_id"
    assert fates(table)[0] == ["undelivered", "delivered", "delivered"]


def test_counts_tell_complete_deals_that_cannot_be_cancelled_from_open_ones(folder, allies):
    other = DONE | {"buyer": "Spain"}
    registers = {"2024-03": [{}, other], "2025-03": [other], "2026-05": [other]}
    table = parse_deal_matches(folder(registers), allies)
    assert table.to_numpy().tolist() == [
        ["2024-03", "2025-03", "complete", "same", 1],
        ["2024-03", "2025-03", "open", "not_found", 1],
        ["2025-03", "2026-05", "complete", "same", 1],
    ]
    check_frame(table, deal_matches(), "deal_matches")


def test_event_finds_its_row_by_numbers_and_years_though_the_name_differs(folder, allies):
    registers = {"2026-05": [{"buyer": "Spain"} | DONE, DONE | {"designation": "KC-46A Pegasus"}]}
    table = parse_deal_events(folder(registers, {"2026-02": [{"sipri_id": "501"}]}), allies)
    assert table[["sipri_id", "deal_id", "match_rule"]].to_numpy().tolist() == [
        [501, 2, "same_deliveries"]
    ]
    assert table[["order_year_estimate", "number_delivered_estimate"]].iloc[0].tolist() == [
        False,
        True,
    ]
    check_frame(table, deal_events(), "deal_events")


def test_event_of_two_equal_rows_keeps_its_id_and_is_not_guessed(folder, allies):
    registers = {"2026-05": [DONE, DONE]}
    table = parse_deal_events(folder(registers, {"2026-02": [{"sipri_id": "501"}]}), allies)
    assert table["deal_id"].isna().all()
    assert table["match_rule"].tolist() == [""]
    check_frame(table, deal_events(), "deal_events")


def test_register_with_deliveries_of_a_later_year_is_found_by_the_name_learnt(folder, allies):
    spain = DONE | {"buyer": "Spain", "designation": "KC-46A Pegasus"}
    more = {"number_delivered": "6", "delivery_years": "2021; 2025"}
    more |= {"designation": "KC-46A Pegasus"}
    events = [{"sipri_id": "501"}, {"sipri_id": "502", "recipient": "Spain"}]
    table = parse_deal_events(folder({"2026-05": [spain, more]}, {"2026-02": events}), allies)
    assert dict(zip(table["sipri_id"], table["match_rule"], strict=True)) == {
        501: "later_deliveries_added",
        502: "same_deliveries",
    }


def test_deliveries_before_1995_come_from_the_older_release_and_later_ones_do_not(folder, allies):
    old = [{"sipri_id": "9", "delivery_year": year} for year in ("1994", "1995")]
    new = [{"sipri_id": "9", "delivery_year": "1996"}]
    events = read_events(folder({}, {"2024-04": old, "2026-02": new}), allies)
    assert events["delivery_year"].tolist() == [1994, 1996]
    (deal,) = deals_of(events).to_dict("records")
    assert (deal["first_delivery_year"], deal["last_delivery_year"]) == (1994, 1996)
    assert deal["number_delivered"] == 8


def test_blank_mark_of_an_estimate_is_missing_and_not_no(folder, allies):
    event = {"sipri_id": "501", "delivery_year_is_estimate": ""}
    table = parse_deal_events(folder({}, {"2026-02": [event]}), allies)
    assert table["delivery_year_estimate"].isna().all()
