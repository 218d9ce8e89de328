"""Economic variables: which source counts, and the mean of three years."""

import pytest
from underbalance.explain.operations import that_do_not_add_up
from underbalance.explain.variables import EXPLAINERS


def cell_of(year, series, value, source="imf_weo", status="observed"):
    names = ("iso3", "year", "series", "source", "value", "status")
    return dict(zip(names, ("JPN", year, series, source, value, status), strict=True))


@pytest.fixture
def debt(made_up):
    """Return a function that explains a debt, coded as given, from rows of both sources."""

    def explain(coded, *rows):
        facts = made_up([{"iso3": "JPN", "year": 2000, "debt": coded}], {"economy": list(rows)})
        return EXPLAINERS["debt"](facts, "JPN", 2000)

    return explain


def flags(node):
    return [row.flag for row in node.rows]


def test_observed_value_of_the_first_source_counts(debt):
    node = debt(
        100.0,
        cell_of(2000, "debt", 100.0),
        cell_of(2000, "debt", 90.0, "wb_fiscal_space"),
    )
    assert that_do_not_add_up(node) == []
    assert flags(node) == ["used", "not used: second source"]


def test_second_source_fills_what_the_first_only_estimates(debt):
    node = debt(
        90.0,
        cell_of(2000, "debt", 100.0, status="estimate"),
        cell_of(2000, "debt", 90.0, "wb_fiscal_space"),
    )
    assert that_do_not_add_up(node) == []
    assert flags(node) == ["estimate, not used", "used"]


def test_estimates_alone_make_a_missing_value_that_says_so(debt):
    node = debt(None, cell_of(2000, "debt", 100.0, status="estimate"))
    assert that_do_not_add_up(node) == []
    assert node.note.endswith("Missing: no source has an observed value")


def test_coded_value_of_the_source_that_does_not_count_is_found(debt):
    node = debt(
        90.0,
        cell_of(2000, "debt", 100.0),
        cell_of(2000, "debt", 90.0, "wb_fiscal_space"),
    )
    assert that_do_not_add_up(node) == [node]


def test_growth_is_the_mean_of_three_years_also_before_the_table_begins(made_up):
    rows = [cell_of(year, "real_growth", g) for year, g in ((1983, 1.0), (1984, 2.0), (1985, 6.0))]
    facts = made_up([{"iso3": "JPN", "year": 1985, "growth_3y": 3.0}], {"economy": rows})
    node = EXPLAINERS["growth_3y"](facts, "JPN", 1985)
    assert [part.value for part in node.parts] == [1.0, 2.0, 6.0]
    assert that_do_not_add_up(node) == []


def test_growth_with_an_unknown_year_is_missing_and_names_it(made_up):
    rows = [cell_of(1984, "real_growth", 2.0), cell_of(1985, "real_growth", 6.0)]
    facts = made_up([{"iso3": "JPN", "year": 1985, "growth_3y": None}], {"economy": rows})
    node = EXPLAINERS["growth_3y"](facts, "JPN", 1985)
    assert that_do_not_add_up(node) == []
    assert node.note.endswith("not known: real_growth 1983")
    assert [". Missing: " in part.note for part in node.parts] == [True, False, False]
