import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.governments import leader_ideology as schema
from underbalance.sources.global_leader_ideology import parse
from underbalance.tables import check_frame, read_table

HEADER = "country_name,country_code_cow,year,hog,hog_ideology,leader,leader_ideology,democracy"


@pytest.fixture
def parsed(original, allies):
    def parse_rows(*rows: str):
        folder = original("global_leader_ideologies_1975_2020.csv", HEADER, *rows)
        return check_frame(parse(folder, allies), schema(), "leader_ideology")

    return parse_rows


def test_codes_stay_as_the_source_has_them(parsed):
    table = parsed(
        "Japan,740,1994,Tomiichi Murayama,leftist,Murayama,leftist,yes",
        "Montenegro,341,2006,Zeljko Sturanovic,centrist,NA,not applicable,yes",
    )
    assert table["iso3"].tolist() == ["JPN", "MNE"]
    assert table["hog_ideology"].tolist() == ["leftist", "centrist"]
    assert table["leader_ideology"].tolist() == ["leftist", "not applicable"]


def test_germany_is_the_federal_republic_before_1990(parsed):
    table = parsed(
        "Germany,260,1989,Helmut Kohl,rightist,Kohl,rightist,yes",
        "German Democratic Republic,265,1989,Hans Modrow,leftist,Modrow,leftist,no",
        "Germany,255,1990,Helmut Kohl,rightist,Kohl,rightist,yes",
    )
    assert table[["iso3", "year", "leader"]].to_dict("split")["data"] == [
        ["DEU", 1989, "Kohl"],
        ["DEU", 1990, "Kohl"],
    ]


def test_earlier_years_and_countries_that_are_no_allies_are_left_out(parsed):
    table = parsed(
        "Japan,740,1981,Zenko Suzuki,rightist,Suzuki,rightist,yes",
        "Czech Republic,315,1990,Marian Calfa,centrist,Havel,centrist,yes",
        "Japan,740,1982,Yasuhiro Nakasone,rightist,Nakasone,rightist,yes",
    )
    assert table["year"].tolist() == [1982]


def test_koreas_presidents_change_camp_as_the_blue_house_did():
    # National Archives of Korea, list of presidents (pa.go.kr): Kim Dae-jung from 25 February
    # 1998, Roh Moo-hyun 2003, Lee Myung-bak 2008, Moon Jae-in 2017
    table = read_table(RAW_FOLDER / "leader_ideology.csv", schema())
    korea = table[table["iso3"] == "KOR"].set_index("year")
    names = korea.loc[[1997, 1998, 2003, 2008, 2017], "head_of_government"].tolist()
    assert [name.split()[0] for name in names] == ["Kim", "Kim", "Roh", "Lee", "Moon"]
    camps = korea.loc[[1997, 1998, 2003, 2008, 2017], "hog_ideology"].tolist()
    assert camps == ["rightist", "centrist", "leftist", "rightist", "leftist"]
