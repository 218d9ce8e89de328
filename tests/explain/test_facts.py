"""The tables an explanation is made from."""

import pandas as pd
import pytest
from underbalance.explain.facts import Facts
from underbalance.explain.reading import read_plain, short_names
from underbalance.explain.register import Register
from underbalance.explain.rows import cell
from underbalance.registry import read_sources


@pytest.mark.parametrize(
    ("authors", "shown"),
    [
        ("Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo", "Goemans et al."),
        ("Nyrup, Jacob and Bramwell, Stuart", "Nyrup and Bramwell"),
        ("International Monetary Fund", "International Monetary Fund"),
        ("{Institute and Office}", "Institute and Office"),
    ],
)
def test_authors_are_cited_as_in_a_text(authors, shown):
    assert short_names(authors) == shown


def test_source_of_one_of_several_is_told_apart(project):
    register = Register(read_sources(), pd.DataFrame({"iso3": ["JPN"], "year": [1998]}))
    assert register.source("economy", "imf_weo") == "International Monetary Fund 2025, October 2025"
    assert register.source("economy").count(";") == 1


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan")])
def test_missing_cells_are_none(missing):
    assert cell(missing) is None


def test_cells_are_plain(project):
    values = [cell(value) for value in pd.Series([1.5, 2.5])]
    assert [type(value) for value in values] == [float, float]


def test_table_is_read_exactly_with_missing_text_empty(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("iso3,text,x\nJPN,NA,0.1\nKOR,,0.30000000000000004\nNOR,a,\n")
    frame = read_plain(path)
    assert frame["text"].tolist() == ["NA", "", "a"]
    assert frame["x"].tolist()[:2] == [0.1, 0.1 + 0.2]
    assert frame["x"].isna().tolist() == [False, False, True]


def test_rows_of_states_are_found_by_their_own_column(project):
    assert {row["state"] for row in Facts().of("capabilities", "JPN")} == {"JPN"}


def test_rows_of_an_ally_year_are_those_of_the_ally_in_the_year(project):
    facts = Facts()
    rows = facts.of_year("economy", "JPN", 1998)
    assert rows == [row for row in facts.of("economy", "JPN") if row["year"] == 1998]
    assert len(rows) > 1


def test_table_is_read_once(project):
    facts = Facts()
    assert facts.raw("ratification") is facts.raw("ratification")
