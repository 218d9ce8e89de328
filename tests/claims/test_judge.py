import pandas as pd
import pytest
from underbalance.claims.judge import judge_claims
from underbalance.claims.tenures import with_possible_days
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.claim_words import VERDICTS
from underbalance.schemas.claims import claims as claims_schema
from underbalance.schemas.facts import FACTS
from underbalance.tables import check_frame, read_table

FACTS_NEEDED = ("seed_claims", "missile_defence_events", "deals", "missile_launches")

CLAIM = {
    "claim_id": "TST01",
    "iso3": "JPN",
    "period_start": "2000-01-01",
    "period_end": "2001-12-31",
    "obstacle": "political",
    "strength": "major",
    "predicted_type": "inconsistent",
    "observed_type_in_seed": "inconsistent",
    "claim": "Made up.",
}
# The reference of every index: 0, 1, 2, 3, 4 (median 2, 75th percentile 3) of another ally.
REFERENCE = range(5)


def ally_year(**means: tuple[float | None, float | None]) -> pd.DataFrame:
    """Return a reference of five ally-years, and Japan in 2000 and 2001."""
    names = ("political", "economic", "legal", "social")
    reference = [
        {"iso3": "DEU", "year": 1990 + n, "in_reference": True} | dict.fromkeys(names, float(n))
        for n in REFERENCE
    ]
    own = [
        {"iso3": "JPN", "year": 2000 + n, "in_reference": False}
        | {name: means.get(name, (0.0, 0.0))[n] for name in names}
        for n in range(2)
    ]
    return pd.DataFrame(reference + own).astype(dict.fromkeys(names, "float64"))


@pytest.fixture
def judged(events):
    def judge(claim: dict, rows: list[dict], **means) -> dict:
        facts = {"missile_defence_events": events(*rows)}
        table = judge_claims(pd.DataFrame([CLAIM | claim]), ally_year(**means), facts, 2025)
        check_frame(table, claims_schema(), "claims")
        return table.iloc[0].to_dict()

    return judge


def back(obstacle: str, date: str = "2000") -> dict:
    return {"direction": -1, "obstacle": obstacle, "date": date}


CONTRACT = {"date": "2000", "stage": "contract", "programme": "B"}


def test_strong_obstacle_that_the_record_names_supports_the_claim(judged):
    rows = [CONTRACT, back("political"), back("economic"), back("unknown"), back("legal", "2002")]
    found = judged({}, rows, political=(3.0, 5.0), social=(1.0, 2.0))
    assert found["political"] == 4.0
    assert pd.isna(found["economic"])
    assert (found["coded_strength"], found["strength_agrees"]) == ("major", "agrees")
    assert [found[f"steps_{n}"] for n in ("forward", "back", "back_known", "back_named")] == [
        *(1, 3, 2, 1)
    ]
    assert found["record_agrees"] == "agrees"
    assert found["verdict"] == "supported"
    assert (found["coded_type"], found["coded_type_agrees"]) == ("inconsistent", "agrees")
    assert (found["record_type"], found["record_type_agrees"]) == ("inconsistent", "agrees")
    assert found["reason"] == (
        "political mean 4.00 (reference median 2.00, 75th 3.00): major; 1 of 2 backward steps "
        "named it, 1 more without a known domestic obstacle"
    )
    assert (found["record_check"], found["record_check_result"]) == ("", "")


def test_weak_obstacle_that_the_record_does_not_name_contradicts_the_claim(judged):
    found = judged({}, [back("economic")], political=(0.0, 1.0), social=(3.0, 3.0))
    assert (found["strength_agrees"], found["record_agrees"]) == ("disagrees", "disagrees")
    assert found["verdict"] == "contradicted"
    assert (found["coded_type"], found["coded_type_agrees"]) == ("slow", "disagrees")
    assert found["reason"].endswith(": none; 0 of 1 backward step named it")


def test_middling_obstacle_agrees_in_direction_and_in_part(judged):
    found = judged({}, [], political=(2.5, 2.5))
    assert (found["strength_agrees"], found["record_agrees"]) == ("agrees in direction", "no event")
    assert found["verdict"] == "in part"
    assert found["reason"].endswith(": minor; no backward step on record, and no forward step")


def test_unknown_obstacle_without_events_leaves_nothing_to_say(judged):
    found = judged({}, [], political=(None, None))
    assert found["coded_strength"] == "not known"
    assert (found["coded_type"], found["coded_type_agrees"]) == ("", "not known")
    assert found["verdict"] == "cannot be said"
    assert found["reason"].startswith("political known in less than half of the years")


def test_minor_obstacle_without_steps_back_is_supported(judged):
    claim = {"strength": "minor", "predicted_type": "effective", "observed_type_in_seed": ""}
    found = judged(claim, [CONTRACT], political=(2.5, 2.5))
    assert (found["strength_agrees"], found["record_agrees"]) == ("agrees", "agrees")
    assert found["verdict"] == "supported"
    assert found["record_type_agrees"] == "none stated"
    assert found["reason"].endswith("no backward step on record, 1 forward")


def test_several_obstacles_are_coded_apart_and_the_worst_counts(judged):
    claim = {"obstacle": "economic+legal", "predicted_type": "slow"}
    found = judged(claim, [back("legal")], economic=(4.0, 4.0), legal=(2.0, 2.0))
    assert found["coded_strength"] == "major+none"
    assert found["strength_agrees"] == "disagrees"
    assert found["record_agrees"] == "agrees"
    assert found["verdict"] == "in part"
    assert (
        "legal mean 2.00 (reference median 2.00, 75th 3.00; equal to the median, which is"
        in (found["reason"])
    )


def test_type_needs_both_indices_in_the_same_years(judged):
    known = judged({}, [], political=(4.0, None), social=(4.0, None))
    apart = judged({}, [], political=(4.0, None), social=(None, 4.0))
    assert (known["coded_type"], apart["coded_type"]) == ("failing", "")


def test_events_of_other_allies_do_not_count(judged):
    assert judged({}, [back("political") | {"iso3": "KOR"}])["record_agrees"] == "no event"


def test_every_claim_of_the_seed_has_a_verdict_by_the_rule():
    facts = {name: read_table(RAW_FOLDER / f"{name}.csv", FACTS[name]()) for name in FACTS_NEEDED}
    no_spells = pd.DataFrame(columns=["iso3", "leader", "start", "end"], dtype="str")
    facts["missile_defence_events"] = with_possible_days(facts["missile_defence_events"], no_spells)
    claims = facts["seed_claims"]
    own = pd.MultiIndex.from_product([["JPN", "KOR"], range(1990, 2026)], names=["iso3", "year"])
    made_up = pd.DataFrame(
        dict.fromkeys(("political", "economic", "legal", "social", "milex_constant_usd_m"), 1.0),
        index=own,
    ).reset_index()
    table = judge_claims(claims, made_up.assign(in_reference=True), facts, 2025)
    assert table["claim_id"].tolist() == claims["claim_id"].tolist()
    assert set(table["verdict"]) <= set(VERDICTS)
    assert len(table) == 25
