import pandas as pd
from underbalance.outcomes.adoption import adoption
from underbalance.schemas.outcomes import adoption as schema
from underbalance.tables import check_frame

SOURCES = pd.DataFrame({"table": ["system_orders"], "last_year": [2025]})
OLD = ["BEL", "DNK", "NLD", "NOR", "GRC", "TUR"]
ALLIANCE = pd.DataFrame(
    [
        *((iso3, "NATO", "1949-04-04", "") for iso3 in [*OLD, "ITA"]),
        ("POL", "NATO", "1999-03-12", ""),
        ("SVK", "NATO", "2004-03-29", ""),
        ("NZL", "ANZUS", "1951-09-01", "1986-08-12"),
        ("ISR", "MNNA", "1987-01-01", ""),
    ],
    columns=["iso3", "commitment", "start", "end"],
)
FIRST_YEARS = dict.fromkeys([*OLD, "ITA", "POL", "NZL", "ISR"], 1985) | {"SVK": 1993}
COUNTRY_YEARS = pd.DataFrame({"iso3": list(FIRST_YEARS), "year": list(FIRST_YEARS.values())})


def outcome(orders: dict, elsewhere: dict | None = None, adopters: int = 6):
    """Return the outcome for a family exported from 1975: old allies order it 1975 to 1985."""
    years = {iso3: 1975 + 2 * place for place, iso3 in enumerate(OLD[:adopters])} | orders
    table = pd.DataFrame({"iso3": list(years), "first_order_year": list(years.values())})
    table = table.assign(
        family="f_16",
        first_order_year=table["first_order_year"].astype("Int64"),
        first_order_year_uncertain=False,
        orders=1,
        first_any_supplier_year=table["iso3"].map(years | (elsewhere or {})).astype("Int64"),
        first_export_year=1975,
        first_export_uncertain=False,
        export_may_precede_file=False,
    )
    found, ledger = adoption(table, ALLIANCE, COUNTRY_YEARS, SOURCES)
    checked = check_frame(found, schema(), "adoption")
    return checked.set_index("iso3"), ledger


def test_years_run_from_the_first_export_to_the_first_order():
    table, _ = outcome({})
    assert table.loc["NLD", ["years_at_entry", "years_to_adoption", "adopted"]].tolist() == [
        0,
        4,
        True,
    ]


def test_ally_that_never_ordered_is_censored_at_the_end_of_the_register():
    table, _ = outcome({})
    assert table.loc["ITA", ["years_to_adoption", "adopted"]].tolist() == [50, False]


def test_order_of_the_first_export_year_defines_time_zero_and_is_marked():
    table, _ = outcome({})
    assert table.index[table["is_first"]].tolist() == ["BEL"]


def test_later_ally_enters_with_its_alliance():
    row = outcome({"POL": 2003})[0].loc["POL"]
    assert (row["year"], row["years_at_entry"], row["years_to_adoption"]) == (1999, 24, 28)
    assert (row["is_ally"], row["adopted"]) == (True, True)


def test_ally_that_ordered_before_it_was_one_is_in_the_ledger_instead():
    table, ledger = outcome({"SVK": 2000})
    assert "SVK" not in table.index
    assert ledger[["key", "rule"]].to_numpy().tolist() == [["SVK f_16", "adopted_before_at_risk"]]


def test_time_at_risk_ends_with_the_alliance():
    row = outcome({"NZL": 1990})[0].loc["NZL"]
    assert (row["at_risk_until"], row["adopted"], row["years_to_adoption"]) == (1986, False, 11)


def test_state_without_a_commitment_is_at_risk_but_no_ally():
    row = outcome({"ISR": 1978})[0].loc["ISR"]
    assert (row["is_ally"], row["years_to_adoption"]) == (False, 3)


def test_family_with_five_allied_adopters_does_not_count():
    assert outcome({}, adopters=5)[0].empty
    # neither a state without a commitment nor an order before the alliance makes the sixth
    assert outcome({"ISR": 1978, "SVK": 2000}, adopters=5)[0].empty


def test_system_bought_elsewhere_does_not_end_the_time_at_risk():
    table, _ = outcome({"ITA": 2003, "POL": None}, {"ITA": 2001, "POL": 2002})
    assert table.loc["ITA", ["third_party_year", "years_to_adoption"]].tolist() == [2001, 28]
    assert table.loc["POL", ["third_party_year", "adopted"]].tolist() == [2002, False]
    assert table["third_party_year"].notna().sum() == 2
