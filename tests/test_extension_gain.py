import pytest
from underbalance.extension_gain import extension_gain

# one trial takes seconds: one test process
pytestmark = pytest.mark.xdist_group("extension_gain")


def test_gain_is_told_in_rows_deals_years_and_cases(extension):
    extension(
        ratification=["3"],
        milex=["2000,0.03,,,,0,0,0", "2001,0.03,,,,0,0,0"],
        ideal_points=[f"{year},0.5,2,0.5,2" for year in (1999, 2000, 2001)],
        us_aid=[],
    )
    first, *lines = extension_gain("EGY")
    assert first == "Egypt (EGY), in a run that names it (such as make SAMPLE=core+EGY):"
    assert lines[:4] == [
        "  rows of facts tables: ideal_points 3, milex 2, ratification 1",
        "  deals with the USA: 0",
        "  ally-years that count: 37, 1989 to 2025",
        "  cases of outcomes in these years: alignment 2",
    ]
    assert "  no case of delivery: nothing of the ally in deals" in lines
    assert "  no case of adoption: nothing of the ally in system_orders" in lines
    # the share of GDP alone makes no growth
    assert "  no case of effort: no value of the ally in constant_usd_m of milex" in lines


def test_years_of_a_listed_ally_are_those_of_its_commitments_and_of_the_tie(extension):
    extension("SWE", ally="", tie="partner,1994-05-09,2024-03-07,day,0")
    assert "  ally-years that count: 32, 1994 to 2025" in extension_gain("SWE")
