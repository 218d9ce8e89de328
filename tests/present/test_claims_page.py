import pandas as pd
from underbalance.present.claims_page import claims_page, expectations_page
from underbalance.schemas.claims import claims, expectations

CLAIM = {
    "claim_id": "TST01",
    "period_start": "2000-01-01",
    "period_end": "2001-12-31",
    "obstacle": "economic+legal",
    "strength": "major",
    "coded_strength": "major+none",
    "strength_agrees": "disagrees",
    "record_agrees": "mixed",
    "predicted_type": "slow",
    "coded_type": "failing",
    "coded_type_agrees": "disagrees",
    "observed_type_in_seed": "slow+inconsistent",
    "record_type": "slow",
    "record_type_agrees": "agrees in part",
    "verdict": "contradicted",
    "reason": "the reason",
    "record_check": "one | two",
    "record_check_result": "holds (1993) | does not hold (none)",
    "claim": "What it says.",
}
EXPECTED = {
    "iso3": "JPN",
    "obstacle": "political",
    "rule": "own_top_quartile",
    "label": "Turmoil",
    "year": 1993,
    "value": 0.7,
    "cut": 0.25,
    "met": True,
    "why": "so it is",
    "years_above": "1993;1994;1998",
}


def page(*rows: dict):
    return claims_page(pd.DataFrame([CLAIM | row for row in rows]))


def test_claim_is_shown_with_what_coding_and_record_say():
    assert page({}).rows[0] == (
        "TST01 2000-01-01 to 2001-12-31",
        "What it says.",
        "economic + legal: major → major + none (disagrees)",
        "slow → failing (disagrees); slow + inconsistent → slow (agrees in part)",
        "the reason",
        "one: holds (1993); two: does not hold (none)",
        "contradicted (coding disagrees, record mixed)",
    )


def test_what_is_not_known_or_not_tested_is_said():
    row = {"coded_type": "", "coded_type_agrees": "not known", "record_type": ""}
    row |= {"observed_type_in_seed": "", "record_type_agrees": "none stated"}
    cells = page(row | {"record_check": "", "record_check_result": ""}).rows[0]
    assert cells[3] == "slow → not known (not known); none stated → not known (none stated)"
    assert cells[5] == "none tested"


def test_lead_counts_verdicts_types_and_facts():
    supported = {"verdict": "supported", "coded_type_agrees": "agrees"}
    lead = page(
        {},
        supported | {"record_type_agrees": "agrees", "record_check_result": "", "record_check": ""},
        supported | {"record_type_agrees": "none stated"},
    ).lead
    assert lead == (
        "Of 3 claims: 2 supported, 0 in part, 1 contradicted, 0 cannot be said.",
        "The coded type is the predicted one in 2 of 3; the type on record is the one described "
        "in 1 of 2 that describe one, in part in 1 more.",
        "Of 4 particular facts tested, 2 hold and 2 do not.",
    )


def test_every_row_has_as_many_cells_as_the_header_and_the_widths_fill_the_page():
    for table in (page({}), expectations_page(expected({}))):
        assert len(table.header) == len(table.widths) == len(table.rows[0])
        assert round(sum(table.widths), 9) == 1


def expected(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([EXPECTED | row for row in rows]).astype({"met": "boolean"})


def test_expectation_names_the_years_not_met_and_not_known():
    shown = expectations_page(
        expected(
            {},
            {"year": 1994, "met": False, "value": -0.1},
            {"year": 1995, "met": False},
            {"year": 1998, "met": None, "value": float("nan")},
        )
    )
    assert shown.lead == (
        "Turmoil: 1 of 4 years met; not met: 1994–1995; not known: 1998. "
        "All years above the cut: 1993–1994, 1998.",
    )
    assert shown.rows[1] == ("Turmoil", "1994", "−0.10", "0.25", "no", "so it is")
    assert shown.rows[3][2:5] == ("not known", "0.25", "not known")


def test_years_with_the_same_finding_stand_in_one_line():
    shown = expectations_page(
        expected({}, {"year": 1994}, {"year": 1996}, {"year": 1997, "value": 0.6}, {"year": 1998})
    )
    assert [row[1] for row in shown.rows] == ["1993–1994, 1996", "1997", "1998"]


def test_each_expectation_has_a_sentence_of_its_own():
    shown = expectations_page(expected({}, {"iso3": "KOR", "label": "Other", "years_above": ""}))
    assert len(shown.lead) == 2
    assert shown.lead[1] == "Other: 1 of 1 years met. All years above the cut: none."


def test_pages_without_claims_and_expectations_say_so():
    none = claims_page(pd.DataFrame(columns=list(claims().columns)))
    assert (none.lead, none.rows) == (("No claim is on an ally of the sample.",), ())
    none = expectations_page(pd.DataFrame(columns=list(expectations().columns)))
    assert (none.lead, none.rows) == (("Nothing is expected of an ally of the sample.",), ())
