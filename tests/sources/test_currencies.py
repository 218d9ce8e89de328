import pytest
from underbalance.sources.currencies import currency_code


@pytest.mark.parametrize(
    ("name", "iso3", "year", "code"),
    [
        (" Euros", "BEL", 2015, "EUR"),
        ("New lei", "ROU", 2015, "RON"),
        ("Koruny", "CZE", 2015, "CZK"),
        ("Litai-Euros", "LTU", 2014, "LTL"),
        ("Litai-Euros", "LTU", 2015, "EUR"),
        ("Koruny-Euros", "SVK", 2008, "SKK"),
        ("Koruny-Euros", "SVK", 2009, "EUR"),
        ("Lats-Euros", "LVA", 2014, "EUR"),
        ("Krooni-Euros", "EST", 2010, "EEK"),
        ("dollars", "JPN", 2015, ""),
        ("doubloons", "ESP", 2015, ""),
    ],
)
def test_code_of_a_named_currency(name, iso3, year, code):
    assert currency_code(name, iso3, year) == code
