"""Codings of a finished run are explained from the raw rows up, and wrong rows are found."""

import random
import shutil

import pandas as pd
import pytest
from underbalance.config import is_primary, read_codings
from underbalance.errors import FaultsError
from underbalance.explain.answer import explain
from underbalance.explain.facts import Facts
from underbalance.explain.operations import recomputed
from underbalance.explain.variables import EXPLAINERS, UNEXPLAINED

ALLY_YEARS = 200
PRIMARY = ["political", "economic", "legal", "social", "threat", "dependence"]


@pytest.fixture(scope="module")
def facts(finished):
    return Facts(finished)


@pytest.fixture(scope="module")
def trees(facts):
    """The primary codings of a sample of ally-years: the same in every run."""
    keys = facts.ally_year[["iso3", "year"]].to_numpy().tolist()
    drawn = random.Random(facts.config.seed).sample(keys, ALLY_YEARS)
    return [(iso3, year, explain(iso3, year, PRIMARY, facts)) for iso3, year in drawn]


@pytest.fixture
def with_wrong_row(finished, tmp_path):
    """Return a function that copies a run and changes cells of one of its tables."""

    def change(table, where, cells):
        for folder in ("config", "data"):
            shutil.copytree(finished / folder, tmp_path / folder)
        path = tmp_path / f"data/{table}.csv"
        frame = pd.read_csv(path, dtype="str", keep_default_na=False)
        hit = (frame[list(where)] == pd.Series(where)).all(axis=1)
        assert hit.sum() == 1
        for column, value in cells.items():
            frame.loc[hit, column] = value
        frame.to_csv(path, index=False)
        return Facts(tmp_path)

    return change


def walked(node):
    yield node
    for part in node.parts:
        yield from walked(part)


def test_primary_codings_are_those_of_the_configuration(project):
    codings = read_codings()
    assert {name for name in codings if is_primary(name, codings[name])} == set(PRIMARY)


def test_sampled_codings_are_recomputed_at_every_level(facts, trees):
    for iso3, year, nodes in trees:
        for name, node in zip(PRIMARY, nodes, strict=True):
            coded = facts.ally_year.query("iso3 == @iso3 and year == @year")[name].iloc[0]
            assert (node.value is None) == pd.isna(coded)
            assert node.value is None or node.value == coded
            for one in walked(node):
                again = recomputed(one)
                if one.value is None or isinstance(one.value, str):
                    assert again == one.value, (iso3, year, one.name)
                else:
                    assert again == pytest.approx(one.value, rel=1e-12, abs=1e-12)


def test_whatever_is_known_rests_on_raw_rows_unless_there_is_nothing_to_add_up(trees):
    for iso3, year, nodes in trees:
        for one in (one for node in nodes for one in walked(node)):
            if one.value is not None and not one.parts:
                assert one.rows or one.value == 0, (iso3, year, one.name)


def test_missing_codings_name_what_is_not_known(trees):
    missing = [node for _, _, nodes in trees for node in nodes if node.value is None]
    assert missing
    for node in missing:
        unknown = [part.parts[0].name for part in node.parts if part.value is None]
        assert node.note.endswith(f"not known: {', '.join(unknown)}")


def test_missing_variables_say_why(trees):
    ends = [
        one
        for _, _, nodes in trees
        for node in nodes
        for one in walked(node)
        if one.value is None and all(part.value is not None for part in one.parts)
    ]
    assert ends
    # a row that shows an empty cell says it too
    assert [one.name for one in ends if not one.note and not one.rows] == []


def test_no_component_of_a_primary_coding_is_left_to_the_processed_value(trees):
    components = {
        part.variable for name in PRIMARY for part in read_codings()[name].components
    } - set(PRIMARY)
    assert components <= set(EXPLAINERS)
    flags = {
        row.flag
        for _, _, nodes in trees
        for node in nodes
        for one in walked(node)
        for row in one.rows
    }
    assert not [flag for flag in flags if UNEXPLAINED in flag]


def test_every_known_leader_of_a_window_has_a_row_of_a_source(trees):
    spells = [
        one
        for _, _, nodes in trees
        for one in walked(nodes[0])
        if one.operation == "1 if a change of leader"
    ]
    assert spells
    named = [one for one in spells if not one.label.startswith("a holder whom no source names")]
    assert [one.label for one in named if len(one.rows) < 2] == []


def test_alternative_codings_add_up(facts, trees):
    alternatives = [name for name in facts.codings if name not in PRIMARY]
    for iso3, year, _ in trees[:20]:
        assert len(explain(iso3, year, alternatives, facts)) == len(alternatives)


def test_whole_answer_has_codings_types_and_outcomes(facts):
    names = [node.name.split()[0] for node in explain("JPN", 1998, (), facts)]
    assert set(names[:6]) == set(PRIMARY)
    assert names[6] == "type"
    assert "effort" in names


def test_type_of_1998_follows_from_its_parts(facts):
    node = explain("JPN", 1998, ["type"], facts)[0]
    high = [bool(part.value) for part in node.parts]
    kinds = {(0, 0): "effective", (1, 0): "inconsistent", (0, 1): "slow", (1, 1): "failing"}
    assert node.value == kinds[tuple(high)]


@pytest.mark.parametrize(
    ("table", "where", "cells", "coding", "blamed"),
    [
        (
            "raw/economy",
            {"iso3": "JPN", "year": "1998", "series": "debt", "source": "imf_weo"},
            {"value": "99.5"},
            "economic",
            "debt",
        ),
        (
            "raw/institutions",
            {"iso3": "JPN", "year": "1998"},
            {"polarization": "1.5"},
            "political",
            "polarization",
        ),
        (
            "raw/elections",
            {"iso3": "JPN", "date": "1996-10-20", "source": "ppeg"},
            {"enpp": "3.5"},
            "political",
            "enpp",
        ),
        (
            "processed/leader_spells",
            {"iso3": "JPN", "spell": "10"},
            {"interim": "1"},
            "political",
            "turnover_3y",
        ),
        (
            "raw/legal_constraints",
            {"iso3": "JPN", "item": "deployment_veto", "coder": "b", "start": "1992-08-10"},
            {"value": "2"},
            "social",
            "legal_deployment_veto",
        ),
    ],
)
def test_planted_wrong_row_does_not_add_up(with_wrong_row, table, where, cells, coding, blamed):
    facts = with_wrong_row(table, where, cells)
    with pytest.raises(FaultsError) as error:
        explain("JPN", 1998, [coding], facts)
    assert [fault.where for fault in error.value.faults] == [f"JPN 1998, {blamed}"]
    assert "run `make`" in str(error.value)
