"""Every estimator of config/models.yaml, from a specification and made-up tables to tidy rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.models.design_rows import ROWS
from underbalance.models.estimate import Estimated, Plan, Sample, estimate, fitted
from underbalance.models.estimators import ESTIMATORS, estimators_of
from underbalance.models.tidy import TIDY_COLUMNS
from underbalance.present.model_wording import ESTIMATORS as WORDS
from underbalance.specifications import Specification

ALLIES = [f"A{number:02}" for number in range(14)]
FIRST, LAST, WATCHED = 1999, 2016, 5
EFFECT = 0.8  # of last year's obstacle, in log hazard or units of the outcome
PLAN = Plan(
    sample="core",
    group=Group.model_validate({"label": "all", "members": ALLIES, "years": "all"}),
    members=frozenset(ALLIES),
    min_clusters=10,
    confidence_level=0.95,
    seed=1,
    draws=99,
)
TERM = "political_lag1"
HAZARDS = ("grouped", "cox", "cox_breslow")
TIMES = ("aft_weibull", "aft_loglogistic", "aft_exponential")
PANELS = ("panel", "within_between", "first_difference", "driscoll_kraay")


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Outcomes, hazards and the variance rise with last year's obstacle, whose SD is one."""
    rng = np.random.default_rng(20121004)
    keys = pd.MultiIndex.from_product([ALLIES, range(FIRST, LAST + 1)], names=["iso3", "year"])
    codes = pd.DataFrame(index=keys)
    drawn = rng.normal(size=len(keys))
    codes["political"] = (drawn - drawn.mean()) / drawn.std(ddof=1)
    before = codes["political"].groupby("iso3").shift()
    noise = rng.normal(size=len(keys))
    effort = codes.assign(
        effort_growth=EFFECT * before + noise * np.exp(EFFECT / 2 * before),
        amount=rng.poisson(np.exp(1 + EFFECT * before.fillna(0))),
        is_ally=True,
    )
    ally_year = codes.assign(is_ally=True, in_reference=True)
    deals, notices = made_up_cases(rng, codes["political"])
    return {
        "ally_year": ally_year.reset_index(),
        "effort": effort.drop(columns="political").reset_index(),
        "deal_spells": deals,
        "commitment": notices,
        "system_families": pd.DataFrame({"family": ["f"], "category": ["Aircraft"]}),
    }


def made_up_cases(
    rng: np.random.Generator, obstacle: pd.Series[float]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return deals' years at risk, and notices, which are ordered or lapse after five years."""
    deals, notices = [], []
    for case in range(300):
        iso3, start = ALLIES[case % len(ALLIES)], int(rng.integers(FIRST + 1, LAST - WATCHED))
        category = ("Aircraft", "Missiles")[case % 2]
        event = False
        for clock in range(WATCHED + 1):
            hazard = 0.15 * np.exp(EFFECT * obstacle[(iso3, start + clock - 1)])
            event = bool(rng.random() < -np.expm1(-hazard))
            deals.append((iso3, start + clock, case, clock, event, category))
            if event:
                break
        # a few notices are given up at once, others are not watched to the end
        fate = "ordered" if event else ("lapsed" if case % 3 else "censored")
        end = clock if event else int(rng.integers(0, WATCHED + 1))
        notices.append((iso3, start, f"{iso3} {case}", "f", 10.0, end, fate))
    spells = pd.DataFrame(
        deals, columns=["iso3", "year", "deal_id", "years_since_order", "delivered", "category"]
    )
    given = ["iso3", "year", "notice_id", "family", "cost_usd_m", "years_to_order", "fate"]
    found = pd.DataFrame(notices, columns=given)
    fates = {name: found["fate"] == name for name in ("ordered", "lapsed", "censored")}
    return (
        spells.assign(is_ally=True, log_deal_size=1.0),
        found.drop(columns="fate").assign(is_ally=True, **fates),
    )


def model(estimator: str, **changes: Any) -> Specification:
    needs = ESTIMATORS[estimator].needs  # type: ignore[index]
    given = {
        "title": "title", "role": "beside", "outcome": "effort", "estimator": estimator,
        "years": [FIRST + 1, LAST], "obstacles": ["political"],
    }  # fmt: skip
    if needs in ("event", "clock"):
        given |= {"outcome": "delivery", "categories": ["category"]}
    if needs == "endings":
        given["outcome"] = "commitment"
    if estimator == "counts":
        given["measure"] = "amount"
    return Specification.model_validate(given | changes)


def results(tables: dict[str, pd.DataFrame], spec: Specification, **changes: Any) -> Estimated:
    return estimate("model", spec, tables, Plan(**vars(PLAN) | changes), data_sha="abc")


def effect(tables: dict[str, pd.DataFrame], estimator: str, **changes: Any) -> float:
    rows = results(tables, model(estimator, **changes)).estimates
    return float(rows.set_index("term").loc[TERM, "estimate"])


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_every_estimator_gives_tidy_rows_with_the_obstacle_by_its_name(tables, estimator):
    rows, inference = results(tables, model(estimator))
    assert list(rows.columns) == TIDY_COLUMNS
    row = rows.set_index("term").loc[TERM]
    assert np.isfinite(
        row[["estimate", "std_error", "p_value", "ci_low", "ci_high"]].astype(float)
    ).all()
    assert row["n_clusters"] == len(ALLIES)
    assert not inference.empty or not ESTIMATORS[estimator].clustered


@pytest.mark.parametrize("estimator", PANELS)
def test_panels_recover_the_planted_effect(tables, estimator):
    assert effect(tables, estimator) == pytest.approx(EFFECT, abs=0.25)


def test_counts_recover_the_planted_log_ratio_of_means(tables):
    assert effect(tables, "counts") == pytest.approx(EFFECT, abs=0.1)


@pytest.mark.parametrize("estimator", ["variance", "variance_pooled"])
def test_location_scale_models_recover_the_planted_log_variance(tables, estimator):
    assert effect(tables, estimator) == pytest.approx(EFFECT, abs=0.25)


@pytest.mark.parametrize("estimator", HAZARDS)
def test_hazard_models_recover_the_planted_log_hazard(tables, estimator):
    assert effect(tables, estimator) == pytest.approx(EFFECT, abs=0.15)


@pytest.mark.parametrize("estimator", TIMES)
def test_accelerated_failure_times_have_the_opposite_sign(tables, estimator):
    assert effect(tables, estimator) == pytest.approx(-EFFECT, abs=0.25)


def test_difference_in_probability_is_that_of_the_hazard(tables):
    # the mean hazard of a year is a sixth, and a log hazard ratio multiplies it
    assert effect(tables, "linear_probability") == pytest.approx(EFFECT / 6, abs=0.05)


@pytest.mark.parametrize("estimator", ["cause_specific", "fine_gray"])
def test_ending_is_explained_that_the_measure_names(tables, estimator):
    ordered, lapsed = (effect(tables, estimator, measure=name) for name in ("ordered", "lapsed"))
    assert ordered > 0.2
    assert lapsed < ordered - 0.2


def test_cause_specific_hazard_is_that_of_cox_with_the_other_ending_censored(tables):
    cox = effect(tables, "cox", outcome="commitment", categories=[])
    assert effect(tables, "cause_specific") == pytest.approx(cox, rel=1e-9)


def test_fine_and_gray_count_cases_not_years(tables):
    rows = results(tables, model("fine_gray")).estimates
    assert set(rows["n"]) == {len(tables["commitment"])}


@pytest.mark.parametrize(
    ("estimator", "ties"),
    [("cox", "efron"), ("cox_breslow", "breslow"), ("fine_gray", "efron"), ("grouped", "")],
)
def test_handling_of_ties_is_told_where_there_is_one(tables, estimator, ties):
    assert set(results(tables, model(estimator)).estimates["ties"]) == {ties}


def test_cox_errors_have_the_small_sample_factor_of_the_other_estimators(tables):
    rows = results(tables, model("cox")).estimates
    assert set(rows["se_type"]) == {"clustered by iso3 (dfbeta sandwich, G/(G−1))"}


def test_level_without_an_event_is_left_out_of_cox_with_a_note(tables):
    spells = tables["deal_spells"]
    none = spells["delivered"] & (spells["category"] != "Missiles")
    changed = tables | {"deal_spells": spells.assign(delivered=none)}
    rows = results(changed, model("cox")).estimates
    assert rows["term"].tolist() == [TERM]
    n_left_out = int((spells["category"] == "Missiles").sum())
    note = f"rows left out, as delivered does not vary in category Missiles: {n_left_out}"
    assert note in rows["note"].iloc[0]


def test_errors_by_period_are_not_replaced_by_inference_by_allies(tables):
    rows, inference = results(tables, model("driscoll_kraay"))
    assert inference.empty
    assert set(rows["p_method"]) == {f"t({LAST - FIRST - 1})"}


def test_obstacles_of_cox_and_of_competing_endings_are_permuted(tables):
    tests = [{"hypothesis": "H3", "term": "political", "sign": "-"}]
    for estimator in ("cox", "fine_gray"):
        spec = model(estimator, role="primary", tests=tests)
        inference = results(tables, spec, permutations=19).inference
        assert inference.set_index("method").loc["permutation", "p_value"] > 0, estimator


@pytest.mark.parametrize("outcome", [name for name, rows in ROWS.items() if not rows.duration])
def test_estimators_with_a_clock_are_not_for_rows_without_one(outcome):
    assert not {"cox", "aft_weibull", "fine_gray"} & set(estimators_of(outcome))


def test_endings_compete_in_commitment_only():
    assert [name for name in ROWS if "fine_gray" in estimators_of(name)] == ["commitment"]


def test_cases_without_a_clock_have_one_constant(tables):
    notices = tables["commitment"]
    changed = tables | {"commitment": notices[notices["ordered"] | notices["lapsed"]]}
    spec = model("grouped", outcome="lapse", categories=[])
    assert fitted("model", spec, changed, PLAN).terms == ["constant", TERM]


def test_estimation_error_of_an_estimator_is_a_row_with_the_reason(tables):
    never = tables["deal_spells"].assign(delivered=False)
    rows, inference = results(tables | {"deal_spells": never}, model("cox", categories=[]))
    assert rows["note"].tolist() == ["not estimated: no row has the event 'delivered'"]
    assert inference.empty


def test_specification_is_estimated_in_the_sample_that_it_names(tables):
    some = frozenset(ALLIES[:11])
    plan = Plan(**vars(PLAN) | {"own_samples": {"some": Sample(PLAN.group, some)}})
    assert fitted("model", model("panel", sample="some"), tables, plan).n_clusters == len(some)
    assert fitted("model", model("panel"), tables, plan).n_clusters == len(ALLIES)


def test_every_estimator_has_words_for_tables():
    assert set(WORDS) == set(ESTIMATORS)
