"""Operations of durations, with cases worked out by hand."""

import pytest
from underbalance.explain.operations import recomputed
from underbalance.explain.tree import Node, RawRow


def node(operation, *, parts=(), rows=(), **parameters):
    leaves = tuple(Node("part", "", value, "missing") for value in parts)
    return Node("node", "", None, operation, parameters=parameters, parts=leaves, rows=tuple(rows))


def shares(*values):
    return [RawRow("t", {"year": 2014 + n}, {"value": v}, "") for n, v in enumerate(values)]


def one_row(**values):
    return [RawRow("t", {}, values, "")]


REACHED = "1 if nothing came and the watch reached the window"
CUT_SHORT = "1 if nothing came and the watch ended before the window"
LOST = "1 if not in the newest register and never delivered"
PASSAGE = "first year of a row at the target, else the last"


@pytest.mark.parametrize(
    ("came", "watched", "lapsed", "censored"),
    [(0, 5, True, False), (0, 4, False, True), (1, 5, False, False), (1, 2, False, False)],
)
def test_request_lapses_only_when_it_was_watched_for_the_whole_window(
    came, watched, lapsed, censored
):
    assert recomputed(node(REACHED, parts=(came, watched), window=5)) is lapsed
    assert recomputed(node(CUT_SHORT, parts=(came, watched), window=5)) is censored


def test_part_of_a_leap_year_before_a_date():
    assert (
        recomputed(node("part of the year before the date", rows=one_row(date="2024-01-01"))) == 0
    )
    third_of_march = one_row(date="2024-03-02")
    assert recomputed(node("part of the year before the date", rows=third_of_march)) == 61 / 366


def test_end_of_a_year_is_one_more_than_its_beginning():
    assert recomputed(node("first part + 1 - second part", parts=(3, 0.25))) == 3.75


def test_passage_is_the_first_year_at_the_target_even_if_it_does_not_last():
    assert recomputed(node(PASSAGE, rows=shares(1.5, 2.0, 1.9), target=2)) == 2015


def test_without_a_passage_the_last_year_stands():
    assert recomputed(node(PASSAGE, rows=shares(1.5, 1.6, 1.9), target=2)) == 2016


def test_target_is_reached_by_one_row_and_kept_by_all():
    rows = shares(1.5, 2.0)
    assert recomputed(node("1 if a row is at the target", rows=rows, target=2)) is True
    assert recomputed(node("1 if every row is at the target", rows=rows, target=2)) is False


@pytest.mark.parametrize(
    ("fates", "lost"),
    [
        (("open", "open", "not_found"), True),
        (("delivered", "", "not_found"), False),
        (("not_found", "open", "open"), False),
    ],
)
def test_deal_is_lost_when_it_left_the_newest_register_undelivered(fates, lost):
    rows = one_row(a=fates[0], b=fates[1], c=fates[2])
    assert recomputed(node(LOST, rows=rows)) is lost


def test_agreement_without_a_sign_of_force_is_missing_and_not_out_of_force():
    operation = "1 if a cell of the row says so, else missing"
    assert recomputed(node(operation, rows=one_row(entered_into_force="", terminated=0))) is None
    assert recomputed(node(operation, rows=one_row(entered_into_force="", terminated=1))) is True


def test_old_money_is_divided_by_the_fixed_rate():
    assert recomputed(node("part divided by the fixed rate", parts=(15.069,), per_euro=7.5345)) == 2


def test_a_case_of_a_user_lasts_to_its_end_or_to_the_last_covered_year():
    years = "calendar years from the start of the row to its end, at most to the last year"
    ended = "1 if the end of the row is not after the last year"
    for start, end, lasted, came in (
        ("1995-06", "1997", 2, True),
        (1995.0, None, 25, False),
        ("2018", "2023-01-01", 2, False),
    ):
        row = one_row(start=start, end=end)
        assert recomputed(node(years, rows=row, last_year=2020)) == lasted
        assert recomputed(node(ended, rows=row, last_year=2020)) is came
