"""What is said of the rows of an added ally that the primary models use."""

from __future__ import annotations

import pandas as pd
import pytest
from underbalance.extensions import with_in_force
from underbalance.places import run_in
from underbalance.present.extension_use import (
    COUNTS,
    MISSING,
    extension_use,
    extension_uses,
    rest_of_sample,
)

COLUMNS = ["spec_id", "iso3", "rows", "complete", "used", "cases", "events"]
MISSING_COLUMNS = ["spec_id", "iso3", "estimated", "variable", "label", "missing"]


def counts(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Rows by ally of effort, delivery and pledge, in which Japan has some of each."""
    japan = [("effort", "JPN", 30, 30, 30, None, None), ("delivery", "JPN", 90, 80, 80, 20, 9)]
    japan.append(("pledge", "JPN", 5, 5, 5, 1, 0))
    return pd.DataFrame([*japan, *rows], columns=COLUMNS)


def missing(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=MISSING_COLUMNS)


USED = counts(("effort", "EGY", 31, 0, 0, None, None), ("delivery", "EGY", 1102, 412, 400, 12, 7))
LACKING = missing(
    ("effort", "EGY", 1, "political", "Political obstacle", 0),
    ("effort", "EGY", 1, "threat", "Threat", 31),
    ("delivery", "EGY", 1, "threat", "Threat", 690),
    ("delivery", "EGY", 1, "log_deal_size", "Log size of the deal", 690),
)
NONE = counts(("effort", "EGY", 31, 0, 0, None, None))
OF_EFFORT = LACKING[LACKING["spec_id"] == "effort"]


def test_models_that_use_rows_are_counted_with_the_rows_cases_and_events() -> None:
    assert extension_use("EGY", "Egypt", USED, LACKING, "core").head == (
        "Egypt (EGY) is in the primary models of 1 of the 3 outcomes that have rows, with 400 of "
        "1,102 rows of cases (cases: 12, events: 7)."
    )


def test_ally_years_are_told_apart_from_rows_of_cases() -> None:
    used = counts(("effort", "EGY", 31, 18, 18, None, None), ("delivery", "EGY", 9, 9, 9, 2, 1))
    both = missing(("effort", "EGY", 1, "x", "X", 13), ("delivery", "EGY", 1, "x", "X", 0))
    head = extension_use("EGY", "Egypt", used, both, "core").head
    assert "with 18 of 31 ally-years and 9 of 9 rows of cases (cases: 2, events: 1)." in head


def test_models_that_use_no_row_are_named_by_reason() -> None:
    why = extension_use("EGY", "Egypt", USED, LACKING, "core").why
    assert why == "Not in effort: no row with all variables; pledge: no row of it."


def test_variables_are_named_from_the_one_that_most_rows_lack() -> None:
    assert extension_use("EGY", "Egypt", USED, LACKING, "core").lacking == (
        "Most often missing in its rows: threat (721 of 1,133), "
        "log size of the deal (690 of 1,102)."
    )


def test_without_a_row_the_estimates_are_those_of_the_rest_of_the_sample() -> None:
    use = extension_use("EGY", "Egypt", NONE, OF_EFFORT, "core")
    assert use.head == (
        "No primary model uses a row of Egypt (EGY): the estimates are those of core."
    )
    assert "threat (all 31)" in use.lacking
    assert use.text == f"{use.head} {use.why} {use.lacking}"


def test_a_model_that_is_not_estimated_uses_no_row_but_could_be_the_allys_doing() -> None:
    whole = counts(("effort", "EGY", 31, 31, 31, None, None))
    lacks = missing(("effort", "EGY", 0, "threat", "Threat", 0))
    use = extension_use("EGY", "Egypt", whole, lacks, "core")
    assert use.head == "No primary model uses a row of Egypt (EGY)."
    assert use.why.startswith("Not in effort: not estimated;")
    assert use.lacking == ""


def test_complete_rows_that_an_estimator_leaves_out_are_said_to_be_so() -> None:
    dropped = counts(("effort", "EGY", 13, 13, 0, None, None))
    lacks = missing(("effort", "EGY", 1, "threat", "Threat", 0))
    why = extension_use("EGY", "Egypt", dropped, lacks, "core").why
    assert "effort: no row with all variables that the estimator can take" in why


@pytest.mark.parametrize(
    ("run", "rest"),
    [
        ("results/core+EGY", "core"),
        ("results/core+EGY+ISR", "core+ISR"),
        ("results/wider", "the sample without it"),
        ("results/EGY", "the sample without it"),
        ("", "the sample without it"),
    ],
)
def test_rest_of_the_sample_is_its_name_without_the_ally(run: str, rest: str) -> None:
    with run_in(run):
        assert rest_of_sample("EGY") == rest


def test_uses_are_those_of_the_extensions_in_force_and_of_the_present_run(
    extension, project_copy
) -> None:
    extension()
    folder = project_copy / "results/core+EGY/description"
    with run_in("results/core+EGY"), with_in_force(["EGY"]):
        assert extension_uses() == {}
        folder.mkdir(parents=True)
        NONE.to_csv(folder / COUNTS.rpartition("/")[2], index=False)
        OF_EFFORT.to_csv(folder / MISSING.rpartition("/")[2], index=False)
        assert extension_uses()["EGY"] == extension_use("EGY", "Egypt", NONE, OF_EFFORT, "core")
        with with_in_force([]):
            assert extension_uses() == {}
