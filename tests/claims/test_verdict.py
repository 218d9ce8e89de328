from itertools import product

import pytest
from underbalance.claims.verdict import verdict
from underbalance.schemas.claim_words import RECORD_ANSWERS, STRENGTH_ANSWERS, VERDICTS

A, D, X, M, E, U = (
    "agrees",
    "agrees in direction",
    "disagrees",
    "mixed",
    "no event",
    "not known",
)
EXPECTED = {
    "supported": [(A, A), (A, E), (A, U), (U, A)],
    "contradicted": [(X, X), (X, M), (X, E), (X, U), (U, X)],
    "cannot be said": [(U, U), (U, E)],
    "in part": [
        *((A, M), (A, X), (X, A), (D, A), (D, M), (D, X), (D, E), (D, U), (U, M)),
    ],
}


@pytest.mark.parametrize(
    ("answers", "said"), [(pair, said) for said, pairs in EXPECTED.items() for pair in pairs]
)
def test_verdict_follows_from_the_two_answers(answers, said):
    assert verdict(*answers) == said


def test_every_pair_of_answers_is_in_the_list_above():
    listed = [pair for pairs in EXPECTED.values() for pair in pairs]
    assert sorted(listed) == sorted(product(STRENGTH_ANSWERS, RECORD_ANSWERS))
    assert set(EXPECTED) == set(VERDICTS)
