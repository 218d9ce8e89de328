import pandas as pd
import pytest
from underbalance.sources.country_names import iso3_by_label, iso3_by_name, plain_label

ALLIES = pd.DataFrame({"iso3": ["JPN", "TUR"], "name": ["Japan", "Turkey"]})
SPELLINGS = {"Türkiye": "Turkey", "Korea, South": "South Korea"}


def test_allies_are_found_by_their_name_and_by_the_spellings_of_the_source():
    assert iso3_by_name(ALLIES, SPELLINGS) == {"Japan": "JPN", "Turkey": "TUR", "Türkiye": "TUR"}


def test_labels_are_found_in_small_letters():
    found = iso3_by_label(ALLIES, SPELLINGS)
    assert found == {"japan": "JPN", "turkey": "TUR", "türkiye": "TUR"}


@pytest.mark.parametrize(
    "label", ["  SLOVAK  Republic (b)", "Slovak Republic*", "slovak republic¹"]
)
def test_label_is_plain_without_footnote_marks_and_blanks(label):
    assert plain_label(label) == "slovak republic"
