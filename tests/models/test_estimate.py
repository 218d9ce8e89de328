import numpy as np
import pandas as pd
import pytest
from underbalance.config import Group
from underbalance.errors import EstimationError, FaultsError
from underbalance.models import first_difference, grouped, panel, variance
from underbalance.models.estimate import DESCRIPTIVE, Estimated, Plan, estimate, fitted
from underbalance.models.rows_by_ally import rows_by_ally
from underbalance.models.tidy import Fit
from underbalance.schemas.inference import ally_rows
from underbalance.specifications import Specification
from underbalance.tables import check_frame

ALLIES = [f"A{number:02}" for number in range(12)]
YEARS = range(1999, 2011)
PLAN = Plan(
    sample="core",
    group=Group(label="all", members=tuple(ALLIES), years="all"),
    members=frozenset(ALLIES),
    min_clusters=10,
    confidence_level=0.9,
    seed=1,
    draws=199,
)
PANEL = Specification.model_validate(
    {
        "title": "title",
        "role": "primary",
        "outcome": "effort",
        "estimator": "panel",
        "years": (2000, 2010),
        "obstacles": ("political",),
        "rivals": ("threat",),
        "controls": ("reversal",),
        "tests": [{"hypothesis": "H2", "term": "political", "sign": "+"}],
    }
)
GROUPED = Specification.model_validate(
    {
        "title": "title",
        "role": "beside",
        "outcome": "delivery",
        "estimator": "grouped",
        "years": (2000, 2010),
        "obstacles": ("political",),
        "categories": ("category",),
    }
)


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    """Growth is 3 × last year's obstacle, in standard deviations, − 2 × reversal, and noise."""
    draw = np.random.default_rng(20120717)
    keys = pd.MultiIndex.from_product([ALLIES, YEARS], names=["iso3", "year"]).to_frame(index=False)
    n = len(keys)
    obstacle = draw.normal(size=n)
    ally_year = keys.assign(
        is_ally=True, in_reference=True, political=5 + 7 * obstacle, threat=draw.normal(size=n)
    )
    standard = (ally_year["political"] - ally_year["political"].mean()) / ally_year[
        "political"
    ].std()
    reversal = draw.integers(2, size=n)
    effects = keys["iso3"].str[1:].astype(float) + 0.5 * keys["year"]
    growth = 3 * standard.groupby(keys["iso3"]).shift() - 2 * reversal + effects
    effort = keys.assign(
        is_ally=True,
        effort_growth=growth + draw.normal(scale=0.1, size=n),
        reversal=reversal.astype(bool),
    )
    spells = keys[keys["year"] > YEARS[0]].assign(
        deal_id=range(n - len(ALLIES)),
        is_ally=True,
        years_since_order=keys["year"] % 3,
        delivered=draw.random(n)[: n - len(ALLIES)] < 0.2,
        category="Ships",
        log_deal_size=1.0,
    )
    return {"ally_year": ally_year, "effort": effort, "deal_spells": spells}


def results(tables, spec=PANEL, **changes) -> Estimated:
    return estimate("effort", spec, tables, Plan(**vars(PLAN) | changes), data_sha="abc")


def test_planted_effects_are_recovered_and_the_rows_say_what_they_are(tables):
    rows = results(tables).estimates
    assert rows["term"].tolist() == ["political_lag1", "threat_lag1", "reversal"]
    assert rows["estimate"].tolist() == pytest.approx([3, 0, -2], abs=0.1)
    # 12 allies × 11 years, since the lag of 2000 is of 1999
    assert set(rows["n"]) == {132}
    assert set(rows["n_clusters"]) == {12}
    named = {"spec_id": "effort", "outcome": "effort_growth", "sample": "core", "data_sha": "abc"}
    for column, value in named.items():
        assert set(rows[column]) == {value}


def test_every_tested_term_names_its_hypothesis_and_others_none(tables):
    rows = results(tables).estimates
    assert rows["hypothesis"].tolist() == ["H2", "R1", ""]


def test_obstacles_and_rivals_have_the_bootstrap_and_others_the_t_distribution(tables):
    rows, inference = results(tables)
    assert rows["p_method"].str.startswith("wild").tolist() == [True, True, False]
    wild = inference[inference["method"] == "wild"].set_index("term")
    reported = rows.set_index("term").loc[wild.index]
    for column in ("p_value", "ci_low", "ci_high"):
        assert reported[column].tolist() == wild[column].tolist()


def test_methods_of_inference_stand_side_by_side_for_obstacles_and_rivals(tables):
    inference = results(tables).inference
    found = set(zip(inference["term"], inference["method"], strict=True))
    terms = ("political_lag1", "threat_lag1")
    assert found == {(term, method) for term in terms for method in ("crv1", "crv3", "wild")}


def test_tested_obstacles_of_primary_models_are_permuted(tables):
    def permuted(spec):
        inference = results(tables, spec, permutations=19).inference
        return set(inference.loc[inference["method"] == "permutation", "term"])

    assert permuted(PANEL) == {"political_lag1"}
    assert permuted(PANEL.model_copy(update={"role": "beside"})) == set()


def test_same_seed_gives_the_same_numbers_and_another_one_others(tables):
    first, again, other = (results(tables, seed=seed).estimates for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["ci_low"].equals(other["ci_low"])


def test_interval_is_of_the_level_of_the_plan(tables):
    narrow, wide = (results(tables, confidence_level=level).estimates for level in (0.9, 0.99))
    assert ((narrow["ci_high"] - narrow["ci_low"]) < (wide["ci_high"] - wide["ci_low"])).all()


def test_too_few_clusters_withhold_p_values_but_no_estimates(tables):
    rows, inference = results(tables, min_clusters=13)
    assert rows["p_value"].isna().all()
    assert rows["estimate"].notna().all()
    assert inference["p_value"].isna().all()


@pytest.mark.parametrize(
    ("module", "spec", "outcome", "extra"),
    [
        (panel, PANEL, "effort_growth", {}),
        (variance, PANEL.model_copy(update={"estimator": "variance"}), "effort_growth", {}),
        (
            first_difference,
            PANEL.model_copy(update={"estimator": "first_difference"}),
            "effort_growth",
            {"time": "period"},
        ),
        (
            grouped,
            GROUPED,
            "delivered",
            {"duration": "years_since_order", "categories": ("category",)},
        ),
    ],
    ids=["panel", "variance", "first_difference", "grouped"],
)
def test_estimator_named_in_the_specification_gets_the_design(
    tables, monkeypatch, module, spec, outcome, extra
):
    given = {}

    def fit(rows, outcome, terms, **settings):
        given.update(rows=rows, outcome=outcome, terms=terms, settings=settings)
        one = pd.DataFrame([[1.0]], index=["x"], columns=["x"])
        return Fit(pd.Series([1.0], index=["x"]), one, "none", 10, "t(10)", len(rows))

    monkeypatch.setattr(module, "fit", fit)
    assert fitted("spec", spec, tables, PLAN).n == len(given["rows"])
    assert given["outcome"] == outcome
    assert given["terms"][0] == "political_lag1"
    assert given["settings"] == {"min_clusters": 10, **extra}


def test_first_differences_are_of_periods_as_long_as_the_specification_has_them(tables):
    change = {"estimator": "first_difference", "every": 5, "controls": ()}
    spec = PANEL.model_copy(update=change)
    # 2000, 2005 and 2010 give two differences for each of 12 allies
    assert fitted("spec", spec, tables, PLAN).n == 24


def test_unknown_variable_is_a_fault_before_anything_is_estimated(tables):
    with pytest.raises(FaultsError, match="efort_growth"):
        results(tables, PANEL.model_copy(update={"measure": "efort_growth"}))


def test_years_that_were_used_are_told(tables):
    assert results(tables).estimates["note"].str.startswith("years 2000 to 2010").all()


def test_model_with_few_events_is_called_descriptive(tables):
    tables["deal_spells"]["delivered"] &= tables["deal_spells"]["year"] < 2005
    rows = results(tables, GROUPED).estimates
    assert 0 < rows["n_events"].max() < 30
    assert rows["note"].str.startswith(DESCRIPTIVE).all()


def test_model_with_events_enough_is_not_called_descriptive(tables):
    tables["deal_spells"]["delivered"] = tables["deal_spells"]["year"] % 4 == 0
    rows = results(tables, GROUPED).estimates
    assert rows["n_events"].min() >= 30
    assert not rows["note"].str.contains("descriptive").any()


def test_model_that_the_data_cannot_carry_is_one_row_with_the_reason(tables):
    tables["effort"] = tables["effort"][tables["effort"]["iso3"] == "A01"]
    rows, inference = results(tables)
    (row,) = rows.to_dict("records")
    assert row["note"].startswith("not estimated: ")
    assert pd.isna(row["estimate"])
    assert (row["spec_id"], row["outcome"], row["term"]) == ("effort", "effort_growth", "")
    assert (row["n"], row["n_events"]) == (11, None)
    assert inference.empty
    with pytest.raises(EstimationError):
        fitted("effort", PANEL, tables, PLAN)


# --- rows of each ally ---------------------------------------------------------------------


def test_rows_used_are_those_of_the_fit(tables):
    found = rows_by_ally({"effort": PANEL, "delivery": GROUPED}, tables, PLAN)
    check_frame(found, ally_rows(), "rows")
    for name, spec in (("effort", PANEL), ("delivery", GROUPED)):
        fit, own = fitted(name, spec, tables, PLAN), found[found["spec_id"] == name]
        assert own["used"].sum() == fit.n
        assert (own["used"] > 0).sum() == fit.n_clusters
    assert found.loc[found["spec_id"] == "effort", "events"].isna().all()
    assert own["events"].sum() == fit.n_events


def test_an_ally_with_nothing_complete_is_counted_with_its_rows(tables):
    yearly = tables["ally_year"]
    gone = yearly["political"].mask(yearly["iso3"] == "A01")
    found = rows_by_ally(
        {"effort": PANEL}, {**tables, "ally_year": yearly.assign(political=gone)}, PLAN
    )
    (row,) = found[found["iso3"] == "A01"].to_dict("records")
    assert row["rows"] > 0
    assert (row["complete"], row["used"]) == (0, 0)


def test_of_a_model_without_an_estimate_the_complete_rows_count(tables):
    only = tables["effort"][tables["effort"]["iso3"] == "A01"]
    found = rows_by_ally({"effort": PANEL}, {**tables, "effort": only}, PLAN)
    pd.testing.assert_series_equal(found["used"], found["complete"], check_names=False)
    assert found["used"].gt(0).all()
