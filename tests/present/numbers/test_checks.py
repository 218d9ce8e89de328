"""Which specifications are quoted beside a primary test, and under which names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from underbalance.present.numbers.build import found
from underbalance.present.numbers.checks import checks_of, of_checks
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.number import Number
from underbalance.specifications import Specification, read_models

ROOT = Path(__file__).parents[3]
TEST = {"kind": "model", "hypothesis": "H3", "spec_id": "commitment", "term": "social_lag1"}
CURVE = "spec_id,hypothesis,term,kind,choice,estimate,p_value\n" + "".join(
    f"commitment,H3,social_lag1,{row}\n"
    for row in (
        "rivals,without gdp_share,0.1,0.8",
        "rivals,dependence,-0.4,0.01",
        "coding,social_pca,-0.9,0.001",
    )
)


@pytest.fixture(scope="module")
def specs() -> dict[str, Specification]:
    return read_models(ROOT / "config/models.yaml")


@pytest.fixture
def numbers(tmp_path: Path, specs: dict[str, Specification]) -> dict[str, Number]:
    """The checks of one test: one estimated, one without a p-value, all others not estimated."""
    for folder in ("estimates", "sensitivity"):
        (tmp_path / "results" / folder).mkdir(parents=True)
    (tmp_path / "results/scorecard.csv").write_text(
        f"{','.join(TEST)}\n{','.join(TEST.values())}\n", encoding="utf-8"
    )
    (tmp_path / "results/sensitivity/specification_curve.csv").write_text(CURVE, encoding="utf-8")
    cells = {
        "commitment_clear": "social_lag1,-0.119,0.2596",
        "commitment_complete": "social_lag1,-0.31,",
    }
    for name in checks_of(TEST, specs):
        (tmp_path / f"results/estimates/{name}.csv").write_text(
            f"spec_id,term,estimate,p_value\n{name},{cells.get(name, ',,')}\n", encoding="utf-8"
        )
    results = Results(tmp_path)
    return {number.name: number for number in found(of_checks(results, specs), results, {})}


def test_checks_test_the_same_term_of_the_same_outcome(specs: dict[str, Specification]) -> None:
    names = checks_of(TEST, specs)
    assert "commitment_clear" in names
    assert "commitment" not in names
    # its tests are of the economic and the legal obstacle, and of both being low
    assert not {"commitment_apart", "commitment_low_low"} & set(names)


def test_models_with_a_product_are_checks_of_the_product_alone(
    specs: dict[str, Specification],
) -> None:
    product = {**TEST, "hypothesis": "H4", "spec_id": "delivery_product"}
    names = checks_of({**product, "term": "political_x_social_lag1"}, specs)
    assert names
    assert all(name.startswith("delivery_product_") for name in names)


def test_a_check_has_the_name_of_the_test_and_its_own(numbers: dict[str, Number]) -> None:
    assert numbers["commitmentSocialClearEstimate"].text == "−0.119"
    assert numbers["commitmentSocialClearPText"].text == "p = 0.260"


def test_a_check_without_a_number_says_why(numbers: dict[str, Number]) -> None:
    assert numbers["commitmentSocialCompleteP"].text == "not given"
    assert numbers["commitmentSocialNoThreatP"].text == "not estimated"


def test_the_range_over_rivals_is_that_of_the_rivals_alone(numbers: dict[str, Number]) -> None:
    said = {
        name: numbers[f"commitmentSocialRivals{name}"].text
        for name in ("Low", "LowChoice", "High", "HighChoice", "HighPText")
    }
    assert said == {
        "Low": "−0.400",
        "LowChoice": "dependence",
        "High": "0.100",
        "HighChoice": "without gdp share",
        "HighPText": "p = 0.800",
    }


def test_the_article_has_words_for_every_check_of_the_project() -> None:
    layout = (ROOT / "paper/underbalance.sty").read_text(encoding="utf-8")
    worded = set(re.findall(r"#1\{(\w+)\}\{", layout.partition(r"\eachcheck")[2][:900]))
    names = (ROOT / "tests/present/number_names.txt").read_text(encoding="utf-8").split()
    tests = re.findall(r"\{(\w+(?:Political|Social))\}", layout.partition(r"\eachtest")[2][:800])
    own = {
        found[1]
        for name in names
        for test in tests
        if (found := re.fullmatch(rf"{test}(\w+)PText", name))
    }
    not_specifications = {"", "Holm", "RivalsLow", "RivalsHigh"}
    assert len(tests) == 13
    assert own - not_specifications == worded
