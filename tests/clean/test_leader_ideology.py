import pandas as pd
from underbalance.clean.leader_ideology import ideology_by_year
from underbalance.registry import RAW_FOLDER, read_allies
from underbalance.schemas.facts.governments import leader_ideology as schema
from underbalance.tables import read_table


def by_year(camps: dict[int, str], years: list[int], independent: str = "") -> pd.DataFrame:
    facts = pd.DataFrame(
        [("JPN", year, camp, "rightist") for year, camp in camps.items()],
        columns=["iso3", "year", "hog_ideology", "leader_ideology"],
    )
    allies = pd.DataFrame({"iso3": ["JPN"], "independent_since": [independent]})
    return ideology_by_year(pd.DataFrame({"iso3": "JPN", "year": years}), facts, allies)


def shifts(*given, **others) -> list[int | None]:
    values = by_year(*given, **others)["ideology_shift_3y"]
    return [None if pd.isna(value) else int(value) for value in values]


def test_camp_is_that_of_the_head_of_government():
    assert by_year({1994: "leftist"}, [1994])["leader_ideology"].tolist() == ["leftist"]


def test_changes_between_four_year_ends_are_counted():
    camps = dict(zip(range(2008, 2013), ["rightist", "centrist", "leftist", "centrist", "rightist"],
                     strict=True))  # fmt: skip
    assert shifts(camps, [2011, 2012]) == [3, 3]
    assert shifts(dict.fromkeys(range(2008, 2012), "leftist"), [2011]) == [0]


def test_unknown_camp_is_empty_and_leaves_its_windows_open():
    camps = dict.fromkeys(range(2000, 2009), "leftist") | {2004: "no information"}
    table = by_year(camps, list(range(2003, 2009)))
    assert table["leader_ideology"].tolist() == ["leftist", "", *["leftist"] * 4]
    assert shifts(camps, list(range(2003, 2009))) == [0, None, None, None, None, 0]


def test_years_outside_the_source_are_empty_and_not_zero():
    table = by_year(dict.fromkeys(range(2000, 2004), "leftist"), [2003, 2004])
    assert table["leader_ideology"].tolist() == ["leftist", ""]
    assert shifts(dict.fromkeys(range(2000, 2004), "leftist"), [2003, 2004]) == [0, None]


def test_leaders_of_before_independence_do_not_count():
    camps = {1990: "leftist"} | dict.fromkeys(range(1991, 1996), "rightist")
    assert shifts(camps, [1993, 1994], independent="1991-06-25") == [None, 0]


def test_japan_changed_camp_when_the_democrats_came_and_went():
    # Prime Minister of Japan and his Cabinet (kantei.go.jp): the LDP governed to 16 September
    # 2009 and again from 26 December 2012
    facts = read_table(RAW_FOLDER / "leader_ideology.csv", schema())
    years = pd.DataFrame({"iso3": "JPN", "year": [2008, 2009, 2012, 2016]})
    table = ideology_by_year(years, facts, read_allies())
    assert table["ideology_shift_3y"].tolist() == [0, 1, 3, 0]
    assert table["leader_ideology"].tolist() == ["rightist", "centrist", "rightist", "rightist"]
