import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import exercises
from underbalance.sources.multinational_military_exercises import parse
from underbalance.tables import check_frame, read_table

HEADER = (
    "MMEID,gwcode,country,year,s.year,s.month,s.day,e.year,e.month,e.day,"
    "CPX,Air,Land,Sea,participant_count"
)


def line(number="mme1", gwcode="740", country="Japan", days="1998,5,2,1998,5,9", kinds="0,1,0,1"):
    return f"{number},{gwcode},{country},{days[:4]},{days},{kinds},2"


def usa(number="mme1", days="1998,5,2,1998,5,9"):
    return line(number, "2", "United States", days)


@pytest.fixture
def parsed(original, allies):
    def parse_lines(*lines: str):
        table = parse(original("mme-v7-long.csv", HEADER, *lines), allies)
        check_frame(table, exercises(), "exercises")
        return table

    return parse_lines


def test_one_row_per_exercise_and_listed_ally(parsed):
    table = parsed(usa(), line(), line(gwcode="710", country="China"))
    assert table.to_dict("records") == [
        {
            "exercise_id": "mme1",
            "iso3": "JPN",
            "start": "1998-05-02",
            "end": "1998-05-09",
            "with_usa": True,
            "participants": 3,
            "command_post": False,
            "air": True,
            "land": False,
            "sea": True,
        }
    ]


def test_exercise_without_the_usa_is_kept_and_marked(parsed):
    assert parsed(line(), line(gwcode="732"))["with_usa"].tolist() == [False, False]


def test_repeated_participants_count_once(parsed):
    table = parsed(usa(), usa(), line(), line())
    assert table["participants"].tolist() == [2]


def test_participant_listed_for_both_calendar_years_counts_once_in_the_first(parsed):
    days = "1997,12,16,1998,1,6"
    twice = line(days=days).replace(",1997,1997", ",1998,1997")
    table = parsed(line(days=days), twice, usa(days=days))
    assert table["start"].tolist() == ["1997-12-16"]


def test_two_exercises_under_one_number_are_told_apart_by_their_first_day(parsed):
    table = parsed(line(days="2005,7,7,2005,7,7"), usa(days="1995,7,xx,1995,7,xx"))
    assert table[["with_usa", "participants"]].to_dict("split")["data"] == [[False, 1]]


def test_unknown_days_leave_the_month(parsed):
    table = parsed(line(days="2000,9,xx,2000,9,xx"))
    assert (table["start"].item(), table["end"].item()) == ("2000-09", "2000-09")


def test_unnamed_participants_are_none_and_those_without_a_code_are_some(parsed):
    table = parsed(line(), line(gwcode="NA", country="NATO"), line(gwcode="NA", country="-9"))
    assert table["participants"].tolist() == [2]


@pytest.mark.parametrize(("gwcode", "found"), [("260", ["DEU"]), ("265", []), ("315", [])])
def test_germany_has_its_code_of_gleditsch_and_ward_in_all_years(parsed, gwcode, found):
    assert parsed(line(gwcode=gwcode))["iso3"].tolist() == found


def test_exercises_before_1985_are_left_out(parsed):
    assert parsed(line(days="1984,5,2,1984,5,9")).empty


def test_the_usa_did_not_exercise_with_new_zealand_after_the_break_of_anzus():
    # exercises ended after the port call refused in February 1985, and the USA suspended
    # its obligations in August 1986 (table alliance)
    table = read_table(RAW_FOLDER / "exercises.csv", exercises())
    joint = table[(table["iso3"] == "NZL") & table["with_usa"]]
    assert not joint["start"].str[:4].astype(int).between(1986, 1996).any()
    assert len(joint) > 0


def test_shipped_exercise_of_japan_south_korea_and_china_is_without_the_usa():
    table = read_table(RAW_FOLDER / "exercises.csv", exercises())
    shared = table[table["exercise_id"] == "mme3460"]
    assert shared[["iso3", "with_usa"]].to_dict("split")["data"] == [["JPN", False], ["KOR", False]]
