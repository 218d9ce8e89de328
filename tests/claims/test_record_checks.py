import pandas as pd
from underbalance.claims.record_checks import CHECKS, run_checks
from underbalance.claims.record_tests import EVENTS
from underbalance.claims.tenures import with_possible_days
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.tables import read_table


def test_claim_without_checks_has_none():
    assert run_checks({"claim_id": "JPN15"}, {}) == []


def test_every_check_is_of_a_claim_and_finds_its_rows_in_the_shipped_facts():
    names = ("seed_claims", EVENTS, "deals", "missile_launches")
    tables = {name: read_table(RAW_FOLDER / f"{name}.csv", FACTS[name]()) for name in names}
    years = pd.DataFrame({"iso3": "JPN", "year": range(1990, 2000), "milex_constant_usd_m": 1.0})
    tables["ally_year"] = years
    no_spells = pd.DataFrame(columns=["iso3", "leader", "start", "end"], dtype="str")
    tables[EVENTS] = with_possible_days(tables[EVENTS], no_spells)
    claims = tables["seed_claims"].set_index("claim_id", drop=False)
    assert set(CHECKS) <= set(claims.index)
    results = {
        name: [check.result for check in run_checks(claims.loc[name], tables)] for name in CHECKS
    }
    assert not [r for found in results.values() for r in found if r.startswith("cannot be said")]
    # E-767 orders of 1993 and 1994 (SIPRI); Basic Space Law of 21 May 2008; the denial of
    # 23 October 2010; Roh suspended Patriot and bought it, Lee took delivery
    assert results["JPN03"][0] == "does not hold (first 1993)"
    assert results["JPN12"] == ["does not hold (2008-05-21)"]
    assert results["KOR06"][0] == "does not hold (2010-10-23)"
    assert [result.split(" (")[0] for result in results["KOR08"]] == ["does not hold", "holds"]
