"""The Stata file, which nothing here can run: what it names is there, its text holds together."""

import re
from pathlib import Path

import pandas as pd
import pytest
from underbalance.config import read_codings
from underbalance.models.design_rows import ROWS
from underbalance.models.terms import regressors
from underbalance.schemas.processed import PROCESSED, ally_year
from underbalance.specifications import read_models

FILE = Path("docs/interop/underbalance.do")
LEGAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
# of the models that the file estimates from rows that were written for it
MADE = {"end_of_interval", "start_of_interval", "duration_group"}


@pytest.fixture
def text(project) -> str:
    return FILE.read_text(encoding="utf-8")


@pytest.fixture
def code(text) -> str:
    """The commands, without comments."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("*"))


def test_panel_models_are_the_primary_ones_with_their_measures_and_last_years(code):
    called = re.findall(r"^panel_model (\w+) (\w+) (\d+) ", code, re.M)
    primary = {
        name: spec
        for name, spec in read_models().items()
        if spec.role == "primary" and spec.estimator == "panel" and not spec.low_low
    }
    expected = {(n, ROWS[n].measure, str(spec.years[1])) for n, spec in primary.items()}
    assert set(called) == expected
    assert {spec.years[0] for spec in primary.values()} == {1991}
    assert 'source == "sipri"' in code
    assert primary["execution"].only == {"source": "sipri"}


def test_durations_are_the_primary_ones_with_their_regressors_and_categories(code):
    models, main = read_models(), panel_terms(code)
    calls = re.findall(
        r"^duration_models (\w+), event\((\w+)\) terms\((.*?)\) categories\((.*?)\)( clock)?$",
        code,
        re.M,
    )
    assert {name for name, *_ in calls} == {
        name
        for name, spec in models.items()
        if spec.role == "primary" and spec.estimator == "grouped" and not spec.low_low
    } - {"loss"}
    for name, event, terms, categories, clock in calls:
        spec = models[name]
        rows = ROWS[spec.outcome]
        assert event == rows.measure
        assert set(terms.replace("`main'", " ".join(main)).split()) == set(regressors(spec))
        assert tuple(categories.split()) == spec.categories
        assert bool(clock) == bool(rows.duration)


def panel_terms(code: str) -> list[str]:
    (found,) = re.findall(r"^    local main (political_lag1 .*)$", code, re.M)
    return found.split()


def test_lagged_terms_are_those_of_the_primary_models(code):
    assert panel_terms(code) == regressors(read_models()["alignment"])


def test_columns_it_reads_are_in_the_tables(code):
    yearly = set(ally_year(read_codings()).columns)
    assert {"in_reference", *read_models()["alignment"].lagged} <= yearly
    for name in ("execution", "alignment", "sourcing", "exercises"):
        columns = set(PROCESSED[f"outcome.{name}"]().columns)
        assert {"iso3", "year", "is_ally", ROWS[name].measure} <= columns
    assert "source" in PROCESSED["outcome.execution"]().columns
    assert set(re.findall(r"\b(?:end|start)_of_interval\b|\bduration_group\b", code)) == MADE


def test_names_are_legal_in_stata(code):
    names = {*ally_year(read_codings()).columns, *re.findall(r"\b[A-Za-z_]\w*\b", code)}
    assert [name for name in sorted(names) if not LEGAL.fullmatch(name)] == []


def test_quotes_brackets_and_comments_are_such_as_stata_closes(text, code):
    for line in code.splitlines():
        assert line.count("`") == line.count("'"), line
        assert line.count('"') % 2 == 0, line
        assert line.count("(") == line.count(")"), line
    assert code.count("{") == code.count("}")
    assert len(re.findall(r"^program define", code, re.M)) == len(re.findall(r"^end$", code, re.M))
    comments = [line for line in text.splitlines() if line.lstrip().startswith("*")]
    # Stata would begin a block there, or look for the end of a macro
    assert not [line for line in comments if "/*" in line or "`" in line]


def test_ally_year_for_stata_opens_with_labels(tmp_path):
    from underbalance.export import variable_labels, write_stata
    from underbalance.registry import read_codebook

    labels = variable_labels(read_codebook(), "ally_year")
    frame = pd.DataFrame({"iso3": ["JPN"], "year": [1998], "gdp_share": [0.2]})
    write_stata(frame, tmp_path / "x.dta", labels, "title")
    with pd.read_stata(tmp_path / "x.dta", iterator=True) as reader:
        assert reader.variable_labels()["gdp_share"].startswith("Share of allied GDP")
        assert reader.read()["gdp_share"].item() == 0.2
