import pandas as pd
import pytest
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts.ties import agreements
from underbalance.sources.dcad import COLUMNS, parse
from underbalance.tables import check_frame, read_table

USUAL = {
    "DCAid": "DCADv1.0-0001",
    "ccode1": 2,
    "ccode2": 740,
    "signDay": 8,
    "signMonth": 11,
    "signYear": 1993,
    "EIFDay": "",
    "EIFMonth": "",
    "EIFYear": "",
    "type": "general",
    "category1": "DCA",
    "category2": "",
    "category3": "",
    "terminated": 0,
    "asymmetry": 1,
    "fullText": "Y",
    "sourceType": "treaty",
}


@pytest.fixture
def parsed(original, allies):
    def parse_agreements(*changes: dict):
        lines = [",".join(str(v) for v in (USUAL | change).values()) for change in changes]
        table = parse(original("DCAD-v1.0-main.csv", ",".join(USUAL), *lines), allies)
        check_frame(table, agreements(), "agreements")
        return table

    return parse_agreements


def test_the_made_up_original_has_the_columns_the_parser_needs():
    assert list(USUAL) == COLUMNS


def test_agreement_of_two_listed_allies_has_a_row_for_each(parsed):
    table = parsed({"ccode1": 732, "ccode2": 740})
    assert table[["iso3", "partner_cow", "with_usa"]].to_dict("split")["data"] == [
        ["JPN", 732, False],
        ["KOR", 740, False],
    ]


def test_agreement_with_the_usa_has_one_row_whichever_side_comes_first(parsed):
    table = parsed({}, {"DCAid": "DCADv1.0-0002", "ccode1": 740, "ccode2": 2})
    assert table["iso3"].tolist() == ["JPN", "JPN"]
    assert table["with_usa"].tolist() == [True, True]


def test_agreements_between_others_and_of_other_years_are_left_out(parsed):
    assert parsed({"ccode1": 365, "ccode2": 710}, {"signYear": 1984}).empty


@pytest.mark.parametrize(("code", "found"), [(260, ["DEU"]), (255, ["DEU"]), (265, []), (345, [])])
def test_both_codes_of_germany_count_and_unlisted_predecessors_do_not(parsed, code, found):
    assert parsed({"ccode2": code})["iso3"].tolist() == found


def test_dates_are_as_precise_as_known(parsed):
    (row,) = parsed({"signDay": "", "EIFMonth": "", "EIFYear": 1995}).to_dict("records")
    assert (row["signed"], row["entered_into_force"]) == ("1993-11", "1995")


def test_unknown_entry_into_force_is_empty(parsed):
    assert parsed({})["entered_into_force"].tolist() == [""]


def test_entry_into_force_before_the_signature_is_kept_as_the_source_has_it(parsed):
    table = parsed({"EIFDay": 2, "EIFMonth": 6, "EIFYear": 1993})
    assert table["entered_into_force"].tolist() == ["1993-06-02"]


@pytest.mark.parametrize("missing", [-88, -99])
def test_negative_codes_are_missing(parsed, missing):
    table = parsed({"terminated": missing, "asymmetry": missing})
    assert table[["terminated", "asymmetry"]].isna().all(None)


@pytest.mark.parametrize(
    ("code", "seen"), [("Y", True), ("NE", True), ("TE", True), ("N", False), ("", False)]
)
def test_text_in_any_language_counts_as_seen(parsed, code, seen):
    assert parsed({"fullText": code})["text_seen"].tolist() == [seen]


def test_news_reports_are_no_treaty_source(parsed):
    assert parsed({"sourceType": "factiva"})["source_is_treaty"].tolist() == [False]


@pytest.mark.parametrize(
    ("iso3", "signed", "in_force"),
    [
        # Australian Treaty Series [2013] ATS 17: defence trade cooperation treaty
        ("AUS", "2007-09-05", "2013-05-16"),
        # Treaties and Other International Acts Series 06-612: defence cooperation agreement
        ("BGR", "2006-04-28", "2006-06-12"),
    ],
)
def test_shipped_agreements_have_the_dates_of_the_treaty_series(iso3, signed, in_force):
    table = read_table(RAW_FOLDER / "agreements.csv", agreements())
    row = table[(table["iso3"] == iso3) & table["with_usa"] & (table["signed"] == signed)]
    assert row["entered_into_force"].tolist() == [in_force]


def test_whether_entry_into_force_is_known_depends_on_the_source():
    """Why an unknown date is not taken for an agreement that still waits."""
    table = read_table(RAW_FOLDER / "agreements.csv", agreements())
    known = (table["entered_into_force"] != "").groupby(table["source_is_treaty"]).mean()
    assert known[False] < 0.02
    assert known[True] > 0.6
    seen: pd.Series = table.loc[table["text_seen"], "entered_into_force"] != ""
    assert seen.mean() > 0.9
