import pandera.pandas as pa
import pytest
from underbalance.document.rules import field
from underbalance.schemas.columns import (
    code,
    is_possible_date,
    iso_date,
    logical,
    number,
    text,
    year,
)


def constraints(column: pa.Column) -> dict[str, object]:
    return field("x", column)["constraints"]


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (number(), "number"),
        (number(whole=True), "integer"),
        (year(1985, 2025), "integer"),
        (logical(), "boolean"),
        (text(), "string"),
        (code(("a", "b")), "string"),
        (iso_date(), "date"),
        (iso_date(empty=True), "date"),
        (iso_date(month=True), "string"),
    ],
)
def test_type_is_that_of_the_column(column, kind):
    assert field("x", column)["type"] == kind


@pytest.mark.parametrize(
    ("column", "required"),
    [
        (number(), False),
        (number(nullable=False), True),
        (year(1985, 2025), True),
        (year(1985, 2025, nullable=True), False),
        (logical(nullable=True), False),
        (text(), False),
        (text(empty=False), True),
        (code(("a", "")), False),
        (code(("a", "b")), True),
        (iso_date(), True),
        (iso_date(empty=True), False),
        (iso_date(empty=True, month=True), False),
    ],
)
def test_a_cell_is_required_unless_the_schema_lets_it_be_empty(column, required):
    assert constraints(column)["required"] is required


def test_limits_of_numbers_are_stated():
    assert constraints(number(0, 1)) == {"required": False, "minimum": 0, "maximum": 1}
    assert constraints(year(1985, 2025)) == {"required": True, "minimum": 1985, "maximum": 2025}


def test_codes_are_listed_without_the_empty_one():
    assert constraints(code(("", "estimate"))) == {"required": False, "enum": ["estimate"]}


def test_logical_values_are_one_and_nought():
    assert field("x", logical()).items() >= {"trueValues": ["1"], "falseValues": ["0"]}.items()


def test_pattern_is_stated_without_anchors():
    column = pa.Column("str", pa.Check.str_matches(r"^[A-Z]{3}$"))
    assert constraints(column) == {"required": True, "pattern": "[A-Z]{3}"}


def test_dates_that_may_lack_the_day_are_text_of_that_shape():
    assert constraints(iso_date(month=True))["pattern"] == r"\d{4}-\d{2}(-\d{2})?"


def test_dates_that_may_lack_month_and_day_are_text_of_that_shape():
    def possible(dates):
        return is_possible_date(dates.where(dates.str.len() != 4, dates + "-01"), month=True)

    column = pa.Column("str", pa.Check(possible))
    assert field("x", column)["type"] == "string"
    assert constraints(column)["pattern"] == r"\d{4}(-\d{2}(-\d{2})?)?"


def test_free_text_has_no_pattern():
    assert constraints(text(empty=False)) == {"required": True}
