import pandas as pd
import pytest
from underbalance.clean.legal import adjudicate, adjudicated_periods, in_force, legal_by_year
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.schemas.processed import ledger as ledger_schema
from underbalance.schemas.processed import legal as legal_schema
from underbalance.tables import check_frame, read_table

CONSENT = "basing_nuclear_space_limits"
CEILING = "defence_spending_ceiling"


def coding(coder: str, *periods: tuple, iso3: str = "DEU", item: str = "force_limits"):
    """Periods as (first day, value, confidence, note); each lasts until the next."""
    columns = ["start", "value", "confidence", "note"]
    rows = pd.DataFrame([(*p, *("high", "")[len(p) - 2 :]) for p in periods], columns=columns)
    following = pd.to_datetime(rows["start"].shift(-1)) - pd.Timedelta(days=1)
    return rows.assign(
        iso3=iso3,
        item=item,
        coder=coder,
        value=rows["value"].astype("Int64"),
        end=following.dt.strftime("%Y-%m-%d").fillna("2025-12-31"),
        basis=f"basis {coder}",
        source="source",
    )


def both(a: list[tuple], b: list[tuple], **unit: str) -> pd.DataFrame:
    return pd.concat([coding("a", *a, **unit), coding("b", *b, **unit)], ignore_index=True)


def verdicts(constraints: pd.DataFrame) -> list[list]:
    table, ledger = adjudicate(constraints)
    check_frame(table, legal_schema(), "legal")
    check_frame(ledger, ledger_schema(), "ledger")
    return table[["start", "end", "value", "rule", "flagged"]].to_numpy().tolist()


def entries(constraints: pd.DataFrame) -> list[list]:
    ledger = adjudicate(constraints)[1]
    return ledger[["key", "rule", "old", "new"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("a", "b", "value", "rule", "flagged"),
    [
        ((2, "low"), (2, "high"), 2, "agreed", False),
        ((2, "low"), (1, "medium"), 1, "higher_confidence", False),
        ((2, "high"), (0, "medium"), 2, "higher_confidence", False),
        ((2, "medium"), (1, "medium"), 1.5, "mean_flagged", True),
        ((None, "high"), (0, "low"), 0, "one_missing", True),
        ((1, "low"), (None, "low"), 1, "one_missing", True),
    ],
)
def test_equal_values_then_confidence_then_the_mean(a, b, value, rule, flagged):
    constraints = both([("1990-01-01", *a)], [("1990-01-01", *b)])
    assert verdicts(constraints) == [["1990-01-01", "2025-12-31", value, rule, flagged]]
    assert len(entries(constraints)) == (rule != "agreed")


def test_value_that_neither_coder_established_stays_missing():
    constraints = both([("1990-01-01", None, "low")], [("1990-01-01", None, "low")])
    ((_, _, value, rule, flagged),) = verdicts(constraints)
    assert (pd.isna(value), rule, flagged) == (True, "both_missing", False)
    assert entries(constraints)[0][3] == ""


def test_codings_that_change_on_different_days_differ_in_between_only():
    constraints = both(
        [("1990-01-01", 0), ("2004-03-29", 1)],
        [("1990-01-01", 0), ("2004-03-20", 1)],
    )
    assert [row[:4] for row in verdicts(constraints)] == [
        ["1990-01-01", "2004-03-19", 0, "agreed"],
        ["2004-03-20", "2004-03-28", 0.5, "mean_flagged"],
        ["2004-03-29", "2025-12-31", 1, "agreed"],
    ]
    assert entries(constraints) == [
        ["DEU force_limits 2004-03-20", "mean_flagged", "a 0 (high), b 1 (high)", "0.5"]
    ]


def test_periods_with_the_same_verdict_are_one():
    constraints = both([("1990-01-01", 1), ("2000-01-01", 1)], [("1990-01-01", 1)])
    assert len(verdicts(constraints)) == 1


def test_coder_who_begins_later_has_no_value_before():
    constraints = both([("1991-06-25", 1)], [("1991-10-08", 1)])
    assert [row[3] for row in verdicts(constraints)] == ["one_missing", "agreed"]


@pytest.mark.parametrize(
    ("note", "recoded"),
    [
        ("Consent condition only (procedural), no ban", True),
        ("Nuclear ban from 1992; before that consent clause only", True),
        ("Nuclear weapons banned", False),
        ("Parliament consents", False),
    ],
)
def test_consent_to_foreign_forces_is_no_limit_in_the_rows_the_rule_names(note, recoded):
    constraints = both(
        [("1990-01-01", 0, "low")], [("1990-01-01", 1, "medium", note)], item=CONSENT
    )
    ((_, _, value, rule, _),) = verdicts(constraints)
    assert (value, rule) == ((0, "agreed") if recoded else (1, "higher_confidence"))
    recorded = [f"DEU {CONSENT} 1990-01-01 coder b", "clarified_consent", "1", "0"]
    assert (recorded in entries(constraints)) is recoded


def test_consent_note_of_another_coder_or_item_recodes_nothing():
    note = "Consent condition"
    of_a = both([("1990-01-01", 1, "high", note)], [("1990-01-01", 1)], item=CONSENT)
    other = both([("1990-01-01", 1)], [("1990-01-01", 1, "high", note)], item="fiscal_rule")
    for constraints in (of_a, other):
        assert [row[2:4] for row in verdicts(constraints)] == [[1, "agreed"]]
        assert entries(constraints) == []


def test_value_that_was_not_established_is_not_recoded():
    note = "Consent condition"
    constraints = both([("1990-01-01", 1)], [("1990-01-01", None, "low", note)], item=CONSENT)
    assert [row[2:4] for row in verdicts(constraints)] == [[1, "one_missing"]]


def test_japan_has_a_ceiling_from_june_1997_to_december_1998_only():
    constraints = both([("1990-01-01", 1)], [("1990-01-01", 0)], iso3="JPN", item=CEILING)
    assert [row[:4] for row in verdicts(constraints)] == [
        ["1990-01-01", "1997-06-02", 0, "agreed"],
        ["1997-06-03", "1998-12-17", 1, "agreed"],
        ["1998-12-18", "2025-12-31", 0, "agreed"],
    ]
    assert entries(constraints) == [
        [f"JPN {CEILING} 1990-01-01 coder a", "clarified_ceiling", "1", "0"],
        [f"JPN {CEILING} 1997-06-03 coder b", "clarified_ceiling", "0", "1"],
        [f"JPN {CEILING} 1998-12-18 coder a", "clarified_ceiling", "1", "0"],
    ]


def test_ceiling_of_another_ally_stays_as_coded():
    constraints = both(
        [("1990-01-01", 0), ("1992-07-03", 1), ("1998-01-01", 0)], [("1990-01-01", 0)], item=CEILING
    )
    assert [row[2] for row in verdicts(constraints)] == [0, 0.5, 0]


def test_periods_keep_both_codings_as_coded_beside_the_clarified_ones():
    constraints = both([("1990-01-01", 1)], [("1990-01-01", 0)], iso3="JPN", item=CEILING)
    first = adjudicated_periods(constraints).iloc[0]
    assert (first["value_a"], first["clarified_a"], first["value_b"]) == (1, 0, 0)
    assert (first["basis_a"], first["basis_b"]) == ("basis a", "basis b")


def test_value_of_a_year_is_the_one_in_force_on_its_last_day():
    legal, _ = adjudicate(both([("1990-01-01", 2), ("2016-03-29", 1)], [("1990-01-01", 2)]))
    table = legal_by_year(legal).set_index("year")
    assert table["legal_force_limits"].loc[[1990, 2015, 2016, 2025]].tolist() == [2, 2, 1.5, 1.5]
    assert table["legal_fiscal_rule"].isna().all()
    assert table.index.tolist() == list(range(1990, 2026))


def test_year_before_the_first_period_has_no_row():
    legal, _ = adjudicate(both([("1991-10-08", 1)], [("1991-10-08", 1)]))
    assert legal_by_year(legal)["year"].min() == 1991
    assert in_force(legal, "06-30")["year"].min() == 1992


@pytest.fixture
def shipped() -> pd.DataFrame:
    return read_table(RAW_FOLDER / "legal_constraints.csv", FACTS["legal_constraints"]())


def test_shipped_codings_are_recoded_where_the_rules_say_and_nowhere_else(shipped):
    periods = adjudicated_periods(shipped)
    recoded = {
        (coder, row.item): set()
        for coder in "ab"
        for row in periods.drop_duplicates("item").itertuples()
    }
    for coder in "ab":
        changed = (periods[f"value_{coder}"] != periods[f"clarified_{coder}"]).fillna(False)
        for row in periods[changed.astype(bool)].itertuples():
            recoded[coder, row.item].add(row.iso3)
    consenting = {"ALB", "BGR", "CZE", "GRC", "HRV", "HUN", "KOR", "ROU", "SVK", "TUR"}
    assert {unit: allies for unit, allies in recoded.items() if allies} == {
        ("a", CEILING): {"JPN"},
        ("b", CONSENT): consenting,
    }


def test_every_ally_and_item_is_adjudicated_without_gap_or_overlap(shipped):
    table, _ = adjudicate(shipped)
    assert table.groupby(["iso3", "item"]).ngroups == 39 * 6
    ordered = table.sort_values(["iso3", "item", "start"])
    before = pd.to_datetime(ordered.groupby(["iso3", "item"])["end"].shift())
    follows = (before + pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d") == ordered["start"]
    assert (follows | before.isna()).all()
