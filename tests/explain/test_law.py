"""Legal constraints: two coders, two clarifications, one verdict."""

import pytest
from underbalance.explain.operations import that_do_not_add_up
from underbalance.explain.variables import EXPLAINERS

VETO = ("legal_deployment_veto", "deployment_veto")
CEILING = ("legal_defence_spending_ceiling", "defence_spending_ceiling")
BASES = ("legal_basing_nuclear_space", "basing_nuclear_space_limits")


@pytest.fixture
def explained(made_up):
    """Return a function that explains an item from the codings (value, confidence) of both."""

    def explain(names, coded, a, b, iso3="JPN", year=2000, note=""):
        column, item = names
        period = {"iso3": iso3, "item": item, "start": "1990-01-01", "end": "2025-12-31"}
        rows = [
            {**period, "coder": coder, "value": value, "confidence": confidence, "note": note}
            | {"basis": "a law", "source": "a gazette"}
            for coder, (value, confidence) in (("a", a), ("b", b))
        ]
        facts = made_up([{"iso3": iso3, "year": year, column: coded}], {"legal_constraints": rows})
        return EXPLAINERS[column](facts, iso3, year)

    return explain


@pytest.mark.parametrize(
    ("coded", "a", "b", "said"),
    [
        (1.0, (1.0, "low"), (1.0, "high"), "both coders give the same"),
        (2.0, (2.0, "high"), (1.0, "medium"), "more confident"),
        (1.0, (2.0, "low"), (1.0, "medium"), "more confident"),
        (1.5, (2.0, "low"), (1.0, "low"), "the mean is taken"),
        (2.0, (None, "high"), (2.0, "low"), "that of the other is taken"),
        (None, (None, "low"), (None, "low"), "neither coder"),
    ],
)
def test_verdict_follows_the_rules_of_the_coding(explained, coded, a, b, said):
    node = explained(VETO, coded, a, b)
    assert that_do_not_add_up(node) == []
    assert said in node.note


@pytest.mark.parametrize(("year", "coded"), [(1996, 0.0), (1997, 1.0), (1998, 0.0)])
def test_japan_had_a_ceiling_at_the_end_of_1997_only(explained, year, coded):
    node = explained(CEILING, coded, (1.0, "high"), (0.0, "high"), year=year)
    assert that_do_not_add_up(node) == []


def test_changed_code_says_from_what_to_what(explained):
    node = explained(CEILING, 0.0, (1.0, "high"), (0.0, "high"))
    assert node.parts[0].note.startswith("coded 1, clarified to 0: totals of procurement")
    assert node.parts[1].note == ""


def test_ceilings_of_others_stay_as_coded(explained):
    node = explained(CEILING, 1.0, (1.0, "high"), (1.0, "high"), iso3="KOR")
    assert that_do_not_add_up(node) == []


def test_mere_consent_is_no_limit_for_coder_b(explained):
    node = explained(BASES, 0.5, (1.0, "low"), (1.0, "low"), iso3="NOR", note="A consent clause.")
    assert that_do_not_add_up(node) == []
    assert [part.value for part in node.parts] == [1.0, 0.0]


def test_year_before_the_coding_is_missing(explained):
    node = explained(VETO, None, (1.0, "high"), (1.0, "high"), year=1989)
    assert node.operation == "missing"
    assert "no period of the coding holds" in node.note


def test_ratification_hurdle_is_one_score_per_ally(made_up):
    facts = made_up(
        [{"iso3": "JPN", "year": 2000, "ratification_hurdle": 2.0}],
        {"ratification": [{"iso3": "JPN", "ratification_hurdle": 2.0}]},
    )
    node = EXPLAINERS["ratification_hurdle"](facts, "JPN", 2000)
    assert that_do_not_add_up(node) == []


def test_ally_without_a_score_is_missing_by_name(made_up):
    facts = made_up(
        [{"iso3": "TWN", "year": 2000, "ratification_hurdle": None}],
        {"ratification": [{"iso3": "JPN", "ratification_hurdle": 2.0}]},
    )
    node = EXPLAINERS["ratification_hurdle"](facts, "TWN", 2000)
    assert node.note == "ratification has no row of TWN"
