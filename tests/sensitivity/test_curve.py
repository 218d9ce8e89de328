"""The specification curve: what is in it, once, and what its summary counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from underbalance.config import read_codings
from underbalance.models.estimate import Plan, estimate, fitted
from underbalance.schemas import sensitivity as schemas
from underbalance.sensitivity.choices import KINDS, Choice, choices
from underbalance.sensitivity.curve import COLUMNS, curve, summary
from underbalance.sensitivity.scorecard_test import Bootstrap
from underbalance.sensitivity.tested import primary_tests
from underbalance.specifications import Specification, read_models

Spec = Callable[..., Specification]
Made = Callable[..., dict[str, pd.DataFrame]]
FEW = Bootstrap(seed=1, draws=99, level=0.95)


def samples(plan: Plan) -> list[Plan]:
    return [plan, *(replace(plan, sample=name) for name in ("extended", "europe"))]


@pytest.mark.parametrize("spec_id", ["effort", "delivery", "delivery_product"])
def test_every_coding_of_the_concept_is_there_once(plan: Plan, spec_id: str) -> None:
    codings = read_codings()
    tested = next(one for one in primary_tests(read_models()) if one.spec_id == spec_id)
    found = choices(tested, codings, samples(plan), 2025)
    concepts = {codings[name].concept for name in tested.variables}
    expected = {n for n, c in codings.items() if c.concept in concepts} - set(tested.variables)
    assert sorted(one.choice for one in found if one.kind == "coding") == sorted(expected)


def test_parts_of_the_social_obstacle_stand_in_its_place_in_all_their_codings(plan: Plan) -> None:
    codings, tests = read_codings(), {one.spec_id: one for one in primary_tests(read_models())}
    found = choices(tests["delivery"], codings, samples(plan), 2025)
    parts = {one.choice: one.tested for one in found if one.kind == "part"}
    assert sorted(parts) == sorted(
        name for name, coding in codings.items() if coding.concept in ("economic", "legal")
    )
    assert parts["economic_pca"].spec.obstacles == ("political", "economic_pca", "legal")
    assert parts["economic_pca"].term == "economic_pca_lag1"
    assert parts["legal_items"].spec.obstacles == ("political", "economic", "legal_items")
    for other in ("effort", "delivery_product"):
        kinds = {one.kind for one in choices(tests[other], codings, samples(plan), 2025)}
        assert "part" not in kinds


def test_every_coding_of_the_file_is_somewhere_in_the_curve(plan: Plan) -> None:
    codings = read_codings()
    used = {
        name
        for tested in primary_tests(read_models())
        for one in choices(tested, codings, samples(plan), 2025)
        for name in one.tested.spec.lagged
    }
    assert set(codings) - used == set()


def test_table_may_hold_every_kind_of_choice(plan: Plan) -> None:
    found = choices(primary_tests(read_models())[5], read_codings(), samples(plan), 2025)
    assert {one.kind for one in found} == set(KINDS) == set(schemas.KINDS)


def test_samples_rows_and_rivals_differ_in_one_thing_from_the_primary(plan: Plan) -> None:
    tested = primary_tests(read_models())[0]
    by_kind: dict[str, list[Specification]] = {}
    for one in choices(tested, read_codings(), samples(plan), 2025):
        by_kind.setdefault(one.kind, []).append(one.tested.spec)
    (primary,) = by_kind["primary"]
    assert primary == tested.spec
    assert [spec.sample for spec in by_kind["sample"]] == ["extended", "europe"]
    (rows,) = by_kind["rows"]
    assert rows.only_lagged == {"political_components": 4, "economic_components": 4}
    shared, dependence, rivals, *others = by_kind["rivals"]
    assert shared.rivals == ("threat_shared", *primary.rivals[1:])
    assert dependence.rivals == (primary.rivals[0], "dependence", *primary.rivals[2:])
    assert "threat" in primary.rivals
    assert set(primary.rivals) - set(rivals.rivals) == {"threat"}
    assert rivals.years == (primary.years[0], 2025)
    left_out = [set(primary.rivals) - set(spec.rivals) for spec in others]
    assert left_out == [{name} for name in primary.rivals[1:]]
    assert {spec.years for spec in others} == {primary.years}


def test_estimates_are_those_of_the_specification_fitted_alone(
    spec: Spec, made: Made, plan: Plan
) -> None:
    (tested,) = primary_tests({"model": spec()})
    coding = tested.with_coding("political", "political_pca")
    found = choices(tested, {n: read_codings()[n] for n in CODED}, [plan], 2013)
    rows = curve(found, made(lag=0.5), FEW).set_index("choice")
    assert list(rows.reset_index()[COLUMNS]) == COLUMNS
    alone = fitted("model", coding.spec, made(lag=0.5), plan)
    row = rows.loc["political_pca"]
    assert row["estimate"] == alone.estimates["political_pca_lag1"]
    assert row["std_error"] == alone.std_errors["political_pca_lag1"]
    assert row["term"] == "political_lag1"


CODED = ("political", "political_pca", "economic")


def test_p_and_interval_of_the_primary_specification_are_those_of_the_scorecard(
    spec: Spec, made: Made, plan: Plan
) -> None:
    (tested,) = primary_tests({"model": spec()})
    row = curve([Choice("primary", "", tested, plan)], made(lag=0.1), Bootstrap(7, 199, 0.95)).iloc[
        0
    ]
    own = replace(plan, seed=7, draws=199)
    rows = estimate("model", spec(), made(lag=0.1), own, "0").estimates.set_index("term")
    shared = ["p_value", "p_method", "ci_low", "ci_high"]
    assert list(row[shared]) == list(rows.loc["political_lag1", shared])


def test_too_few_clusters_have_neither_p_nor_interval_and_a_note(
    spec: Spec, made: Made, plan: Plan
) -> None:
    (tested,) = primary_tests({"model": spec()})
    few = Choice("primary", "", tested, replace(plan, min_clusters=99))
    row = curve([few], made(), FEW).iloc[0]
    assert row[["p_value", "ci_low", "ci_high"]].isna().all()
    assert row["note"].startswith("too few clusters")
    assert row["p_method"] == ""
    assert row["counted"] == 0


def test_an_effect_is_positive_where_it_has_the_predicted_sign(
    spec: Spec, made: Made, plan: Plan
) -> None:
    tests = [{"hypothesis": "H2", "term": "political", "sign": "-"}]
    (tested,) = primary_tests({"model": spec(tests=tests)})
    found = choices(tested, {n: read_codings()[n] for n in CODED}, [plan], 2013)
    row = curve(found, made(lag=0.5), FEW).iloc[0]
    assert row["estimate"] > 0
    assert row["effect"] < 0
    assert not row["predicted_sign"]
    assert row["effect_low"] < row["effect"] < row["effect_high"]


def test_what_cannot_be_estimated_is_a_row_with_its_reason(
    spec: Spec, made: Made, plan: Plan
) -> None:
    tables = made()
    tables["ally_year"]["political_pca"] = 1.0
    (tested,) = primary_tests({"model": spec()})
    found = choices(tested, {n: read_codings()[n] for n in CODED}, [plan], 2013)
    rows = curve(found, tables, FEW).set_index("choice")
    assert "constant" in rows.loc["political_pca", "note"]
    assert rows.loc["political_pca", "note"].startswith("not estimated")
    assert pd.isna(rows.loc["political_pca", "estimate"])


def test_summary_counts_signs_and_small_p_values() -> None:
    rows = pd.DataFrame(
        {
            "hypothesis": "H2",
            "spec_id": ["a", "a", "a", "a", "b"],
            "estimate": [1.0, 1.0, None, -9.0, -1.0],
            "effect": [0.2, 0.4, None, -9.0, -0.1],
            "p_value": [0.01, 0.5, None, 0.01, 0.04],
            "predicted_sign": [True, True, None, False, False],
            "counted": [1, 1, 0, 0, 1],
        }
    )
    found = summary(rows).set_index("spec_id")
    assert found.loc["a", "specifications"] == 4
    assert found.loc["a", "estimated"] == 3
    assert found.loc["a", "n_counted"] == 2
    assert found.loc["a", "share_predicted_sign"] == 1
    assert found.loc["a", "share_significant"] == 0.5
    assert found.loc["all", "share_predicted_sign"] == pytest.approx(2 / 3)
    assert found.loc["all", "share_predicted_and_significant"] == pytest.approx(1 / 3)
    assert found.loc["all", "median_effect"] == pytest.approx(0.2)


def test_a_model_with_few_events_is_estimated_and_not_counted(
    spec: Spec, made: Made, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tested,) = primary_tests({"model": spec()})
    monkeypatch.setattr("underbalance.sensitivity.curve.few_events", lambda fit: "descriptive")
    row = curve([Choice("primary", "", tested, plan)], made(), FEW).iloc[0]
    assert row["counted"] == 0
    assert pd.notna(row["p_value"])
    assert "descriptive" in row["note"]
