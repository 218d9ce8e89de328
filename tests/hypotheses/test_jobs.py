"""From specifications and tables to contrasts, weights and nested comparisons, on made-up data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.hypotheses.compare import nested_comparisons
from underbalance.hypotheses.members import contrasts_and_effects
from underbalance.hypotheses.specs import (
    contrasted,
    one_per_outcome,
    outcome_group,
    predictions,
    primary,
    scale,
    weighed,
)
from underbalance.hypotheses.weights import weights, weights_by_region
from underbalance.models.estimate import Plan, Sample
from underbalance.schemas import hypotheses as schemas
from underbalance.specifications import Specification, read_models
from underbalance.tables import check_frame

ALLIES = ["AUS", "BEL", "CAN", "DEU", "DNK", "ESP", "FRA", "GBR", "GRC", "ITA", "JPN", "KOR"]
LAGGED = ["political", "social", "economic", "legal", "threat", "gdp_share"]
RNG = np.random.default_rng(31)


def ally_year() -> pd.DataFrame:
    keys = pd.MultiIndex.from_product([ALLIES, range(1999, 2020)], names=["iso3", "year"])
    frame = keys.to_frame(index=False).assign(is_ally=True, in_reference=True)
    return frame.assign(**{name: RNG.normal(size=len(frame)) for name in LAGGED})


YEARLY = ally_year()


def outcome(measure: str, **effects: float) -> pd.DataFrame:
    """An outcome that answers to last year's variables."""
    signal = sum((value * YEARLY[name] for name, value in effects.items()), start=0.0)
    values = signal + RNG.normal(size=len(YEARLY))
    keys = YEARLY[["iso3", "year", "is_ally"]].assign(year=YEARLY["year"] + 1)
    return keys.assign(**{measure: values})


def spec(name: str, hypothesis: str, term: str) -> Specification:
    return Specification(
        title=name,
        role="primary",
        outcome=name,
        estimator="panel",
        years=(2000, 2019),
        obstacles=("political", "social"),
        rivals=("threat", "gdp_share"),
        tests=[{"hypothesis": hypothesis, "term": term, "sign": "+"}],
    )


SPECS = {
    "alignment": spec("alignment", "H2", "political"),
    "exercises": spec("exercises", "H2", "political"),
    # stands for a duration: what a model speaks to is said by its tests
    "sourcing": spec("sourcing", "H3", "social"),
}
TABLES = {
    "ally_year": YEARLY,
    "alignment": outcome("alignment_shift", political=1.0, economic=0.5, threat=0.8),
    "exercises": outcome("exercises_change", political=0.6, economic=0.3),
    "sourcing": outcome("sourcing_shift", social=0.7, legal=0.4),
}
PLAN = Plan("core", Group(label="x", members=("AUS",), years="all"), frozenset(ALLIES), 10, 0.95)


def test_contrast_recovers_the_planted_difference() -> None:
    contrasts, effects = contrasts_and_effects(SPECS, TABLES, PLAN, [1], 400)
    check_frame(contrasts, schemas.contrasts(), "contrasts")
    check_frame(effects, schemas.effects(), "effects")
    row = contrasts.set_index("hypothesis").loc["H2"]
    spread = np.sqrt(1 + 0.5**2 * YEARLY["economic"].var())
    planted = (1.0 / spread + 0.6 / np.sqrt(1 + 0.3**2)) / 2
    assert row["effect"] == pytest.approx(planted, abs=0.15)
    assert row["ci_low"] < planted < row["ci_high"]
    assert row["p_value"] < 0.01
    assert contrasts.set_index("hypothesis").loc["H3", "effect"] == pytest.approx(0.7, abs=0.15)


def test_models_that_cannot_be_estimated_say_why_and_are_not_compared() -> None:
    empty = {**TABLES, "exercises": TABLES["exercises"].assign(exercises_change=np.nan)}
    contrasts, effects = contrasts_and_effects(SPECS, empty, PLAN, [1], 50)
    assert contrasts["models_more"].tolist() == [1, 1]
    note = effects.set_index("spec_id").loc["exercises", "note"]
    assert note.startswith("not estimated: 'exercises_change' is missing in all")


def test_model_with_a_sample_of_its_own_is_compared_on_it() -> None:
    specs = SPECS | {"alignment": SPECS["alignment"].model_copy(update={"sample": "some"})}
    some = Sample(PLAN.group, frozenset(ALLIES[:11]))
    found = nested_comparisons(specs, TABLES, replace(PLAN, own_samples={"some": some}))
    clusters = found.groupby("spec_id")["n_clusters"].unique().map(list).to_dict()
    assert clusters == {"alignment": [11], "exercises": [12], "sourcing": [12]}


def test_allies_of_a_sample_of_its_own_are_drawn_though_the_plan_has_not_all_of_them() -> None:
    specs = {"alignment": SPECS["alignment"].model_copy(update={"sample": "every"})}
    plan = replace(
        PLAN,
        members=frozenset(ALLIES[:11]),
        own_samples={"every": Sample(PLAN.group, frozenset(ALLIES))},
    )
    found = weights(specs, TABLES, plan, [1], 50).set_index("spec_id").loc["alignment"]
    assert set(found["n_clusters"]) == {12}
    assert set(found["failed"]) == {0}


def test_too_few_clusters_give_no_contrast() -> None:
    few = replace(PLAN, min_clusters=20)
    contrasts, effects = contrasts_and_effects(SPECS, TABLES, few, [1], 50)
    assert contrasts["effect"].isna().all()
    assert effects["note"].tolist() == ["too few clusters: 12 < 20"] * 3


def test_weights_give_the_planted_order_and_add_up() -> None:
    found = check_frame(weights(SPECS, TABLES, PLAN, [1], 200), schemas.weights(), "weights")
    single = found[found["spec_id"] != "mean"]
    shares = single.pivot(index="spec_id", columns="obstacle", values="share")
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares.loc["alignment"].idxmax() == "political"
    assert shares.loc["alignment", "economic"] > shares.loc["alignment", "legal"]
    assert shares.loc["sourcing"].idxmax() == "legal"
    own = found[found["spec_id"] == "alignment"]
    assert own["dominance"].sum() == pytest.approx(own["fit_gain"].iloc[0])
    assert (own["share_low"] < own["share"]).all()
    political = own.set_index("obstacle").loc["political"]
    assert political["effect"] == pytest.approx(1.0, abs=0.2)
    assert political["ci_low"] < 1.0 < political["ci_high"]


def test_mean_of_shares_is_over_the_outcomes_of_a_group() -> None:
    found = weights(SPECS, TABLES, PLAN, [1], 50).set_index(["group", "spec_id", "obstacle"])
    of_group = found["share"]["inconsistency"]
    mean = (of_group["alignment"] + of_group["exercises"]) / 2
    np.testing.assert_allclose(of_group["mean"][mean.index], mean)


def test_a_region_with_too_few_allies_has_no_number() -> None:
    region = replace(PLAN, sample="asia_pacific", members=frozenset(["AUS", "JPN", "KOR"]))
    found = weights_by_region(SPECS, TABLES, [PLAN, region], [1], 20)
    own = found[found["region"] == "asia_pacific"]
    assert own[["share", "estimate", "dominance"]].isna().all().all()
    assert own["note"].str.startswith("not estimated").all()
    assert own["note"].str.contains("too few clusters: 3 < 10").sum() == 3
    assert found.loc[found["region"] == "core", "share"].notna().all()


def test_obstacles_add_to_rivals_where_they_were_planted() -> None:
    found = check_frame(nested_comparisons(SPECS, TABLES, PLAN), schemas.nested(), "nested")
    rows = found.set_index(["spec_id", "comparison"])
    planted = rows.loc[("alignment", "obstacles given rivals")]
    assert planted["wald_p"] < 0.001
    assert planted["predicts_better"] == "yes"
    assert planted["aic_with"] < planted["aic_without"]
    assert planted["terms"] == "political_lag1 social_lag1"
    assert rows.loc[("alignment", "rivals given obstacles"), "wald_p"] < 0.001
    nothing = rows.loc[("exercises", "rivals given obstacles")]
    assert nothing["wald_p"] > 0.05
    assert nothing["predicts_better"] == "no"


def test_a_primary_model_that_cannot_be_estimated_keeps_its_two_rows() -> None:
    empty = {**TABLES, "exercises": TABLES["exercises"].assign(exercises_change=np.nan)}
    found = nested_comparisons(SPECS, empty, PLAN)
    notes = found.loc[found["spec_id"] == "exercises", "note"]
    assert len(notes) == 2
    assert notes.str.startswith("not estimated: ").all()


def test_the_variance_model_is_nested_in_its_variance_alone() -> None:
    growth = outcome("effort_growth")
    growth["effort_growth"] *= np.exp(0.6 * YEARLY["political"])
    effort = SPECS["alignment"].model_copy(update={"outcome": "effort", "estimator": "variance"})
    found = nested_comparisons({"effort": effort}, {**TABLES, "effort": growth}, PLAN)
    row = found.set_index("comparison").loc["obstacles given rivals"]
    assert row["lr"] > 20
    assert row["lr_df"] == 2
    nothing = found.set_index("comparison").loc["rivals given obstacles"]
    assert nothing["lr"] < row["lr"] / 2
    assert nothing["score"] == row["score"]
    assert row["predicts_better"] == "yes"


def test_specifications_of_the_plan_have_the_right_groups(project: object) -> None:
    specs = read_models()
    groups = {name: outcome_group(one) for name, one in contrasted(specs).items()}
    steady = {"effort", "execution", "alignment", "sourcing", "exercises"}
    slow = {"commitment", "delivery", "adoption", "agreement", "pledge"}
    assert groups == dict.fromkeys(steady, "inconsistency") | dict.fromkeys(slow, "slowness")
    tests = predictions(specs)
    counts = tests["hypothesis"].value_counts().to_dict()
    assert counts == {"H1": 10, "H2": 5, "H3": 5, "H4": 3, "R1": 10, "R2": 10, "R3": 10}
    signs = tests.groupby(["hypothesis", "scale"])["predicted_sign"].unique().map(list)
    assert signs["H1"].to_dict() == {"pace": [1], "unsteadiness": [-1]}
    assert signs["H2"].to_dict() == {"unsteadiness": [1]}
    assert signs["H3"].to_dict() == {"pace": [-1]}
    assert signs["H4"].to_dict() == {"failure": [1], "pace": [-1]}
    assert signs["R2"].to_dict() == {"pace": [1], "unsteadiness": [-1]}


def test_weighed_specifications_take_obstacles_one_by_one() -> None:
    one = SPECS["alignment"].model_copy(update={"products": (("political", "social"),)})
    assert weighed(one).lagged == ("political", "economic", "legal", "threat", "gdp_share")
    assert weighed(one).products == ()


def test_more_of_what_is_said_by_outcome_and_estimator() -> None:
    make: Callable[..., Specification] = SPECS["alignment"].model_copy
    assert scale(SPECS["alignment"]) == "unsteadiness"
    assert scale(make(update={"outcome": "pledge", "estimator": "grouped"})) == "pace"
    assert scale(make(update={"outcome": "loss", "estimator": "grouped"})) == "failure"
    assert set(primary({"a": SPECS["alignment"], "b": make(update={"role": "beside"})})) == {"a"}


def test_one_specification_stands_for_each_outcome_and_none_for_low_obstacles() -> None:
    found = one_per_outcome(primary(read_models()))
    outcomes = [spec.outcome for spec in found.values()]
    assert sorted(outcomes) == sorted({spec.outcome for spec in primary(read_models()).values()})
    assert not any(spec.low_low for spec in found.values())
