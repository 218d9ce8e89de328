import pandas as pd
import pytest
from underbalance.coding.describe import formula_of, with_codings
from underbalance.config import Coding, read_codings
from underbalance.registry import read_codebook

COMPONENTS = [{"variable": "debt", "sign": 1}, {"variable": "growth_3y", "sign": -1}]


def coding(**settings) -> Coding:
    plain = {"label": "Money", "concept": "economic", "transform": "z", "aggregate": "mean"}
    return Coding(**plain | {"components": COMPONENTS, "min_components": 1} | settings)


@pytest.fixture
def codebook() -> pd.DataFrame:
    return read_codebook()


def row(codebook: pd.DataFrame, name: str) -> pd.Series:
    own = codebook[(codebook["table"] == "ally_year") & (codebook["name"] == name)]
    return own.iloc[0]


def test_new_coding_describes_itself(codebook):
    described = row(with_codings(codebook, {"economic_own": coding()}), "economic_own")
    assert described["label"] == "Money"
    assert described["source"] == "economy"
    assert described["construct"] == "economic obstacle"
    assert (
        described["formula"] == "mean of the observed z-scores of debt, -growth_3y; at least 1 of 2"
    )


@pytest.mark.parametrize(("least", "last"), [(1, "2023"), (3, "2022"), (2, "2022")])
def test_last_year_is_the_last_in_which_enough_components_are_known(codebook, least, last):
    names = ("turnover_3y", "divided_control", "cabinet_turnover_3y")
    parts = [{"variable": name, "sign": 1} for name in names]
    made = coding(components=parts, min_components=least)
    assert row(with_codings(codebook, {"x": made}), "x")["last_year"] == last


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"transform": "above", "quantile": 0.75, "aggregate": "sum", "min_components": 2},
            "number of those of debt, -growth_3y above the reference quantile 0.75",
        ),
        (
            {"aggregate": "first_component", "min_components": 2},
            "first principal component of the z-scores of debt, -growth_3y",
        ),
        ({"components": COMPONENTS[:1]}, "z-score of debt"),
        (
            {
                "transform": "rescale",
                "components": [{"variable": "debt", "sign": 1, "range": [0, 2]}],
            },
            "parts rescaled to 0-1: debt (from 0 to 2)",
        ),
        (
            {"reference": {"sample": "europe", "first_year": 1990, "last_year": 2000}},
            "reference europe 1990-2000",
        ),
    ],
)
def test_formula_says_how_the_index_is_computed(settings, said):
    assert said in formula_of(coding(**settings))


def test_every_shipped_coding_names_its_sources(codebook):
    described = with_codings(codebook, read_codings())
    assert all(row(described, name)["source"] for name in read_codings())
    assert row(described, "social")["source"] == "economy;legal_constraints;ratification"
