"""The election in force, and the indices of V-Dem."""

import pytest
from underbalance.explain.operations import that_do_not_add_up
from underbalance.explain.variables import EXPLAINERS


def election(date, enpp, source="ppeg"):
    named = {"iso3": "JPN", "date": date, "source": source, "enpp": enpp}
    return named | {"seats": 500, "largest_seat_share": 0.5}


@pytest.fixture
def enpp(made_up):
    """Return a function that explains the number of parties of 2000, coded as given."""

    def explain(coded, *elections, closed=()):
        years = [
            {"iso3": "JPN", "year": y, "legislature_closed": int(y in closed)}
            for y in range(1995, 2001)
        ]
        facts = made_up(
            [{"iso3": "JPN", "year": 2000, "enpp": coded}],
            {"elections": list(elections), "institutions": years},
        )
        return EXPLAINERS["enpp"](facts, "JPN", 2000)

    return explain


def test_last_election_by_the_end_of_the_year_counts(enpp):
    node = enpp(
        3.0, election("1996-10-20", 2.9), election("2000-12-31", 3.0), election("2001-01-01", 9.0)
    )
    assert that_do_not_add_up(node) == []
    assert [row.flag for row in node.rows] == ["election in force", "the election before"]


def test_second_source_is_shown_but_not_used(enpp):
    other = election("2000-06-25", 4.0, "democratic_electoral_systems")
    node = enpp(3.0, election("1996-10-20", 3.0), other)
    assert that_do_not_add_up(node) == []
    assert node.rows[1].flag == "not used: second source"


def test_election_five_calendar_years_ago_counts(enpp):
    assert that_do_not_add_up(enpp(3.0, election("1995-01-01", 3.0))) == []


@pytest.mark.parametrize(
    ("elections", "closed", "said"),
    [
        ([election("1994-12-31", 3.0)], (), "more than 5 years old"),
        ([election("2001-01-01", 3.0)], (), "no election of the ally by 31 December 2000"),
        ([election("1996-10-20", None)], (), "no effective number of parties"),
        (
            [election("1996-10-20", 3.0)],
            (1998,),
            "closed down in 1998, and ppeg has no later election",
        ),
    ],
)
def test_without_an_election_in_force_the_reason_is_told(enpp, elections, closed, said):
    node = enpp(None, *elections, closed=closed)
    assert node.operation == "missing"
    assert said in node.note
    assert "election in force" not in [row.flag for row in node.rows]


def test_closure_in_the_year_of_the_election_came_before_it(enpp):
    assert that_do_not_add_up(enpp(3.0, election("1996-10-20", 3.0), closed=(1996,))) == []


@pytest.mark.parametrize(("value", "said"), [(1.25, ""), (None, "V-Dem has no value")])
def test_index_is_the_cell_of_its_row(made_up, value, said):
    facts = made_up(
        [{"iso3": "JPN", "year": 2000, "polarization": value}],
        {"institutions": [{"iso3": "JPN", "year": 2000, "polarization": value}]},
    )
    node = EXPLAINERS["polarization"](facts, "JPN", 2000)
    assert that_do_not_add_up(node) == []
    assert said in node.note
