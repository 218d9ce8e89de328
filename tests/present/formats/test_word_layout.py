import pytest
from underbalance.present.formats.word_layout import MARGIN, PAPER, TYPE, layout
from underbalance.present.table import Table


def table_of(columns: int, label: str = "Political obstacle") -> Table:
    cells = ["[−0.456, 0.789]"] * columns
    return Table("t", "T", ("", *["Head"] * columns), ((label, *cells),), (), ())


@pytest.mark.parametrize(("columns", "sideways"), [(3, False), (8, True)])
def test_a_table_lies_sideways_when_its_columns_do_not_fit_upright(
    columns: int, sideways: bool
) -> None:
    turned, widths = layout(table_of(columns))
    assert turned == sideways
    assert sum(widths) == pytest.approx(PAPER[sideways] - 2 * MARGIN)


def test_too_many_columns_share_the_page_there_is() -> None:
    turned, widths = layout(table_of(30))
    assert turned
    assert sum(widths) == pytest.approx(PAPER[1] - 2 * MARGIN)


def test_a_long_label_wraps_and_numbers_do_not() -> None:
    _, widths = layout(table_of(4, label="A label of many words " * 10))
    assert min(widths[1:]) > TYPE * 6


def test_widths_of_texts_are_those_of_the_table(texts) -> None:
    turned, widths = layout(texts)
    assert turned
    assert [width / sum(widths) for width in widths] == pytest.approx(list(texts.widths))
