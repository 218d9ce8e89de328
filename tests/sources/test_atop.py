import pytest
from underbalance.clean.ally_years import ally_years
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import alliance, alliance_atop
from underbalance.sources.atop import parse
from underbalance.tables import check_frame, read_table

HEADER = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul,ignored"


@pytest.fixture
def parsed(original, allies):
    def parse_lines(*lines: str):
        folder = original("atop5_1_directed_dyad_year_allies_1980_2018.csv", HEADER, *lines)
        table = parse(folder, allies)
        check_frame(table, alliance_atop(), "alliance_atop")
        return table

    return parse_lines


def test_pledge_in_one_direction_only_counts(parsed):
    table = parsed("2,740,1990,1,0,0,1,0,0", "740,2,1990,0,0,0,0,1,0")
    assert table.to_dict("split")["data"] == [["JPN", 1990, True, False, False, True, True]]


def test_both_codes_of_germany_make_one_row(parsed):
    table = parsed("2,255,1990,1,0,0,1,1,0", "260,2,1990,1,0,0,1,1,0")
    assert table[["iso3", "year"]].to_dict("split")["data"] == [["DEU", 1990]]


def test_alliances_without_the_usa_and_earlier_years_are_left_out(parsed):
    assert parsed("200,220,1990,1,0,0,1,1,0", "2,740,1984,1,0,0,1,1,0").empty


def test_defence_pacts_of_atop_are_ours_but_for_the_known_differences(allies):
    """ATOP follows accession protocols, and has a pact with Israel from 1981 to 1991."""
    ours = ally_years(allies, read_table(RAW_FOLDER / "alliance.csv", alliance()), 1985, 2018)
    ours = ours.loc[ours["is_ally"], ["iso3", "year"]]
    theirs = read_table(RAW_FOLDER / "alliance_atop.csv", alliance_atop())
    theirs = theirs.loc[theirs["defence"], ["iso3", "year"]]
    differing = set(ours.itertuples(index=False, name=None)) ^ set(
        theirs.itertuples(index=False, name=None)
    )
    protocols = {
        **dict.fromkeys(["CZE", "HUN", "POL"], (1997, 1998)),
        **dict.fromkeys(["BGR", "EST", "LTU", "LVA", "ROU", "SVK", "SVN"], (2003, 2003)),
        **dict.fromkeys(["ALB", "HRV"], (2008, 2008)),
        "MNE": (2016, 2016),
        "ISR": (1985, 1991),
    }
    known = {(i, y) for i, (first, last) in protocols.items() for y in range(first, last + 1)}
    assert differing == known
