"""Wrong options of add-ally: each is told, and nothing is written."""

import pytest
from underbalance.extensions import EXTENSIONS_FOLDER as EXTENSIONS

TIE = ("--since", "1987", "--alliance", "MNNA")
EGYPT = ("EGY", *TIE, "--region", "middle_east")
WRONG = {
    "no code": (("EG", *TIE), "must be that of an ISO 3166-1 alpha-3 code"),
    "the USA": (("USA", *TIE, "--region", "north_america"), "an ally of the USA"),
    "no tie": (("EGY", "--region", "middle_east"), "must have a tie"),
    "no region": (("EGY", *TIE), "must have a region"),
    "region unknown": (("EGY", *TIE, "--region", "africa"), "asia_pacific, europe"),
    "name unknown": (("QAT", *TIE, "--region", "middle_east"), "must have a cow_code"),
    "number of another": ((*EGYPT, "--cow-code", "640"), "which is TUR"),
    "number no number": ((*EGYPT, "--cow-code", "x"), "must be a number"),
    "listed ally": (("SWE", *TIE, "--name", "Sweden"), "must say this of a listed ally"),
    "another listed ally": (("AUS", *TIE, "--name", "Austria"), "AUS is Australia"),
    "code of a rival": (
        ("IRN", *TIE, "--name", "Iran", "--region", "europe", "--cow-code", "305"),
        "IRN is Iran, whose number must be given",
    ),
    "name of another": (
        ("ASU", *TIE, "--name", "australia", "--region", "europe", "--cow-code", "305"),
        "australia, which is AUS",
    ),
    "name without file": ((*EGYPT, "--called", "Egypt"), "must be for one file"),
    "kind unknown": (
        ("EGY", "--since", "1987", "--alliance", "NATTO", "--region", "middle_east"),
        "did you mean `NATO`",
    ),
    "no such day": (
        ("ISR", "--since", "1987-02-30", "--alliance", "MNNA"),
        "must be one of the calendar",
    ),
    "wrong form of date": (
        ("ISR", "--since", "1.1.1987", "--alliance", "MNNA"),
        "YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    "until before since": (
        ("ISR", "--since", "1987", "--until", "1986-05", "--alliance", "partner"),
        "must not end before it begins",
    ),
    "overlapping tie": (
        ("SWE", "--since", "2020", "--alliance", "NATO"),
        "must not overlap",
    ),
    "table unknown": ((*EGYPT, "--template", "legal_constraint"), "`legal_constraints`"),
    "no folder": ((*EGYPT, "--sources", "nowhere"), "no such folder"),
    "no file": ((*EGYPT, "--from-csv", "milex=none.csv", "--citation", "A. 2000. B."), "no such"),
    "no pair": ((*EGYPT, "--from-csv", "milex"), "NAME=TEXT"),
    "map without file": ((*EGYPT, "--column", "year=Year"), "must be for one file"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_option_is_told_and_nothing_is_written(add, case):
    arguments, told = WRONG[case]
    result = add(*arguments)
    assert result.exit_code == 1, result.output
    assert "nothing was written" in result.output
    assert told in result.output
    assert not EXTENSIONS.exists()


def test_all_faults_of_the_options_are_told_at_once(add):
    result = add("QAT", "--since", "x", "--alliance", "y")
    for option in ("--name", "--region", "--cow-code", "--since", "--alliance"):
        assert f"{option}:" in result.output


def test_who_the_ally_is_is_said(add):
    told = add(*EGYPT, "--dry-run").output
    assert "Egypt (EGY), listed in config/rivals.csv" in told
    assert "Sweden (SWE), listed in config/allies.csv" in add("SWE", *TIE, "--dry-run").output


def test_code_that_no_list_knows_is_noted(add):
    austria = ("--name", "Austria", "--region", "europe", "--cow-code", "305")
    told = add("AUR", *TIE, *austria, "--dry-run").output
    assert "make sure that it is the ISO 3166-1 alpha-3 code of Austria" in told
