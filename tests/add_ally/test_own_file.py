"""A user's own file: what is read, what is repaired and said, and what is refused."""

from pathlib import Path

import pytest
from underbalance.extensions import EXTENSIONS_FOLDER as EXTENSIONS

CITED = ("--citation", "US Census Bureau. 2023. U.S. Trade in Goods by Country.")
TRADE = "iso3,year,imports_usd_m,exports_usd_m"


def rows(table: str) -> list[str]:
    return (EXTENSIONS / f"EGY/{table}.csv").read_text().splitlines()


def given(table: str, path, *options: str) -> tuple[str, ...]:
    return ("--from-csv", f"{table}={path}", *CITED, *options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_byte_order_mark_are_understood(egypt, own, delimiter, encoding):
    lines = [line.replace(",", delimiter) for line in (TRADE, "EGY,2001,1.5,2", "EGY,2002,3,4")]
    result = egypt(*given("us_trade", own(*lines, encoding=encoding)))
    assert result.exit_code == 0, result.output
    assert rows("us_trade") == [TRADE, "EGY,2001,1.5,2.0", "EGY,2002,3.0,4.0"]


def test_decimal_commas_are_read_as_decimals(egypt, own):
    path = own(TRADE.replace(",", ";"), "EGY;2001;1,5;0,25", "EGY;2002;1,234;12")
    assert egypt(*given("us_trade", path)).exit_code == 0
    assert rows("us_trade")[1:] == ["EGY,2001,1.5,0.25", "EGY,2002,1.234,12.0"]


def test_own_names_are_mapped_and_others_states_left_out(egypt, own):
    path = own("Land,Jahr,in,out,x", "Egypt,2001,1,2,a", "Libya,2001,3,4,b", "egy,2002,5,6,c")
    names = ("iso3=Land", "year=Jahr", "imports_usd_m=in", "exports_usd_m=out")
    result = egypt(*given("us_trade", path, *[p for n in names for p in ("--column", n)]))
    assert result.exit_code == 0, result.output
    assert "1 rows of other states are left out: Libya" in result.output
    assert "not used: x" in result.output
    assert rows("us_trade")[1:] == ["EGY,2001,1.0,2.0", "EGY,2002,5.0,6.0"]


def test_columns_of_series_become_rows(egypt, own):
    path = own("Year;Growth;Debt", "2001;3,5;70", "2002;;71,5", ";;")
    names = ("year=Year", "real_growth=Growth", "debt=Debt")
    options = [part for name in names for part in ("--column", name)]
    options += ["--value", "source=imf_weo", "--value", "status=observed"]
    result = egypt(*given("economy", path, *options))
    assert result.exit_code == 0, result.output
    assert rows("economy")[1:] == [
        "EGY,2001,real_growth,imf_weo,3.5,observed",
        "EGY,2001,debt,imf_weo,70.0,observed",
        "EGY,2002,debt,imf_weo,71.5,observed",
    ]


def test_columns_of_years_become_rows(egypt, own):
    path = own("series,2001,2002", "debt,70,71", "inflation,2.5,")
    options = ("--column", "value=years", "--value", "source=imf_weo", "--value", "status=observed")
    result = egypt(*given("economy", path, *options))
    assert result.exit_code == 0, result.output
    assert sorted(rows("economy")[1:]) == [
        "EGY,2001,debt,imf_weo,70.0,observed",
        "EGY,2001,inflation,imf_weo,2.5,observed",
        "EGY,2002,debt,imf_weo,71.0,observed",
    ]


def test_source_row_holds_the_citation_and_the_years_of_the_rows(egypt, own):
    egypt(*given("us_trade", own(TRADE, "EGY,2001,1,2", "EGY,2003,1,2")))
    (row,) = [line for line in rows("sources") if line.startswith("us_trade,")]
    assert "{US Census Bureau},2023,U.S. Trade in Goods by Country," in row
    assert ",2001,2003," in row


REFUSED = {
    "not UTF-8": (("iso3,year,imports_usd_m,exports_usd_m,é",), "latin-1", "not UTF-8"),
    "UTF-16": ((TRADE, "EGY,2001,1,2"), "utf-16", "not UTF-8"),
    "empty": ((), "utf-8", "an empty file"),
    "ragged": ((TRADE, "EGY,2001,1"), "utf-8", "as many cells"),
    "column twice": ((TRADE + ",year", "EGY,2001,1,2,2001"), "utf-8", "a name of its own"),
    "columns missing": (("iso3,imports_usd_m", "EGY,1"), "utf-8", "column exports_usd_m"),
    "no number": ((TRADE, "EGY,2001,much,2"), "utf-8", "line 2 (EGY 2001)"),
    "dots for missing": ((TRADE, "EGY,2001,..,2"), "utf-8", "leave it empty"),
    "thousands": (
        (TRADE.replace(",", ";"), "EGY;2001;1,234,567;2"),
        "utf-8",
        "must be a decimal comma",
    ),
    "doubtful comma": ((TRADE.replace(",", ";"), "EGY;2001;1,234;2"), "utf-8", "decimal comma"),
    "doubtful point": ((TRADE.replace(",", ";"), "EGY;2001;1.234;2"), "utf-8", "decimal point"),
    "key twice": ((TRADE, "EGY,2001,1,2", "EGY,2001,1,3"), "utf-8", "must be unique"),
    "impossible": ((TRADE, "EGY,2001,-1,2"), "utf-8", "must be at least 0"),
    "year not covered": ((TRADE, "EGY,1950,1,2"), "utf-8", "1985 to"),
    "other state only": ((TRADE, "LBY,2001,1,2"), "utf-8", "must have rows of the ally"),
    "serial date": ((TRADE, "EGY,36892,1,2"), "utf-8", "1985 to"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_wrong_file_is_told_and_nothing_is_written(egypt, own, case):
    lines, encoding, told = REFUSED[case]
    result = egypt(*given("us_trade", own(*lines, encoding=encoding)))
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert not EXTENSIONS.exists()


def test_missing_columns_are_told_all_at_once(egypt, own):
    result = egypt(*given("us_trade", own("a,b", "1,2")))
    for column in ("year", "imports_usd_m", "exports_usd_m"):
        assert f"column {column}" in result.output


def test_line_of_the_file_is_told_though_rows_before_it_were_left_out(egypt, own):
    path = own("# a comment", TRADE, "LBY,2001,1,2", "EGY,2001,1,2", "EGY,2002,x,2")
    assert "line 5 (EGY 2002)" in egypt(*given("us_trade", path)).output


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("yaer=Year", "did you mean `year`"),
        ("year=Yaer", "did you mean `Year`"),
    ],
)
def test_wrong_name_in_the_map_is_told_with_the_nearest(egypt, own, option, told):
    result = egypt(*given("us_trade", own("Year,b", "1,2"), "--column", option))
    assert result.exit_code == 1
    assert told in result.output


@pytest.mark.parametrize("citation", ["", "Census", "Census Bureau. Trade."])
def test_file_without_a_whole_citation_is_refused(egypt, own, citation):
    path = own(TRADE, "EGY,2001,1,2")
    result = egypt("--from-csv", f"us_trade={path}", "--citation", citation)
    assert result.exit_code == 1
    assert "Author. Year. Title." in result.output
    assert not EXTENSIONS.exists()


def test_fault_of_an_option_and_those_of_its_file_are_told_at_once(egypt, own):
    result = egypt("--from-csv", f"us_trade={own('a,b', '1,2')}")
    for told in ("--citation", "column year", "column imports_usd_m"):
        assert told in result.output
    assert not EXTENSIONS.exists()


def test_doubtful_numbers_are_told_of_every_column(egypt, own):
    path = own(TRADE.replace(",", ";"), "EGY;2001;1,234;5,678")
    result = egypt(*given("us_trade", path))
    for column in ("imports_usd_m", "exports_usd_m"):
        assert f"column {column}: the comma" in result.output


@pytest.mark.parametrize("called", ["EGYPT", " egypt", "Égypt", "egy", "651"])
def test_ally_is_known_by_code_name_and_number_whatever_its_letters(egypt, own, called):
    path = own(TRADE, f"{called},2001,1,2", "Ethiopia,2001,3,4")
    assert egypt(*given("us_trade", path)).exit_code == 0
    assert rows("us_trade")[1:] == ["EGY,2001,1.0,2.0"]


ARAB = '"Egypt, Arab Rep.",2001,1,2'


def test_ally_may_be_called_otherwise(egypt, own):
    path = own(TRADE, ARAB, "Ethiopia,2001,3,4")
    result = egypt(*given("us_trade", path, "--called", "egypt, arab rep."))
    assert result.exit_code == 0, result.output
    assert rows("us_trade")[1:] == ["EGY,2001,1.0,2.0"]


def test_without_a_row_of_the_ally_the_nearest_name_and_the_option_are_told(egypt, own):
    others = [f"State {number},2001,3,4" for number in range(20)]
    result = egypt(*given("us_trade", own(TRADE, *others, ARAB)))
    assert result.exit_code == 1
    assert '--called "Egypt, Arab Rep."' in result.output
    assert "found:   Egypt, Arab Rep., State" in result.output
    assert "(13 more)" in result.output


def test_name_that_the_file_does_not_have_is_refused(egypt, own):
    path = own(TRADE, "Egypt,2001,1,2", "UAR,2002,1,2")
    result = egypt(*given("us_trade", path, "--called", "U.A.R."))
    assert result.exit_code == 1
    assert "--called U.A.R.: the file must have rows of this name" in result.output


@pytest.mark.parametrize(("value", "noted"), [("0.0002", True), ("2000", False)])
def test_figures_of_another_magnitude_than_all_others_are_noted(egypt, own, value, noted):
    path = own(TRADE, f"EGY,2001,{value},{value}")
    result = egypt(*given("us_trade", path))
    assert result.exit_code == 0, result.output
    assert ("is it in the unit of the table (million US$)?" in result.output) == noted


def test_row_that_contradicts_a_shipped_one_is_refused(add, own):
    path = own(TRADE, "ISR,2001,1,2")
    tie = ("--since", "1987", "--alliance", "MNNA")
    result = add("ISR", *tie, *given("us_trade", path))
    assert result.exit_code == 1
    assert "must not contradict data/raw/" in result.output


def test_folder_needs_a_source_for_each_table(egypt, own):
    folder = own(TRADE, "EGY,2001,1,2", name="us_trade.csv").parent
    header = Path("config/sources.csv").read_text().splitlines()[0]
    (folder / "sources.csv").write_text(f"{header}\n")
    result = egypt("--from-folder", str(folder))
    assert "must have its source" in result.output
