import pytest
from underbalance.errors import FaultsError
from underbalance.schemas.facts.politics import institutions
from underbalance.sources.vdem import parse
from underbalance.tables import check_frame

HEADER = (
    "country_name,country_text_id,country_id,year,v2x_polyarchy,v2xlg_legcon,v2xlg_leginter,"
    "v2x_divparctrl,v2cacamps"
)
RELEASE = "vdem_v14_subset_1980_2023.csv"


def test_indices_get_the_projects_names_and_keep_their_values(original, allies):
    folder = original(RELEASE, HEADER, "Japan,JPN,9,1998,0.82,0.7,0.0,-0.5,-1.7")
    table = parse(folder, allies)
    assert table.to_dict("records") == [
        {
            "iso3": "JPN",
            "year": 1998,
            "divided_control": -0.5,
            "polarization": -1.7,
            "legislative_constraints": 0.7,
            "polyarchy": 0.82,
            "legislature_closed": False,
        }
    ]
    check_frame(table, institutions(), "institutions")


def test_missing_index_stays_missing_and_years_before_1985_go(original, allies):
    folder = original(
        RELEASE,
        HEADER,
        "Thailand,THA,49,1984,0.3,,0.0,,1",
        "Thailand,THA,49,2015,0.2,,1.0,,1",
        "Mexico,MEX,3,2015,0.6,0.5,0.0,0,0",
    )
    table = parse(folder, allies)
    assert table["year"].tolist() == [2015]
    assert table["divided_control"].isna().tolist() == [True]
    assert table["legislature_closed"].tolist() == [True]


def test_another_version_is_not_spliced_in(original, allies):
    folder = original("vdem_v15_main_indices_1970_2024.csv", HEADER)
    with pytest.raises(FaultsError, match=r"v14\*\.csv"):
        parse(folder, allies)


def test_the_full_release_is_found_under_its_own_name(original, allies):
    row = "Japan,JPN,9,1998,0.82,0.7,0.0,-0.5,-1.7"
    table = parse(original("V-Dem-CY-Full+Others-v14.csv", HEADER, row), allies)
    assert table["year"].tolist() == [1998]
