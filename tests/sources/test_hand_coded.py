import pandas as pd
import pytest
from underbalance.errors import FaultsError
from underbalance.registry import RAW_FOLDER
from underbalance.schemas.facts import FACTS
from underbalance.sources.hand_coded import (
    parse_legal_constraints,
    parse_missile_defence_events,
    parse_seed_claims,
)
from underbalance.tables import check_frame, read_table

LEGAL = "iso3,item,value,start,end,basis,source,confidence,note"
EVENTS = (
    "iso3,date,date_precision,programme,stage,direction,partner,head_of_government,obstacle,"
    "obstacle_basis,summary,source,in_seed,confidence"
)
CLAIMS = (
    "claim_id,iso3,period_start,period_end,obstacle,strength,predicted_type,"
    "observed_type_in_seed,claim,seed_section"
)


def shipped(table: str) -> pd.DataFrame:
    return read_table(RAW_FOLDER / f"{table}.csv", FACTS[table]())


def test_both_codings_are_stacked_and_keep_what_they_rest_on(original, allies):
    folder = original(
        "legal_constraints_a.csv",
        LEGAL,
        'JPN,fiscal_rule,1,1990-01-01,2025-12-31,"Public Finance Act, Art. 4",Act 34,low,Waived.',
    )
    original(
        "legal_constraints_b.csv",
        LEGAL,
        "ALB,fiscal_rule,NA,1990-01-01,2025-12-31,Not found,No text,low,",
        "JPN,fiscal_rule,0,1990-01-01,2025-12-31,Art. 4,e-Gov,low,",
    )
    table = parse_legal_constraints(folder, allies)
    kept = ["iso3", "coder", "value", "basis", "source", "confidence", "note"]
    assert table["value"].isna().tolist() == [True, False, False]
    assert table[kept].fillna({"value": -1}).to_dict("split")["data"] == [
        ["ALB", "b", -1, "Not found", "No text", "low", ""],
        ["JPN", "a", 1, "Public Finance Act, Art. 4", "Act 34", "low", "Waived."],
        ["JPN", "b", 0, "Art. 4", "e-Gov", "low", ""],
    ]


def test_misspelt_ally_is_kept_to_be_told(original, allies):
    for coder in "ab":
        row = "JPX,fiscal_rule,1,1990-01-01,2025-12-31,x,y,low,"
        folder = original(f"legal_constraints_{coder}.csv", LEGAL, row)
    table = parse_legal_constraints(folder, allies)
    with pytest.raises(FaultsError, match="JPX"):
        check_frame(table, FACTS["legal_constraints"](), "legal_constraints")


def test_value_that_is_no_code_is_told_in_the_file_of_its_coder(original, allies):
    original("legal_constraints_a.csv", LEGAL, "JPN,fiscal_rule,one,1990-01-01,2025-12-31,x,y,low,")
    folder = original("legal_constraints_b.csv", LEGAL)
    with pytest.raises(FaultsError) as error:
        parse_legal_constraints(folder, allies)
    (fault,) = error.value.faults
    assert fault.file.endswith("legal_constraints_a.csv")
    assert fault.where.startswith("line 2")
    assert fault.value == "'one'"


def test_events_of_all_regions_are_stacked_in_the_order_of_dates(original, allies):
    asia = "JPN,2003-12-19,day,PAC-3,decision,1,USA,NA,none,NA; note,Cabinet decides.,s,yes,high"
    europe = "DEU,2005,year,MEADS,budget,-1,USA,X,political+economic,NA,Freeze.,s,no,low"
    folder = original("missile_defence_events_asia.csv", EVENTS, asia)
    original("missile_defence_events_europe.csv", EVENTS, europe)
    table = parse_missile_defence_events(folder, allies)
    check_frame(table, FACTS["missile_defence_events"](), "missile_defence_events")
    kept = ["iso3", "date", "direction", "head_of_government", "obstacle_basis", "in_seed"]
    assert table[kept].to_dict("split")["data"] == [
        ["DEU", "2005", -1, "X", "", False],
        ["JPN", "2003-12-19", 1, "", "NA; note", True],
    ]


def test_claims_keep_their_words_and_an_unobserved_type_is_empty(original, allies):
    row = 'KOR09,KOR,1998-02-25,2012-06-30,legal,none,effective,NA,"None, the seed says.",Here'
    table = parse_seed_claims(original("seed_claims.csv", CLAIMS, row), allies)
    check_frame(table, FACTS["seed_claims"](), "seed_claims")
    assert table[["claim", "observed_type_in_seed"]].to_dict("split")["data"] == [
        ["None, the seed says.", ""]
    ]


@pytest.mark.parametrize(
    "parse", [parse_legal_constraints, parse_missile_defence_events, parse_seed_claims]
)
def test_missing_folder_says_where_it_must_be(parse, tmp_path, allies):
    with pytest.raises(FaultsError) as error:
        parse(tmp_path / "coding", allies)
    (fault,) = error.value.faults
    assert "inside the sources folder or beside it" in fault.rule
    assert "data/raw" in fault.mend


@pytest.mark.parametrize(
    ("parse", "file"),
    [
        (parse_legal_constraints, "legal_constraints_a.csv"),
        (parse_missile_defence_events, "missile_defence_events_*.csv"),
        (parse_seed_claims, "seed_claims.csv"),
    ],
)
def test_missing_file_is_named(parse, file, tmp_path, allies):
    with pytest.raises(FaultsError) as error:
        parse(tmp_path, allies)
    assert [fault.where for fault in error.value.faults] == [f"file {file}"]


# --- facts that public record states -------------------------------------------------------


@pytest.mark.parametrize(
    ("iso3", "item", "starts"),
    [
        # Peace and Security Legislation in force (Ministry of Defense, Defense of Japan 2016)
        ("JPN", "force_limits", ["1990-01-01", "2016-03-29"]),
        # Three Principles on Transfer of Defense Equipment, Cabinet Decision of 1 April 2014
        ("JPN", "arms_transfer_limits", ["1990-01-01", "2014-04-01"]),
        # Federal Constitutional Court, judgment of 12 July 1994, BVerfGE 90, 286
        ("DEU", "deployment_veto", ["1990-01-01", "1994-07-12"]),
        # Constitution of Spain, Art. 135 as reformed on 27 September 2011 (BOE)
        ("ESP", "fiscal_rule", ["1990-01-01", "1994-01-01", "2011-09-27"]),
    ],
)
def test_known_dates_of_law_stand_in_both_codings(iso3, item, starts):
    rows = shipped("legal_constraints")
    own = rows[(rows["iso3"] == iso3) & (rows["item"] == item)]
    assert own.groupby("coder")["start"].agg(list).tolist() == [starts, starts]


def test_japans_decision_of_december_2003_is_an_event_of_the_seed():
    """Chief Cabinet Secretary, statement of 19 December 2003 (Kantei)."""
    events = shipped("missile_defence_events")
    own = events[(events["iso3"] == "JPN") & (events["date"] == "2003-12-19")]
    assert own[["stage", "direction", "in_seed"]].to_dict("split")["data"] == [
        ["decision", 1, True]
    ]
