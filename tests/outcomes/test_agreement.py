import pandas as pd
import pytest
from underbalance.outcomes.agreement import agreement
from underbalance.schemas.outcomes import agreement as schema
from underbalance.tables import check_frame

USUAL = {
    "iso3": "KOR",
    "with_usa": True,
    "signed": "1998-11-20",
    "entered_into_force": "1999-02-01",
    "scope": "general",
    "category": "DCA",
    "terminated": None,
    "source_is_treaty": True,
    "text_seen": True,
}
ALLIED = pd.DataFrame({"iso3": ["KOR", "POL"], "year": 1998, "is_ally": [True, False]})


def made(*changes: dict) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [USUAL | {"agreement_id": f"a{i}"} | change for i, change in enumerate(changes)]
    facts = pd.DataFrame(rows).astype({"terminated": "boolean"})
    table, ledger = agreement(facts, ALLIED)
    check_frame(table, schema(), "outcome.agreement")
    return table, ledger


@pytest.mark.parametrize(
    ("signed", "in_force", "months"),
    [
        ("1998-11-20", "1999-02-01", 3),
        ("1998-11-30", "1998-12-01", 1),
        ("1998-11", "1998-11-02", 0),
        ("1998-11-28", "1998-11-21", 0),  # the days within a month do not count
        ("1998-12", "2004-01", 61),
    ],
)
def test_months_are_calendar_months_from_signature_to_force(signed, in_force, months):
    table, ledger = made({"signed": signed, "entered_into_force": in_force})
    assert table["months_to_force"].tolist() == [months]
    assert table["force_date_known"].tolist() == [True]
    assert table["in_force"].tolist() == [True]
    assert ledger.empty


def test_unknown_entry_into_force_is_missing_and_not_censored():
    table, _ = made({"entered_into_force": ""})
    assert table["months_to_force"].isna().all()
    assert table["in_force"].isna().all()
    assert table["force_date_known"].tolist() == [False]


def test_terminated_agreement_was_in_force_from_an_unknown_date():
    table, _ = made({"entered_into_force": "", "terminated": True})
    assert table["in_force"].tolist() == [True]
    assert table["months_to_force"].isna().all()


def test_year_of_entry_alone_gives_no_months():
    table, _ = made({"entered_into_force": "1999"})
    assert (table["in_force"].item(), table["force_date_known"].item()) == (True, False)
    assert table["months_to_force"].isna().all()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"source_is_treaty": False, "text_seen": False}, "news_report"),
        ({"signed": "1998"}, "signature_month_unknown"),
        ({"entered_into_force": "1998-06-02"}, "force_before_signature"),
        ({"text_seen": False, "entered_into_force": ""}, "force_date_not_shown"),
    ],
)
def test_agreement_that_does_not_count_goes_to_the_ledger_with_its_rule(change, rule):
    table, ledger = made({}, change)
    assert table["agreement_id"].tolist() == ["a0"]
    assert ledger[["key", "rule"]].to_dict("split")["data"] == [["KOR a1", rule]]


def test_treaty_register_without_the_text_counts_where_it_has_the_date():
    table, _ = made({"text_seen": False})
    assert table[["text_seen", "force_date_known"]].to_dict("split")["data"] == [[False, True]]


def test_agreement_counts_for_the_year_of_its_signature():
    table, _ = made({}, {"iso3": "POL"}, {"iso3": "CZE", "signed": "1992-05"})
    assert table[["iso3", "year", "is_ally"]].to_dict("split")["data"] == [
        ["KOR", 1998, True],
        ["POL", 1998, False],
        ["CZE", 1992, False],  # before independence there is no ally-year
    ]
