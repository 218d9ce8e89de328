import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.coding.alternatives import alternative_correlations, base_variables
from underbalance.config import Coding, Component
from underbalance.schemas import measurement as schemas
from underbalance.tables import check_frame

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "consistency.json").read_text(encoding="utf-8"))


def coding(concept: str, *variables: str) -> Coding:
    return Coding(
        label=concept,
        concept=concept,
        components=tuple(Component(variable=v, sign=1) for v in variables),
        transform="z",
        aggregate="mean",
        min_components=1,
    )


CODINGS = {
    "political": coding("political", "enpp", "polarization"),
    "political_parties": coding("political", "enpp", "seats"),
    "economic": coding("economic", "debt"),
}


def table(political: list, alternative: list, iso3: str) -> pd.DataFrame:
    columns = {"iso3": list(iso3), "political": political, "political_parties": alternative}
    return pd.DataFrame(columns).assign(in_reference=True)


def test_correlations_are_those_of_base_r():
    rows = pd.read_csv(REFERENCE / "consistency_simulated.csv")
    rows = rows.rename(columns={"ally": "iso3", "one": "political", "two": "political_parties"})
    found = alternative_correlations(rows.assign(in_reference=True), CODINGS).set_index("level")
    for name, expected in R["agreement"].items():
        got = found.loc[name, ["pearson", "spearman"]].to_dict()
        assert got == pytest.approx(expected, abs=1e-10)
    assert found[["ally_years", "allies"]].to_numpy().tolist() == [[R["n"], R["allies"]]] * 2


def test_agreement_between_allies_can_be_disagreement_within_them():
    rows = table([1, 2, 11, 12], [2, 1, 12, 11], "AABB")
    found = alternative_correlations(rows, CODINGS).set_index("level")["pearson"]
    assert found["overall"] > 0.95
    assert found["within"] == pytest.approx(-1)


def test_deviations_that_are_equal_but_for_rounding_are_ties():
    """A flat ally has deviations of 1e-17, which must not be ranked by noise."""
    rows = table([0.1, 0.1, 0.1, 1, 2, 4], [0.7, 0.7, 0.7, 1, 3, 2], "AAABBB")
    found = alternative_correlations(rows, CODINGS).set_index("level")
    # deviations of B: −4/3, −1/3, 5/3 and −1, 1, 0; ranks 1, 2, 6, ties 4 and 1, 6, ties 3.5
    ranks = [[4, 4, 4, 1, 2, 6], [3.5, 3.5, 3.5, 1, 6, 3.5]]
    assert found.loc["within", "spearman"] == pytest.approx(np.corrcoef(ranks)[0, 1])


def test_rows_are_those_of_the_reference_sample_with_both():
    rows = table([1, 2, 3, 4, 9, None], [1, 2, 3, 5, -50, 2], "AABBAB")
    rows.loc[4, "in_reference"] = False
    found = alternative_correlations(rows, CODINGS).iloc[0]
    assert (found["ally_years"], found["allies"]) == (4, 2)
    assert found["pearson"] == pytest.approx(np.corrcoef([1, 2, 3, 4], [1, 2, 3, 5])[0, 1])


def test_what_does_not_vary_has_no_correlation():
    rows = table([1.3, 1.3, 2.7, 2.7], [1, 2, 3, 5], "AABB")
    found = alternative_correlations(rows, CODINGS).set_index("level")
    assert found.loc["overall", ["pearson", "spearman"]].notna().all()
    assert found.loc["within", ["pearson", "spearman"]].isna().all()


def test_two_ally_years_have_no_correlation():
    found = alternative_correlations(table([1, 2], [1, 3], "AB"), CODINGS)
    assert found[["pearson", "spearman"]].isna().all(axis=None)


def test_shared_variables_are_counted_through_codings_made_of_codings():
    codings = CODINGS | {
        "social": coding("social", "economic", "legal_items"),
        "social_debt": coding("social", "economic_debt", "hurdle"),
        "economic_debt": coding("economic", "debt", "growth"),
    }
    assert base_variables("social_debt", codings) == {"debt", "growth", "hurdle"}
    rows = table([1, 2, 4], [1, 3, 2], "ABB")
    made = {
        name: [1.0, 2.0, 4.0] for name in ("economic", "economic_debt", "social", "social_debt")
    }
    found = alternative_correlations(rows.assign(**made), codings)
    shared = found.set_index(["coding", "level"])[["shared", "variables"]]
    assert shared.loc[("social_debt", "within")].tolist() == [1, 3]
    assert shared.loc[("political_parties", "overall")].tolist() == [1, 2]


def test_without_alternatives_the_table_is_empty_and_well_formed():
    primary = {"political": CODINGS["political"]}
    found = alternative_correlations(table([1, 2, 4], [1, 3, 2], "ABB"), primary)
    assert check_frame(found, schemas.correlations(), "c").empty


def test_primary_codings_are_not_compared_with_themselves_and_the_table_passes_its_schema():
    rows = table([1, 2, 4], [1, 3, 2], "ABB")
    found = check_frame(alternative_correlations(rows, CODINGS), schemas.correlations(), "c")
    assert found["coding"].tolist() == ["political_parties"] * 2
    assert found["primary"].tolist() == ["political"] * 2
