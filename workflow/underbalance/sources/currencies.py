"""ISO 4217 codes of the currencies that tables of spending give in words."""

from __future__ import annotations

from pathlib import Path

from underbalance.errors import Fault

CODES = {
    "baht": "THB",
    "canadian dollars": "CAD",
    "denars": "MKD",
    "euro": "EUR",
    "euros": "EUR",
    "forint": "HUF",
    "krooni": "EEK",
    "kunas": "HRK",
    "lats": "LVL",
    "lek": "ALL",
    "leks": "ALL",
    "leva": "BGN",
    "liras": "TRY",
    "litai": "LTL",
    "new lei": "RON",
    "new shekels": "ILS",
    "pesos": "PHP",
    "pounds": "GBP",
    "shekels": "ILS",
    "won": "KRW",
    "yen": "JPY",
    "zlotys": "PLN",
}
SHARED_NAMES = {
    ("AUS", "dollars"): "AUD",
    ("CAN", "dollars"): "CAD",
    ("NZL", "dollars"): "NZD",
    ("TWN", "dollars"): "TWD",
    ("CZE", "koruny"): "CZK",
    ("SVK", "koruny"): "SKK",
    ("DNK", "kroner"): "DKK",
    ("NOR", "kroner"): "NOK",
    ("SWE", "kroner"): "SEK",
    ("SWE", "kronor"): "SEK",
}
# of the allies whose figures a table gives in two currencies, by the year ("Litai-Euros")
EURO_SINCE = {"EST": 2011, "LTU": 2015, "LVA": 2014, "SVK": 2009}


def currency_code(name: str, iso3: str, year: int) -> str:
    """Return the ISO 4217 code of a currency named in words, empty when it is not known.

    A name of two currencies joined by a hyphen stands for the first until the ally
    adopted the euro, and for the euro from that year.
    """
    first, _, second = name.strip().casefold().partition("-")
    if second and year >= EURO_SINCE.get(iso3, year + 1):
        first = second
    return SHARED_NAMES.get((iso3, first)) or CODES.get(first, "")


def unknown_currency(path: Path, iso3: str, name: str) -> Fault:
    """Return the fault of a currency whose name :func:`currency_code` does not know."""
    return Fault(
        str(path),
        f"currency of {iso3}",
        "every currency must be known, so that amounts in different ones are told apart",
        repr(name),
        "a name of sources/currencies.py",
        "add the name with its ISO 4217 code there",
    )
