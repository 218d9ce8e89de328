"""How many orders of an ally the outcome delivery counts."""

from underbalance.present.ally.cases import orders_counted

ORDERS = [{"exclusion": "engine", "open": False}, *[{"exclusion": "", "open": False}] * 2]
CASE = {"iso3": "JPN", "year": 1990, "delivered": 1}


def test_orders_that_do_not_count_are_told_with_the_reason(facts):
    made = facts(delivery=[CASE | {"is_ally": 1}, CASE | {"is_ally": 0}])
    assert orders_counted(made, "JPN", ORDERS) == (
        "The outcome delivery counts 1 of the 3 orders in the register, 1 of the 3 with a "
        "delivery. Left out: 1 (an engine follows the platform it is built into); "
        "1 (no commitment of the USA in the year of the order)."
    )


def test_nothing_is_left_out_where_all_count(facts):
    told = orders_counted(facts(delivery=[CASE | {"is_ally": 1}]), "JPN", ORDERS[1:2])
    assert told.endswith("1 of the 1 orders in the register, 1 of the 1 with a delivery.")


def test_ally_without_orders_has_nothing_to_tell(facts):
    assert orders_counted(facts(), "JPN", []) == ""
