"""Which numbers there are of a scorecard, and how they are written."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from underbalance.hypotheses.scorecard import COLUMNS
from underbalance.present.numbers.build import found, write_json, write_tex
from underbalance.present.numbers.hypotheses import of_tests
from underbalance.present.numbers.look_up import Results
from underbalance.present.numbers.number import Number
from underbalance.present.numbers.samples import of_other_sample
from underbalance.present.numbers.verdicts import of_verdicts

UNITS = {"delivery": "log hazard ratio", "loss": "coefficient of the complementary log-log"}
DELIVERY = {
    "hypothesis": "H3", "verdict": "supported", "kind": "model", "spec_id": "delivery",
    "outcome": "Years to delivery", "estimator": "grouped", "scale": "pace",
    "term": "social_lag1", "estimate": -0.5, "std_error": 0.1, "ci_low": -0.7,
    "ci_high": -0.3, "p_value": 0.0004, "p_holm": 0.0008, "n": 1200, "n_events": 300,
    "n_clusters": 30, "predicted_sign": -1, "agrees": "yes", "role": "counts",
}  # fmt: skip
LOSS = {
    "hypothesis": "H4", "verdict": "no verdict", "kind": "model", "spec_id": "loss",
    "outcome": "Lost orders", "estimator": "grouped", "scale": "failure",
    "term": "political_x_social_lag1", "n": 131, "n_events": 3, "predicted_sign": 1,
    "agrees": "", "role": "not estimated: 'lost' is predicted perfectly",
}  # fmt: skip


@pytest.fixture
def numbers(tmp_path: Path) -> dict[str, Number]:
    """The numbers of two tests, by name."""
    for folder in ("results/estimates", "results/hypotheses"):
        (tmp_path / folder).mkdir(parents=True)
    rows = pd.DataFrame([DELIVERY, LOSS], columns=COLUMNS)
    counts = dict.fromkeys(("n", "n_events", "n_clusters", "predicted_sign"), "Int64")
    rows.astype(counts).to_csv(tmp_path / "results/scorecard.csv", index=False)
    for row in (DELIVERY, LOSS):
        tidy = (
            f"spec_id,term,df\n{row['spec_id']},{row['term'] if 'n_clusters' in row else ''},29\n"
        )
        (tmp_path / f"results/estimates/{row['spec_id']}.csv").write_text(tidy, encoding="utf-8")
    results = Results(tmp_path)
    wanted = [*of_verdicts(results, 0.05), *of_tests(results, UNITS, 0.05)]
    return {number.name: number for number in found(wanted, results, {})}


def test_a_test_is_told_as_coefficient_hazard_ratio_and_percent(
    numbers: dict[str, Number],
) -> None:
    texts = {
        name: numbers[f"deliverySocial{name}"].text
        for name in ("Estimate", "CiLow", "HazardRatio", "HazardRatioHigh", "PercentSize")
    }
    assert texts == {
        "Estimate": "−0.500",
        "CiLow": "−0.700",
        "HazardRatio": "0.61",
        "HazardRatioHigh": "0.74",
        "PercentSize": "39.3",
    }


def test_words_say_sign_and_significance(numbers: dict[str, Number]) -> None:
    assert numbers["deliverySocialDirection"].text == "slower"
    assert numbers["deliverySocialPredicted"].text == "slower"
    assert numbers["deliverySocialAgreement"].text == "as predicted"
    assert numbers["deliverySocialHolmSignificance"].text == "significant"
    assert numbers["deliverySocialPText"].text == "p < 0.001"


def test_a_model_that_was_not_estimated_has_its_macros(numbers: dict[str, Number]) -> None:
    own = {name: number for name, number in numbers.items() if name.startswith("loss")}
    silent = {name for name, number in own.items() if number.value is None}
    given = {"lossN", "lossEvents", "lossPoliticalXSocialPredicted", "lossPoliticalXSocialRole"}
    assert silent == set(own) - given
    assert {own[name].text for name in silent} == {"not estimated"}
    assert numbers["lossN"].text == "131"


def test_cases_without_a_clock_have_no_hazard(numbers: dict[str, Number]) -> None:
    assert not any("HazardRatio" in name for name in numbers if name.startswith("loss"))


def test_a_number_that_was_not_computed_of_an_estimate_is_not_given(
    numbers: dict[str, Number],
) -> None:
    assert numbers["deliverySocialPermutationP"].text == "not given"


def test_the_verdict_is_the_word_of_the_scorecard(numbers: dict[str, Number]) -> None:
    assert numbers["hThreeVerdict"].text == "supported"
    assert numbers["hThreeAgreeing"].value == 1
    assert numbers["hThreeAgreeingWord"].text == "one"
    assert numbers["hypothesesSupportedWord"].text == "one"
    assert numbers["modelsNotEstimated"].value == 1


def test_json_holds_value_text_and_source(numbers: dict[str, Number], tmp_path: Path) -> None:
    write_json([numbers["deliverySocialHazardRatio"]], tmp_path / "numbers.json")
    assert json.loads((tmp_path / "numbers.json").read_text(encoding="utf-8")) == [
        {
            "name": "deliverySocialHazardRatio",
            "value": pytest.approx(0.6065306597126334),
            "text": "0.61",
            "unit": "ratio",
            "what": "Ratio of hazards per standard deviation: social in delivery "
            "(Years to delivery), H3.",
            "source": {
                "file": "results/scorecard.csv",
                "row": {"hypothesis": "H3", "spec_id": "delivery", "term": "social_lag1"},
                "column": "estimate",
                "transform": "exp",
            },
        }
    ]


def test_each_macro_has_its_source_in_the_comment_above(
    numbers: dict[str, Number], tmp_path: Path
) -> None:
    write_tex([numbers["deliverySocialEstimate"]], tmp_path / "numbers.tex")
    comment, macro = (tmp_path / "numbers.tex").read_text(encoding="utf-8").splitlines()[-2:]
    assert macro == r"\newcommand{\deliverySocialEstimate}{\ensuremath{-}0.500}"
    assert comment.startswith("% Coefficient per standard deviation: social in delivery")
    assert comment.endswith(
        "[results/scorecard.csv: hypothesis H3, spec_id delivery, term social_lag1; estimate]"
    )


@pytest.mark.needs("pdflatex", "pdftotext")
def test_macros_compile_in_prose_and_in_mathematics(
    numbers: dict[str, Number], tmp_path: Path
) -> None:
    write_tex(numbers.values(), tmp_path / "numbers.tex")
    used = "\n\n".join(rf"\{name}: ${{\{name}}}$." for name in numbers)
    document = (
        r"\documentclass{article}\usepackage{amsmath,booktabs,hyperref,etoolbox}\input{numbers}"
        rf"\begin{{document}}{used} \ifdefstring{{\hThreeVerdict}}{{supported}}{{holds}}{{fails}}"
        r"\end{document}"
    )
    (tmp_path / "t.tex").write_text(document, encoding="utf-8")
    command = [shutil.which("pdflatex"), "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    shown = subprocess.run(
        ["pdftotext", "t.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "holds" in shown.stdout
    assert "−0.500: −0.500." in shown.stdout


@pytest.mark.parametrize(
    ("sample", "key"),
    [("europe", "europe"), ("CZE+POL", "czePol"), ("asia_pacific", "asiaPacific")],
)
def test_a_text_on_another_sample_can_name_it_and_its_numbers(
    tmp_path: Path, sample: str, key: str
) -> None:
    folder = tmp_path / "results/description"
    folder.mkdir(parents=True)
    (folder / "membership.csv").write_text("iso3,years,ally_years\nCZE,1999-2025,27\nPOL,x,27\n")
    results = Results(tmp_path, {"sample": sample})
    numbers = found(of_other_sample(results), results, {})
    assert {number.name: number.text for number in numbers} == {
        "sampleKey": key,
        "sampleAllies": "2",
    }


def test_the_sample_of_the_article_needs_no_name(tmp_path: Path) -> None:
    assert list(of_other_sample(Results(tmp_path, {"sample": "core"}))) == []
