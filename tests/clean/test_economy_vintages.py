import pandas as pd
from underbalance.clean.economy_vintages import expected_balances
from underbalance.registry import RAW_FOLDER
from underbalance.stages import read_facts

COLUMNS = ["vintage", "iso3", "year", "series", "value"]


def expected(*rows: tuple) -> list[dict]:
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"year": "Int64", "value": "float64"})
    found = expected_balances(table)
    return found.astype(object).where(found.notna(), None).to_dict("records")


def test_october_edition_gives_what_was_expected_of_its_year_and_of_the_next():
    assert expected(
        ("2022-10", "KOR", 2021, "fiscal_balance", -0.1),
        ("2022-10", "KOR", 2022, "fiscal_balance", -1.8),
        ("2022-10", "KOR", 2023, "fiscal_balance", 0.1),
    ) == [
        {"iso3": "KOR", "year": 2022, "expected_balance": -1.8, "expected_balance_next": 0.1},
    ]


def test_april_editions_later_editions_and_other_series_do_not_count():
    assert expected(
        ("2022-04", "KOR", 2022, "fiscal_balance", -2.0),
        ("2022-10", "KOR", 2022, "fiscal_balance", -1.8),
        ("2022-10", "KOR", 2022, "debt", 54.0),
        ("2023-04", "KOR", 2022, "fiscal_balance", -1.6),
    ) == [
        {"iso3": "KOR", "year": 2022, "expected_balance": -1.8, "expected_balance_next": None},
    ]


def test_year_without_an_october_edition_has_no_row():
    assert expected(("2022-04", "KOR", 2022, "fiscal_balance", -2.0)) == []


def test_every_ally_has_an_expectation_from_2021_to_2025():
    facts = read_facts([str(RAW_FOLDER / "economy_vintages.csv")])
    table = expected_balances(facts["economy_vintages"])
    assert sorted(table["year"].unique()) == [2021, 2022, 2023, 2024, 2025]
    assert table.groupby("year").size().unique().tolist() == [39]
    japan = table[table["iso3"] == "JPN"].set_index("year")
    # World Economic Outlook of October 2021 and 2024, general government net lending/borrowing
    assert japan.loc[2021, ["expected_balance", "expected_balance_next"]].round(1).tolist() == [
        -9.0,
        -3.9,
    ]
    assert japan.loc[2024, "expected_balance"].round(1) == -6.1
