import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.outcomes.loss import FATES_BY_VINTAGE
from underbalance.schemas.facts.deal_histories import EVENT_RULES, REGISTERS
from underbalance.sources.sipri_deal_events import THROUGH_RULE
from underbalance.sources.sipri_vintages import (
    OLD_REGISTER,
    REGISTER,
    VINTAGES,
    is_open,
    read_vintage,
)

OLD = "us_to_allies_deals_2018-01_api.csv"
NEW = "us_to_allies_deals_2024-03.csv"


@pytest.fixture
def read(original, allies):
    """Read one deal from the cells given, by the names of the release."""

    def read_one(name: str, vintage: str, usual: dict, **cells: str) -> dict:
        row = usual | cells
        folder = original(name, ",".join(row), ",".join(row.values()))
        (deal,) = read_vintage(folder, vintage, allies).to_dict("records")
        return deal

    return read_one


@pytest.fixture
def old(read):
    usual = dict.fromkeys(OLD_REGISTER, "") | {"tidn": "1", "buyer": "Japan", "odat": "2014"}
    usual |= {"seller": "United States", "status": "N", "tivunit": "55.0", "onum": "42"}
    return lambda **cells: read(OLD, "2018-01", usual, **cells)


@pytest.fixture
def new(read):
    usual = dict.fromkeys(REGISTER, "") | {"deal_row": "1", "recipient": "Japan"}
    usual |= {"supplier": "United States", "order_year": "2014", "status": "New"}
    return lambda **cells: read(NEW, "2024-03", usual | {"number_delivered": "0"}, **cells)


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Turkey", "TUR"),
        ("Germany (FRG)", "DEU"),
        ("Taiwan (ROC)", "TWN"),
        ("Czech Republic", "CZE"),
        ("Macedonia (FYROM)", "MKD"),
    ],
)
def test_old_names_of_2018_are_the_allies_of_today(old, name, iso3):
    assert old(buyer=name)["buyer"] == iso3


def test_buyer_that_is_no_ally_keeps_its_name_so_that_its_deals_can_be_matched(new):
    assert new(recipient="Czechoslovakia")["buyer"] == "Czechoslovakia"
    assert new(recipient="Turkiye")["buyer"] == "TUR"


@pytest.mark.parametrize(
    ("years", "first", "last"), [("2011-2012", 2011, 2012), ("2011", 2011, 2011)]
)
def test_old_spans_of_delivery_have_a_first_and_a_last_year(old, years, first, last):
    deal = old(delyears=years)
    assert (deal["first_delivery_year"], deal["last_delivery_year"]) == (first, last)


def test_new_lists_of_delivery_have_a_first_and_a_last_year(new):
    deal = new(delivery_years="2011; 2012; 2015")
    assert (deal["first_delivery_year"], deal["last_delivery_year"]) == (2011, 2015)


def test_no_delivery_is_zero_in_the_old_form_as_in_the_new(old, new):
    assert old(nrdel="")["number_delivered"] == 0
    assert new(number_delivered="0")["number_delivered"] == 0


def test_unknown_number_ordered_is_missing_and_not_zero(old, new):
    assert pd.isna(old(onum="")["number_ordered"])
    assert pd.isna(new(number_ordered="")["number_ordered"])


@pytest.mark.parametrize(("status", "condition"), [("N", "new"), ("S", "second hand"), ("", "")])
def test_old_letters_of_the_condition_are_in_words(old, status, condition):
    assert old(status=status)["condition"] == condition


def test_other_suppliers_of_a_full_release_are_left_out(original, allies):
    header, row = ",".join(REGISTER), dict.fromkeys(REGISTER, "1")
    rows = [",".join((row | {"supplier": s}).values()) for s in ("France", "United States")]
    assert len(read_vintage(original(NEW, header, *rows), "2024-03", allies)) == 1


def test_missing_vintage_is_named(tmp_path, allies):
    with pytest.raises(FaultsError, match="us_to_allies_deals_2025-03"):
        read_vintage(tmp_path, "2025-03", allies)


def test_open_is_nothing_or_not_all_delivered_and_known_to_be():
    deals = pd.DataFrame(
        {"number_delivered": [0, 3, 4, 0, 3], "number_ordered": [4, 4, 4, None, None]}
    )
    assert is_open(deals).tolist() == [True, True, False, True, False]


def test_schemas_and_outcome_name_the_vintages_that_the_parsers_read():
    assert REGISTERS == VINTAGES
    assert EVENT_RULES[-1] == THROUGH_RULE
    assert [f"fate_{v.replace('-', '_')}" for v in VINTAGES[1:]] == FATES_BY_VINTAGE
