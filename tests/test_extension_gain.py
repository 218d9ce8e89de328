from underbalance.extension_gain import extension_gain


def test_gain_is_told_in_rows_deals_years_and_outcomes(extension):
    extension(ratification=["3"], us_aid=[], agreements=[])
    first, *lines = extension_gain("EGY")
    assert first == "Egypt (EGY), in a run that names it (such as make SAMPLE=core+EGY):"
    assert lines[:3] == [
        "  rows of facts tables: ratification 1",
        "  deals with the USA: 0",
        "  ally-years that count: 37, 1989 to 2025",
    ]
    assert "  not delivery: nothing of the ally in deals" in lines


def test_years_of_a_listed_ally_are_those_of_its_commitments_and_of_the_tie(extension):
    extension("SWE", ally="", tie="partner,1994-05-09,2024-03-07,day,0")
    assert "  ally-years that count: 32, 1994 to 2025" in extension_gain("SWE")
