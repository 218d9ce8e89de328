import pandas as pd
import pytest
from underbalance.coding.reliability import Bootstrap
from underbalance.outcomes.type_agreement import type_agreement
from underbalance.present.observed_type_table import observed_type_table
from underbalance.present.table import Table

QUICK = Bootstrap(replications=100, seed=1, level=0.95)


@pytest.fixture
def table() -> Table:
    pairs = [
        ("JPN", 1990, "effective", "effective"),
        ("JPN", 2000, "effective", "slow_inconsistent"),
        ("KOR", 1990, "failing", "failing"),
        ("KOR", 2000, "failing", "effective"),
        ("KOR", 2010, "slow", ""),
    ]
    rows = pd.DataFrame(pairs, columns=["iso3", "decade_start", "predicted_type", "observed_type"])
    marks = {"slow": pd.NA, "inconsistent": pd.NA, "high_political": True, "high_social": False}
    rows = rows.assign(quantile=0.5, **marks).astype(dict.fromkeys(marks, "boolean"))
    predicted = rows.drop(columns=["observed_type", "slow", "inconsistent"])
    observed = rows[["iso3", "decade_start", "slow", "inconsistent", "observed_type"]]
    agreement = type_agreement(predicted, observed, QUICK)
    return observed_type_table(predicted, observed, agreement, 0.5, 0.95, "Core & more")


def test_rows_are_predicted_columns_observed_and_totals_add_up(table: Table) -> None:
    assert table.header[1:] == (
        "Effective",
        "Inconsistent",
        "Slow",
        "Slow and inconsistent",
        "Failing",
        "All",
    )
    assert table.body == (
        ("Effective", "1", "0", "0", "1", "0", "2"),
        ("Inconsistent", "0", "0", "0", "0", "0", "0"),
        ("Slow", "0", "0", "0", "0", "0", "0"),
        ("Failing", "1", "0", "0", "0", "1", "2"),
    )
    assert table.summary == (("All", "2", "0", "0", "1", "1", "4"),)


def test_notes_have_the_kappas_and_say_where_they_are_not_defined(table: Table) -> None:
    notes = " ".join(table.notes)
    assert "4 ally-decades of 2 allies with both types, 1990s to 2020s." in notes
    assert "Cut at the median: same type in 50 %. Kappa of the types, weighted (n = 4): 0.17 [" in (
        notes
    )
    assert "Kappa of social obstacle high with slow (n = 0): not defined." in notes


def test_notes_say_how_many_ally_decades_have_a_type(table: Table) -> None:
    known = "2 of 2 (1990s), 2 of 2 (2000s), 0 of 1 (2010s) ally-decades"
    assert known in " ".join(table.notes)


def test_labels_leave_room_for_five_types(table: Table) -> None:
    assert table.label_width < 0.2
