import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group, Specification
from underbalance.errors import EstimationError, FaultsError
from underbalance.models import grouped, panel
from underbalance.models.estimate import Plan, estimate
from underbalance.models.tidy import Fit

ALLIES = [f"A{number:02}" for number in range(12)]
YEARS = range(1999, 2011)
PLAN = Plan(
    sample="core",
    group=Group(label="all", members=tuple(ALLIES), years="all"),
    members=frozenset(ALLIES),
    min_clusters=10,
    confidence_level=0.9,
)
PANEL = Specification(
    title="title",
    hypothesis="H2",
    data="ally_year",
    outcome="effort_growth",
    estimator="panel",
    years=(2000, 2010),
    lagged=("political",),
    controls=("growth_3y",),
)
GROUPED = Specification(
    title="title",
    hypothesis="H3",
    data="deal_spells",
    outcome="delivered",
    estimator="grouped",
    years=(2000, 2010),
    lagged=("political",),
    categories=("category",),
    duration="years_since_order",
)


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Growth is 3 × last year's obstacle − 2 × growth_3y, plus ally, year and a little noise."""
    draw = np.random.default_rng(20120717)
    keys = pd.MultiIndex.from_product([ALLIES, YEARS], names=["iso3", "year"]).to_frame(index=False)
    n = len(keys)
    data = keys.assign(is_ally=True, political=draw.normal(size=n), growth_3y=draw.normal(size=n))
    effects = data["iso3"].str[1:].astype(float) + 0.5 * data["year"]
    outcome = 3 * data.groupby("iso3")["political"].shift() - 2 * data["growth_3y"] + effects
    data["effort_growth"] = outcome + draw.normal(scale=0.1, size=n)
    spells = data.loc[data["year"] > YEARS[0], ["iso3", "year", "is_ally"]].assign(
        years_since_order=0, delivered=True, category="Ships"
    )
    return {"ally_year": data, "deal_spells": spells}


def test_planted_effects_are_recovered_and_the_rows_say_what_they_are(tables):
    rows = estimate("effort", PANEL, tables, PLAN, data_sha="abc")
    assert rows["term"].tolist() == ["political_lag1", "growth_3y"]
    assert rows["estimate"].tolist() == pytest.approx([3, -2], abs=0.1)
    # 12 allies × 11 years, since the lag of 2000 is of 1999
    assert set(rows["n"]) == {132}
    assert set(rows["n_clusters"]) == {12}
    for column, value in {
        "spec_id": "effort",
        "outcome": "effort_growth",
        "hypothesis": "H2",
        "sample": "core",
        "data_sha": "abc",
    }.items():
        assert set(rows[column]) == {value}


def test_effects_vanish_when_the_obstacle_is_not_lagged(tables):
    unlagged = PANEL.model_copy(update={"lagged": (), "controls": ("political", "growth_3y")})
    rows = estimate("effort", unlagged, tables, PLAN, data_sha="abc").set_index("term")
    assert abs(rows.loc["political", "estimate"]) < 1


def test_interval_is_of_the_level_of_the_plan(tables):
    narrow, wide = (
        estimate("effort", PANEL, tables, plan, data_sha="abc")
        for plan in (PLAN, Plan(**vars(PLAN) | {"confidence_level": 0.99}))
    )
    assert ((narrow["ci_high"] - narrow["ci_low"]) < (wide["ci_high"] - wide["ci_low"])).all()


def test_too_few_clusters_withhold_p_values_but_no_estimates(tables):
    rows = estimate("effort", PANEL, tables, Plan(**vars(PLAN) | {"min_clusters": 13}), "abc")
    assert rows["p_value"].isna().all()
    assert rows["estimate"].notna().all()


@pytest.mark.parametrize(
    ("module", "spec", "extra"),
    [
        (panel, PANEL, {}),
        (grouped, GROUPED, {"duration": "years_since_order", "categories": ("category",)}),
    ],
    ids=["panel", "grouped"],
)
def test_estimator_named_in_the_specification_gets_the_design(
    tables, monkeypatch, module, spec, extra
):
    given = {}

    def fit(rows, outcome, terms, **settings):
        given.update(rows=rows, outcome=outcome, terms=terms, settings=settings)
        return Fit(
            estimates=pd.Series([1.0], index=["x"]),
            covariance=pd.DataFrame([[1.0]], index=["x"], columns=["x"]),
            se_type="none",
            df=10,
            p_method="t(10)",
            n=len(rows),
        )

    monkeypatch.setattr(module, "fit", fit)
    (row,) = estimate("spec", spec, tables, PLAN, data_sha="abc").to_dict("records")
    assert (row["outcome"], row["n"]) == (spec.outcome, len(given["rows"]))
    assert given["outcome"] == spec.outcome
    assert given["terms"][0] == "political_lag1"
    assert given["settings"] == {"min_clusters": 10, **extra}


def test_unknown_variable_is_a_fault_before_anything_is_estimated(tables):
    wrong = PANEL.model_copy(update={"outcome": "efort_growth"})
    with pytest.raises(FaultsError, match="efort_growth"):
        estimate("effort", wrong, tables, PLAN, data_sha="abc")


def test_years_that_were_used_are_told(tables):
    rows = estimate("effort", PANEL, tables, PLAN, data_sha="abc")
    assert rows["note"].str.startswith("years 2000 to 2010").all()


def test_model_that_the_data_cannot_carry_is_named_with_its_sample(tables):
    alone = tables["ally_year"][tables["ally_year"]["iso3"] == "A01"]
    with pytest.raises(EstimationError, match=r"the model effort .* on the sample core: .*models"):
        estimate("effort", PANEL, tables | {"ally_year": alone}, PLAN, data_sha="abc")
