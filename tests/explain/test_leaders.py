"""Changes of leader in 36 months, counted by hand from made-up spells."""

import pytest
from underbalance.explain.leaders import turnover_3y
from underbalance.explain.operations import that_do_not_add_up

COVERED = {"covered_from": "1982-11-26", "covered_until": "2023-07-01"}


def spells_of(*spans, **covered):
    """Return rows of leader_spells: leader, start, end, interim."""
    names = ("leader", "start", "end", "interim")
    return [
        {"iso3": "JPN", "spell": n, "days": 9.0, **COVERED, **covered}
        | dict(zip(names, span, strict=True))
        for n, span in enumerate(spans, start=1)
    ]


@pytest.fixture
def turnover(made_up):
    """Return a function that explains the turnover of 2000, coded as given."""

    def explain(coded, spells, leaders=()):
        none = {"iso3": "NOR", "source": "reign", "leader": "x", "start": "1990-01-01"}
        rows = [*leaders, {**none, "end": "", "first_snapshot": None, "last_snapshot": None}]
        facts = made_up(
            [{"iso3": "JPN", "year": 2000, "turnover_3y": coded}],
            {"leaders": rows},
            {"leader_spells": spells},
        )
        return turnover_3y(facts, "JPN", 2000)

    return explain


def test_changes_within_the_window_count_once_each(turnover):
    spells = spells_of(
        ("A", "1996-01-01", "1998-07-30", 0),
        ("B", "1998-07-30", "2000-04-05", 0),
        ("C", "2000-04-05", "2001-01-01", 0),
    )
    node = turnover(2, spells)
    assert that_do_not_add_up(node) == []
    assert [part.value for part in node.parts] == [0, 1, 1]


def test_who_acts_for_another_and_a_return_are_shown_but_not_counted(turnover):
    spells = spells_of(
        ("A", "1996-01-01", "1999-02-01", 0),
        ("B", "1999-02-01", "1999-02-10", 1),
        ("A", "1999-02-10", "2002-01-01", 0),
    )
    node = turnover(0, spells)
    assert that_do_not_add_up(node) == []
    assert [part.note.split(":")[0] for part in node.parts] == ["not counted"] * 3
    assert "returned" in node.parts[2].note


def test_first_and_last_day_of_the_window_belong_to_it(turnover):
    spells = spells_of(
        ("A", "1996-01-01", "1998-01-01", 0),
        ("B", "1998-01-01", "2000-12-31", 0),
        ("C", "2000-12-31", "2001-01-01", 0),
        ("D", "2001-01-01", "2003-01-01", 0),
    )
    node = turnover(2, spells)
    assert that_do_not_add_up(node) == []
    assert [part.name for part in node.parts] == ["spell 1", "spell 2", "spell 3"]


def test_holder_whom_no_source_names_is_another(turnover):
    spells = spells_of(("A", "1996-01-01", "1999-01-01", 0), ("", "1999-01-01", "2003-01-01", 0))
    node = turnover(1, spells)
    assert that_do_not_add_up(node) == []
    assert "whom no source names" in node.parts[1].label


def test_first_holder_known_is_no_change(turnover):
    spells = spells_of(("A", "1998-01-01", "2003-01-01", 0))
    assert that_do_not_add_up(turnover(0, spells)) == []


@pytest.mark.parametrize(
    ("covered", "said"),
    [
        ({"covered_from": "1998-01-02"}, "begins on 1998-01-02"),
        ({"covered_until": "2000-12-30"}, "known to 2000-12-30"),
    ],
)
def test_window_that_is_not_covered_makes_a_missing_value(turnover, covered, said):
    node = turnover(None, spells_of(("A", "1996-01-01", "2003-01-01", 0), **covered))
    assert node.operation == "missing"
    assert said in node.note


def test_rows_of_the_sources_stand_beside_the_spell_they_share(turnover):
    spells = spells_of(("A", "1996-01-01", "1999-01-01", 0), ("B", "1999-01-01", "2003-01-01", 0))
    row = {"iso3": "JPN", "source": "reign", "first_snapshot": None, "last_snapshot": None}
    leaders = [
        {**row, "leader": "A", "start": "1996-01-03", "end": "1999-01"},
        {**row, "leader": "B", "start": "1999-01-01", "end": ""},
    ]
    node = turnover(1, spells, leaders)
    shown = [[r.key["leader"] for r in part.rows[1:]] for part in node.parts]
    assert shown == [["A"], ["B"]]
