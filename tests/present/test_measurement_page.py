from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from underbalance.coding.measurement_tables import SCHEMAS, measurement_tables
from underbalance.coding.reliability import Bootstrap
from underbalance.config import Coding, Component, Concept
from underbalance.present.measurement_page import write_measurement_page
from underbalance.present.measurement_rows import NATURES
from underbalance.present.site.frame import Site
from underbalance.registry import read_codebook
from underbalance.tables import check_frame

ROOT = Path(__file__).parents[2]
BOOTSTRAP = Bootstrap(replications=100, seed=5, level=0.9)


def coding(label: str, concept: str, *variables: str, aggregate: str = "mean") -> Coding:
    parts = tuple(
        Component(variable=v.lstrip("-"), sign=-1 if v[0] == "-" else 1) for v in variables
    )
    return Coding(
        label=label,
        concept=concept,
        components=parts,
        transform="z",
        aggregate=aggregate,
        min_components=len(parts),
    )


CODINGS = {
    "economic": coding("Economic obstacle", "economic", "debt", "-fiscal_balance"),
    "economic_debt": coding("Debt & nothing else", "economic", "debt"),
    "economic_pca": coding(
        "First", "economic", "debt", "-fiscal_balance", aggregate="first_component"
    ),
    "dependence": coding("Dependence", "dependence", "us_troops", "military_aid_gdp"),
}


@pytest.fixture
def ally_year() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "iso3": list("AABBBCC"),
            "debt": [1.0, 2, 3, 5, 4, 7, 8],
            "fiscal_balance": [-1.0, -3, -2, -4, -6, -5, -7],
            "us_troops": [1.0, 1, 2, 2, 2, 5, 5],
            "military_aid_gdp": [3.0, 2, 2, 4, 1, 0, 1],
            "in_reference": True,
            "economic": [-1.0, 0, 1, 2, 1, 3, 4],
            "economic_debt": [-1.0, 0, 1, 2, 3, 4, 5],
            "economic_pca": [-1.0, 0, 1, 2, 3, 4, 5],
            "dependence": [0.0, 1, 0, 1, 0, 1, 0],
        }
    )


@pytest.fixture
def tables(ally_year: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return measurement_tables(ally_year, CODINGS, {}, BOOTSTRAP)


@pytest.fixture
def page(tables: dict[str, pd.DataFrame], tmp_path: Path) -> str:
    codebook, site = read_codebook(ROOT / "config/codebook.csv"), Site(tmp_path, "core")
    write_measurement_page(tables, CODINGS, codebook, BOOTSTRAP, "core, 1990–2023", site)
    return (tmp_path / "measurement.html").read_text(encoding="utf-8")


def test_tables_pass_their_schemas(tables: dict[str, pd.DataFrame]) -> None:
    found = {name: check_frame(tables[name], schema(), name) for name, schema in SCHEMAS.items()}
    assert {name: len(table) for name, table in found.items()} == {
        "consistency": 6,
        "components": 12,
        "correlations": 4,
    }


def test_page_shows_alpha_as_in_the_table_beside_the_kind_of_the_index(
    page: str, tables: dict[str, pd.DataFrame]
) -> None:
    table = tables["consistency"]
    own = table[table["coding"] == "economic"].set_index("level")["alpha"]
    head = '<th scope="row">Economic obstacle</th><td>partly reflective</td>'
    row = page.split(head)[1].split("</tr>")[0]
    assert row.split('number">')[1].startswith(f"{own['overall']:.2f}<")
    assert row.split('number">')[2].startswith(f"{own['within']:.2f}<")
    assert '<th scope="row">Dependence</th><td>formative</td>' in page
    assert "Political" not in page.split("<h2>Do the components")[0].split("<table")[1]


def test_every_concept_has_a_kind() -> None:
    assert set(NATURES) == set(get_args(Concept))


def test_constant_components_are_named_with_their_codebook_label(page: str) -> None:
    label = "US active-duty personnel in the ally"
    assert f"never change:\n{label} (Dependence, within allies)" in page


def test_resamples_without_alpha_are_counted(page: str, tables: dict[str, pd.DataFrame]) -> None:
    table = tables["consistency"]
    row = table[(table["coding"] == "dependence") & (table["level"] == "overall")].iloc[0]
    assert row["undefined_resamples"] > 0
    assert f"Dependence, overall: {row['undefined_resamples']}" in page


def test_weights_of_first_components_are_named_and_those_of_means_are_not(page: str) -> None:
    # two components of equal variance have the weights √(1/2)
    assert (
        "<li>First: General government gross debt 0.71; General government balance 0.71</li>"
        in page
    )
    assert "<li>Economic obstacle:" not in page


def test_definitions_come_from_the_codings(page: str) -> None:
    definitions = page.split("How each coding is made")[1]
    assert "z-scores of debt, -fiscal_balance" in definitions
    assert "Debt &amp; nothing else" in definitions


def test_page_says_what_alpha_is_not_and_which_rows_it_is_of(page: str) -> None:
    for words in ("formative", "reflective", "core, 1990–2023", "90 % interval", "seed 5"):
        assert words in page
