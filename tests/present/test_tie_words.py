"""What makes the years of an ally count is called what it is."""

from __future__ import annotations

import pytest
from underbalance.clean.ally_years import DEFENCE_COMMITMENTS
from underbalance.extensions import with_in_force
from underbalance.present.tie_words import (
    ANY_TIE,
    COMMITMENT,
    OTHERS,
    counting_of_ally,
    counting_of_run,
)
from underbalance.schemas.facts.ties import COMMITMENTS


def rows(*kinds: str) -> list[dict[str, str]]:
    return [{"commitment": kind} for kind in kinds]


def test_shipped_ally_counts_by_its_commitment_whatever_else_it_is() -> None:
    assert counting_of_ally(rows("NATO"), [], "POL") == COMMITMENT
    # a shipped designation makes no year count
    assert counting_of_ally(rows("MNNA"), [], "PHL") == COMMITMENT
    assert COMMITMENT.full_of_usa == "defence commitment of the USA"


def test_added_ally_counts_by_the_tie_of_its_extension() -> None:
    found = counting_of_ally(rows("MNNA"), [("EGY", "MNNA", "1987-01-01")], "EGY")
    assert found.full_of_usa == "designation as major non-NATO ally of the USA"
    assert found.of_usa == found.full_of_usa


def test_ties_of_other_allies_are_not_the_allys() -> None:
    assert counting_of_ally(rows("NATO"), [("EGY", "MNNA", "1987-01-01")], "POL") == COMMITMENT


def test_ally_with_a_commitment_and_an_earlier_tie_counts_by_either() -> None:
    found = counting_of_ally(rows("NATO", "partner"), [("SWE", "partner", "1994")], "SWE")
    assert found.full_of_usa == "defence commitment or partnership with the USA"
    assert found.name == "commitment or partnership"


def test_treaty_of_an_extension_is_a_commitment() -> None:
    kind = "bilateral_defence_treaty"
    assert counting_of_ally(rows(kind), [("XYZ", kind, "1990")], "XYZ") == COMMITMENT


@pytest.mark.parametrize("kind", sorted({*COMMITMENTS} - {*DEFENCE_COMMITMENTS}))
def test_every_tie_that_is_no_commitment_has_its_words(kind: str) -> None:
    assert kind in OTHERS


def test_run_speaks_of_ties_where_one_is_in_force(extension) -> None:
    extension()
    with with_in_force([]):
        assert counting_of_run() == COMMITMENT
    with with_in_force(["EGY"]):
        assert counting_of_run() == ANY_TIE


def test_run_with_an_added_treaty_speaks_of_commitments(extension) -> None:
    extension(tie="bilateral_defence_treaty,1989-01-01,,year,0")
    with with_in_force(["EGY"]):
        assert counting_of_run() == COMMITMENT
