import pandas as pd
from underbalance.clean.us_troops import us_troops_by_year


def by_year(*reports: tuple[str, int, int, int]):
    return us_troops_by_year(
        pd.DataFrame(reports, columns=["iso3", "year", "month", "active_duty"])
    )


def test_september_report_counts_also_when_a_later_one_exists():
    table, ledger = by_year(
        ("JPN", 2015, 12, 71567), ("JPN", 2015, 9, 51000), ("JPN", 2015, 3, 49000)
    )
    assert table.to_dict("records") == [{"iso3": "JPN", "year": 2015, "us_troops": 51000}]
    assert ledger.empty


def test_latest_other_report_stands_in_and_the_ledger_says_so():
    table, ledger = by_year(("JPN", 2014, 3, 1), ("JPN", 2014, 12, 3), ("JPN", 2014, 6, 2))
    assert table["us_troops"].tolist() == [3]
    (entry,) = ledger.to_dict("records")
    assert (entry["key"], entry["rule"], entry["new"]) == ("JPN 2014", "other_report_month", "3")
    assert "month 12" in entry["reason"]


def test_year_without_any_report_has_no_row_and_no_zero():
    table, _ = by_year(("JPN", 2014, 9, 1), ("JPN", 2016, 9, 0))
    assert table.to_dict("split")["data"] == [["JPN", 2014, 1], ["JPN", 2016, 0]]
