import pandas as pd
import pytest
from underbalance.clean.economy import choose_economy, with_growth_3y

COLUMNS = ["iso3", "year", "series", "source", "value", "status"]


def choose(*rows: tuple):
    return choose_economy(pd.DataFrame(rows, columns=COLUMNS))


def test_imf_value_wins_and_nothing_is_noted():
    table, ledger = choose(
        ("KOR", 1995, "debt", "imf_weo", 8.7, "observed"),
        ("KOR", 1995, "debt", "wb_fiscal_space", 9.9, "observed"),
    )
    assert table.to_dict("records") == [{"iso3": "KOR", "year": 1995, "debt": 8.7}]
    assert ledger.empty


def test_world_bank_fills_a_cell_the_imf_lacks_and_the_ledger_says_so():
    table, ledger = choose(
        ("KOR", 1990, "fiscal_balance", "wb_fiscal_space", -0.5, "observed"),
        ("KOR", 1990, "debt", "imf_weo", 13.0, "observed"),
    )
    assert table[["fiscal_balance", "debt"]].iloc[0].tolist() == [-0.5, 13.0]
    (entry,) = ledger.to_dict("records")
    assert (entry["table"], entry["key"], entry["rule"], entry["old"], entry["new"]) == (
        "economy",
        "KOR 1990 fiscal_balance",
        "filled_from_second_source",
        "",
        "-0.5",
    )


def test_estimate_is_not_used_but_kept_in_the_ledger():
    table, ledger = choose(
        ("JPN", 2024, "debt", "imf_weo", 236.7, "estimate"),
        ("JPN", 2023, "debt", "imf_weo", 240.5, "observed"),
    )
    assert table["year"].tolist() == [2023]
    assert ledger[["key", "rule", "old", "new"]].to_dict("split")["data"] == [
        ["JPN 2024 debt", "estimate_not_used", "236.7", ""]
    ]


def test_observed_world_bank_value_wins_over_an_imf_estimate():
    table, ledger = choose(
        ("TUR", 1999, "debt", "imf_weo", 1.0, "estimate"),
        ("TUR", 1999, "debt", "wb_fiscal_space", 2.0, "observed"),
    )
    assert table["debt"].tolist() == [2.0]
    assert sorted(ledger["rule"]) == ["estimate_not_used", "filled_from_second_source"]


def growth(*rows: tuple[str, int, float]) -> dict:
    table = with_growth_3y(pd.DataFrame(rows, columns=["iso3", "year", "real_growth"]))
    return dict(
        zip(
            zip(table["iso3"], table["year"], strict=True),
            table["growth_3y"].round(9).fillna("missing"),
            strict=True,
        )
    )


def test_growth_is_the_mean_of_the_year_and_the_two_before():
    found = growth(("A", 2000, 1.0), ("A", 2001, 2.0), ("A", 2002, 6.0), ("A", 2003, 10.0))
    assert found == {
        ("A", 2000): "missing",
        ("A", 2001): "missing",
        ("A", 2002): 3.0,
        ("A", 2003): 6.0,
    }


@pytest.mark.parametrize("gap", [(), (("A", 2001, float("nan")),)], ids=["no row", "empty"])
def test_growth_is_missing_when_a_year_of_the_three_is(gap):
    found = growth(("A", 1999, 1.0), ("A", 2000, 1.0), *gap, ("A", 2002, 6.0), ("A", 2003, 9.0))
    assert found["A", 2002] == found["A", 2003] == "missing"


def test_growth_of_one_ally_does_not_run_into_the_next():
    found = growth(("A", 2000, 1.0), ("A", 2001, 1.0), ("B", 2002, 1.0))
    assert found["B", 2002] == "missing"
