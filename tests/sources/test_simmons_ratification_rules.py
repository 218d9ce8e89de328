import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import ratification
from underbalance.sources.simmons_ratification_rules import parse
from underbalance.tables import check_frame, read_table


def test_listed_allies_keep_their_score(original, allies):
    table = parse(original("BSrat.csv", "StatID,Rat", "KOR,2", "AFG,1", "AUS,1.5"), allies)
    check_frame(table, ratification(), "ratification")
    assert table.to_dict("split")["data"] == [["AUS", 1.5], ["KOR", 2.0]]


def test_score_outside_the_scale_is_refused(original, allies):
    table = parse(original("BSrat.csv", "StatID,Rat", "KOR,22"), allies)
    with pytest.raises(FaultsError, match="at most 4"):
        check_frame(table, ratification(), "ratification")


@pytest.mark.parametrize(
    ("iso3", "hurdle"),
    [
        ("GBR", 1.5),  # the Ponsonby rule: treaties are laid before parliament
        ("JPN", 2),  # Constitution, articles 61 and 73: the Diet, in the end its lower house
        ("KOR", 2),  # Constitution, article 60: the National Assembly, one house
        ("NLD", 3),  # Constitution, article 91: both chambers of the States General
    ],
)
def test_shipped_scores_follow_the_constitutions(iso3, hurdle):
    table = read_table(RAW_FOLDER / "ratification.csv", ratification())
    assert table.set_index("iso3")["ratification_hurdle"][iso3] == hurdle
