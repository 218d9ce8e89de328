import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.coding.measurement import component_statistics, consistency
from underbalance.coding.recipes import Recipe, recipes
from underbalance.coding.reliability import Bootstrap
from underbalance.config import Coding, Component
from underbalance.schemas import measurement as schemas
from underbalance.tables import check_frame

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "consistency.json").read_text(encoding="utf-8"))
QUICK = Bootstrap(replications=200, seed=1, level=0.95)
NAMES = ("one", "two", "three", "four")


def coding(*variables: str, least: int | None = None, **changed: object) -> Coding:
    parts = tuple(
        Component(variable=v.lstrip("-"), sign=-1 if v[0] == "-" else 1) for v in variables
    )
    settings = {"label": "L", "concept": "political", "transform": "none", "aggregate": "mean"}
    settings |= {"components": parts, "min_components": least or len(parts)} | changed
    return Coding(**settings)


def made(table: pd.DataFrame, **codings: Coding) -> dict[str, Recipe]:
    return recipes(table, codings, {})


@pytest.fixture
def simulated() -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / "consistency_simulated.csv")
    return rows.rename(columns={"ally": "iso3"}).assign(in_reference=True)


def level(table: pd.DataFrame, name: str) -> pd.Series:
    return table[table["level"] == name].iloc[0]


@pytest.mark.parametrize("name", ["overall", "within"])
def test_consistency_is_that_of_base_r(simulated, name):
    found = level(consistency(simulated, made(simulated, political=coding(*NAMES)), QUICK), name)
    for statistic in ("alpha", "raw_alpha", "mean_correlation", "first_share"):
        assert found[statistic] == pytest.approx(R[name][statistic], abs=1e-10), statistic
    assert (found["ally_years"], found["allies"]) == (R["n"], R["allies"])


@pytest.mark.parametrize("name", ["overall", "within"])
def test_component_statistics_are_those_of_base_r(simulated, name):
    table = component_statistics(simulated, made(simulated, political=coding(*NAMES)))
    own = table[table["level"] == name].set_index("component")
    for statistic in ("item_rest", "alpha_without"):
        assert own[statistic].to_dict() == pytest.approx(R[name][statistic], abs=1e-10)


def test_rows_are_complete_ally_years_of_the_reference_sample(simulated):
    table = simulated.assign(in_reference=simulated["place"] > 10)
    table.loc[table["place"].isin([5, 20, 21]), "two"] = np.nan
    found = consistency(table, made(table, political=coding(*NAMES, least=3)), QUICK)
    assert (found["ally_years"] == len(table) - 10 - 2).all()
    # the two count as coded, with three of four components
    assert (found["coded"] == len(table) - 10).all()
    assert found["mean_observed"].to_numpy() == pytest.approx(4 - 2 / (len(table) - 10))
    alone = table[~table["place"].isin([*range(1, 11), 20, 21])]
    expected = consistency(alone, made(alone, political=coding(*NAMES)), QUICK)
    assert found["alpha"].to_numpy() == pytest.approx(expected["alpha"].to_numpy())


def test_components_are_turned_and_transformed_as_in_the_index():
    table = pd.DataFrame({"iso3": list("AABB"), "one": [1, 2, 3, 4], "two": [8, 6, 4, 2]})
    table = table.assign(in_reference=True)
    against = consistency(table, made(table, political=coding("one", "two")), QUICK)
    turned = consistency(table, made(table, political=coding("one", "-two", transform="z")), QUICK)
    assert level(against, "overall")["mean_correlation"] == pytest.approx(-1)
    assert level(turned, "overall")[["alpha", "raw_alpha", "first_share"]].tolist() == (
        pytest.approx([1, 1, 1])
    )


def test_component_that_never_changes_within_allies_is_named_and_takes_no_part(simulated):
    means = simulated.groupby("iso3")["two"].transform("mean")
    table = simulated.assign(two=means / 3)
    recipe = made(table, political=coding(*NAMES))
    found = consistency(table, recipe, QUICK)
    without = made(table, political=coding("one", "three", "four"))
    expected = level(consistency(table, without, QUICK), "within")
    within = level(found, "within")
    assert (within["constant"], within["components"], within["varying"]) == ("two", 4, 3)
    for statistic in ("alpha", "raw_alpha", "first_share", "alpha_low", "raw_high"):
        assert within[statistic] == pytest.approx(expected[statistic]), statistic
    assert (level(found, "overall")["constant"], level(found, "overall")["varying"]) == ("", 4)
    parts = component_statistics(table, recipe)
    row = parts[(parts["level"] == "within") & (parts["component"] == "two")].iloc[0]
    assert not row["varies"]
    assert np.isnan(row[["item_rest", "alpha_without"]].astype(float)).all()


def test_component_that_is_constant_in_the_complete_rows_leaves_no_alpha_of_two(simulated):
    table = simulated.assign(two=0.1)
    found = level(consistency(table, made(table, political=coding("one", "two")), QUICK), "overall")
    assert (found["constant"], found["varying"]) == ("two", 1)
    assert found[["alpha", "raw_alpha", "alpha_low", "first_share"]].isna().all()


def test_index_whose_components_are_never_all_known_has_no_alpha(simulated):
    table = simulated.assign(two=simulated["two"].where(simulated["place"] > 50))
    table["one"] = table["one"].where(table["place"] <= 50)
    recipe = made(table, political=coding("one", "two", least=1))
    found = check_frame(consistency(table, recipe, QUICK), schemas.consistency(), "c")
    assert found[["ally_years", "varying"]].to_numpy().tolist() == [[0, 0]] * 2
    assert found[["alpha", "alpha_low", "raw_alpha", "first_share"]].isna().all(axis=None)
    assert (found["coded"] == len(table)).all()
    assert component_statistics(table, recipe)["item_rest"].isna().all()


def test_without_indices_of_several_components_the_tables_are_empty_and_well_formed(simulated):
    recipe = made(simulated, political_one=coding("one"))
    check_frame(consistency(simulated, recipe, QUICK), schemas.consistency(), "c")
    check_frame(component_statistics(simulated, recipe), schemas.components(), "c")


def test_index_of_one_component_has_no_consistency(simulated):
    alone = made(simulated, political_one=coding("one"), political=coding("one", "two"))
    assert set(consistency(simulated, alone, QUICK)["coding"]) == {"political"}
    assert set(component_statistics(simulated, alone)["coding"]) == {"political"}


def test_whole_allies_are_resampled_and_within_deviations_stay_those_of_the_sample():
    """With two allies there are three draws: A twice, B twice, and one of each."""
    table = pd.DataFrame(
        {
            "iso3": list("AAABBBB"),
            "one": [0.0, 1, 5, 2, 7, 1, 3],
            "two": [1.0, 0, 3, 9, 4, 8, 2],
            "in_reference": True,
        }
    )
    found = consistency(table, made(table, political=coding("one", "two")), Bootstrap(500, 3, 0.9))

    def alpha_of(rows: pd.DataFrame) -> float:
        r = np.corrcoef(rows["one"], rows["two"])[0, 1]
        return 2 * r / (1 + r)

    centred = table.assign(
        **{n: table[n] - table.groupby("iso3")[n].transform("mean") for n in ("one", "two")}
    )
    for name, rows in (("overall", table), ("within", centred)):
        possible = [alpha_of(rows[rows["iso3"] == iso3]) for iso3 in "AB"]
        possible.append(alpha_of(rows))
        row = level(found, name)
        assert row["alpha_low"] == pytest.approx(min(possible))
        assert row["alpha_high"] == pytest.approx(max(possible))


def test_resamples_in_which_a_component_is_constant_are_counted_and_left_out(simulated):
    """A mark that one of twelve allies has is constant in (11/12)^12 of the draws."""
    table = simulated.assign(two=(simulated["iso3"] == "A01").astype(float))
    found = consistency(table, made(table, political=coding(*NAMES)), Bootstrap(4000, 7, 0.95))
    share = level(found, "overall")["undefined_resamples"] / 4000
    assert share == pytest.approx((11 / 12) ** 12, abs=0.03)
    assert level(found, "overall")[["alpha_low", "raw_low"]].notna().all()


def test_same_seed_gives_the_same_interval_and_another_seed_another(simulated):
    recipe = made(simulated, political=coding(*NAMES))
    one, again, other = (
        consistency(simulated, recipe, Bootstrap(200, seed, 0.95)) for seed in (1, 1, 2)
    )
    assert one.equals(again)
    assert (one["alpha_low"] != other["alpha_low"]).all()


def test_interval_holds_alpha_and_tables_pass_their_schemas(simulated):
    recipe = made(
        simulated, political=coding(*NAMES), political_two=coding("one", "two", transform="z")
    )
    table = check_frame(consistency(simulated, recipe, QUICK), schemas.consistency(), "c")
    assert len(table) == 4
    assert table["alpha"].between(table["alpha_low"], table["alpha_high"]).all()
    assert table["raw_alpha"].between(table["raw_low"], table["raw_high"]).all()
    parts = check_frame(component_statistics(simulated, recipe), schemas.components(), "c")
    assert len(parts) == 2 * (4 + 2)
