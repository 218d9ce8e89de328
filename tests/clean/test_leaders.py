from pathlib import Path

import pandas as pd
import pytest
from underbalance.clean.leader_names import same_person, same_whole_name
from underbalance.clean.leaders import COLUMNS, covered_until, merge_spells
from underbalance.coding.turnover import turnover_3y
from underbalance.registry import read_allies
from underbalance.sources import leaders as leader_sources

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared" / "sources"
needs_sources = pytest.mark.skipif(
    not all((SOURCES / name).is_dir() for name in ("whogov", "reign", "archigos")),
    reason=f"the original releases are not in {SOURCES}",
)


def whogov(leader, start, end, first, last=None, party="p"):
    return ("whogov", leader, start, end, party, first, last or first)


def archigos(leader, start, end):
    return ("archigos", leader, start, end, "", None, None)


def reign(leader, start, end):
    return ("reign", leader, start, end, "", None, None)


def facts(*rows, iso3="JPN"):
    columns = ["source", "leader", "start", "end", "party", "first_snapshot", "last_snapshot"]
    table = pd.DataFrame(rows, columns=columns).astype(
        {"first_snapshot": "Int64", "last_snapshot": "Int64"}
    )
    table.insert(0, "iso3", iso3)
    return table.assign(in_office=table["end"] == "")


def merge(*rows, independent_since=""):
    """Merge the rows of one ally; return the spells and the ledger."""
    allies = pd.DataFrame({"iso3": ["JPN"], "independent_since": [independent_since]})
    return merge_spells(facts(*rows), allies)


def line(spells):
    return list(spells[["leader", "start", "end"]].itertuples(index=False, name=None))


def rules(ledger):
    return ledger["rule"].tolist()


# --- the base line -----------------------------------------------------------------------


def test_start_that_drifts_from_snapshot_to_snapshot_is_one_term_from_the_earliest_start():
    spells, ledger = merge(
        whogov("Moon", "2017-05-10", "2022-05-09", 2017),
        whogov("Moon", "2017-05-11", "2022-05-09", 2018),
        whogov("Moon", "2017-05-12", "2022-05-09", 2019, 2021),
    )
    assert line(spells) == [("Moon", "2017-05-10", "2022-05-09")]
    assert rules(ledger) == ["drifting_dates_joined", "drifting_dates_joined"]


def test_terms_with_a_gap_between_stay_two_even_in_adjoining_snapshots():
    spells, ledger = merge(
        whogov("Anan", "1991-03-07", "1992-04-04", 1991),
        whogov("Anan", "1992-04-20", "1992-09-23", 1992),
    )
    assert line(spells) == [
        ("Anan", "1991-03-07", "1992-04-04"),
        ("Anan", "1992-04-20", "1992-09-23"),
    ]
    assert ledger.empty


def test_spell_that_runs_into_the_next_is_ended_at_the_successor():
    spells, ledger = merge(
        whogov("Babis", "2017-12-06", "2021-12-17", 2018, 2021),
        whogov("Fiala", "2021-11-28", "", 2022),
    )
    assert line(spells)[0] == ("Babis", "2017-12-06", "2021-11-28")
    assert ledger[["key", "rule", "old", "new"]].to_numpy().tolist() == [
        ["JPN Babis 2017-12-06", "ended_at_successor", "2021-12-17", "2021-11-28"]
    ]


def test_open_spell_before_another_is_ended_at_the_successor():
    spells, _ = merge(whogov("A", "2009-07-12", "", 2010), whogov("B", "2019-07-12", "", 2020))
    assert line(spells)[0] == ("A", "2009-07-12", "2019-07-12")
    assert spells["in_office"].tolist() == [False, True]


def test_nobody_is_invented_after_the_last_known_end():
    spells, ledger = merge(whogov("Prayut", "2014-05-22", "2023-08-22", 2015, 2023))
    assert line(spells) == [("Prayut", "2014-05-22", "2023-08-22")]
    assert ledger.empty


def test_columns_and_types_are_those_declared():
    spells, _ = merge(whogov("Kishida", "2021-10-04", "", 2022, party="ldp"))
    assert {c: str(t) for c, t in spells.dtypes.items()} == COLUMNS
    row = spells.iloc[0]
    assert (row["spell"], row["party"], row["sources"], row["status"]) == (
        1,
        "ldp",
        "whogov",
        "observed",
    )
    assert row["in_office"]
    assert pd.isna(row["days"])


def test_missing_cells_as_read_from_csv_give_the_same_as_empty_text():
    rows = [whogov("A", "2010-01-01", "2012-01-01", 2010), whogov("B", "2012-01-01", "", 2012)]
    allies = pd.DataFrame({"iso3": ["JPN"], "independent_since": [""]})
    table = facts(*rows)
    as_read = table.assign(end=table["end"].replace("", None))
    pd.testing.assert_frame_equal(merge_spells(as_read, allies)[0], merge_spells(table, allies)[0])


# --- which date holds --------------------------------------------------------------------


def test_date_that_most_sources_give_replaces_whogovs():
    spells, ledger = merge(
        whogov("Nastase", "2000-12-28", "2004-12-21", 2001, 2004),
        whogov("Basescu", "2004-12-20", "2007-04-20", 2005, 2006),
        archigos("Basescu", "2004-12-29", "2007-04-20"),
        reign("Basescu", "2004-12-29", "2007-04"),
    )
    assert line(spells)[1] == ("Basescu", "2004-12-29", "2007-04-20")
    entry = ledger.iloc[0]
    assert (entry["rule"], entry["old"], entry["new"]) == (
        "start_reconciled",
        "2004-12-20",
        "2004-12-29",
    )
    assert "archigos+reign 2004-12-29" in entry["reason"]
    assert "whogov 2004-12-20" in entry["reason"]


@pytest.mark.parametrize(
    ("by_whogov", "by_archigos", "by_reign", "holds"),
    [
        ("2001-12-31", "2001-06-28", "2001-06", "2001-06-28"),
        ("2001-06-28", "2001-07-05", "2001-06", "2001-06-28"),
        ("2001-07-05", "2001-07-05", "2001-06", "2001-07-05"),
    ],
)
def test_two_sources_outvote_the_third_whichever_it_is(by_whogov, by_archigos, by_reign, holds):
    spells, _ = merge(
        whogov("A", "1999-10-03", by_whogov, 2000),
        archigos("A", "1999-10-03", by_archigos),
        reign("A", "1999-10-03", by_reign),
    )
    assert line(spells) == [("A", "1999-10-03", holds)]


def test_dates_that_would_end_a_spell_before_it_starts_are_left_as_whogov_has_them():
    spells, ledger = merge(
        whogov("A", "2014-01-01", "2014-12-01", 2015),
        archigos("A", "2014-12-10", ""),
        archigos("Shows until when the source sees", "2015-12-01", ""),
    )
    assert line(spells) == [("A", "2014-01-01", "2014-12-01")]
    assert ledger.empty


def test_tie_goes_to_the_date_that_meets_the_neighbour():
    spells, _ = merge(
        whogov("Stubb", "2014-06-24", "2015-06-29", 2014),
        whogov("Sipila", "2015-05-29", "2019-06-06", 2015, 2018),
        reign("Stubb", "2014-06-24", "2015-05"),
        reign("Sipila", "2015-05-29", "2019-06"),
    )
    assert line(spells) == [
        ("Stubb", "2014-06-24", "2015-05-29"),
        ("Sipila", "2015-05-29", "2019-06-06"),
    ]


@pytest.mark.parametrize(("other", "start"), [(archigos, "2000-02-01"), (reign, "2000-02-11")])
def test_tie_that_no_neighbour_breaks_goes_to_archigos_then_whogov_then_reign(other, start):
    spells, _ = merge(
        whogov("Racan", "2000-02-11", "2003-12-23", 2000, 2003),
        other("Racan", "2000-02-01", "2003-12-23"),
    )
    assert line(spells)[0] == ("Racan", start, "2003-12-23")


def test_tie_goes_to_the_date_at_which_only_the_other_source_has_an_acting_successor():
    spells, _ = merge(
        whogov("Park Geun-Hye", "2013-02-25", "2017-03-10", 2013, 2016),
        whogov("Moon Jae-In", "2017-05-10", "2022-05-09", 2017, 2021),
        reign("Park Geun Hye", "2013-02-25", "2016-12"),
        reign("Hwang Kyo Ahn", "2016-12-09", "2017-05"),
        reign("Moon Jae-in", "2017-05-10", ""),
    )
    assert line(spells) == [
        ("Park Geun-Hye", "2013-02-25", "2016-12-09"),
        ("Hwang Kyo Ahn", "2016-12-09", "2017-05-10"),
        ("Moon Jae-In", "2017-05-10", "2022-05-09"),
    ]


def test_month_without_day_supports_every_day_in_it():
    spells, ledger = merge(
        whogov("Dini", "1995-01-17", "1996-05-18", 1995), reign("Dini", "1995-01-17", "1996-05")
    )
    assert line(spells) == [("Dini", "1995-01-17", "1996-05-18")]
    assert ledger.empty


def test_row_that_copied_its_predecessors_dates_is_known_by_the_july_in_which_it_was_seen():
    spells, _ = merge(
        whogov("Leterme", "2008-03-20", "2008-12-30", 2008),
        whogov("Van Rompuy", "2008-03-20", "2008-12-30", 2009),
        whogov("Di Rupo", "2009-11-25", "2014-10-11", 2010, 2014),
        archigos("Leterme", "2008-03-20", "2008-12-30"),
        archigos("van Rompuy", "2008-12-30", "2009-11-25"),
        reign("Leterme", "2008-03-20", "2008-12"),
        reign("van Rompuy", "2008-12-30", "2009-11"),
    )
    assert line(spells)[:2] == [
        ("Leterme", "2008-03-20", "2008-12-30"),
        ("Van Rompuy", "2008-12-30", "2009-11-25"),
    ]
    assert spells["sources"].tolist()[1] == "archigos+reign+whogov"


def test_last_leader_in_office_is_not_ended_by_an_older_source():
    spells, _ = merge(
        whogov("Erdogan", "2003-03-14", "", 2003, 2023), reign("Erdogan", "2003-03-14", "2014-08")
    )
    assert line(spells) == [("Erdogan", "2003-03-14", "")]


# --- gaps --------------------------------------------------------------------------------

MIYAZAWA = whogov("Kiichi Miyazawa", "1991-11-06", "1993-08-09", 1992, 1993, party="ldp")
MURAYAMA = whogov("Tomiichi Murayama", "1994-06-29", "1996-01-11", 1994, 1995)


def test_gap_is_filled_from_archigos_and_what_is_left_from_reign():
    spells, ledger = merge(
        MIYAZAWA,
        MURAYAMA,
        archigos("Hosokawa", "1993-08-09", "1994-04-20"),
        reign("Hosokawa", "1993-08-12", "1994-04"),
        reign("Hata", "1994-04-25", "1994-06"),
        reign("Murayama", "1994-06-29", "1996-01"),
    )
    assert line(spells)[1:3] == [
        ("Hosokawa", "1993-08-09", "1994-04-20"),
        ("Hata", "1994-04-25", "1994-06-29"),
    ]
    assert spells["sources"].tolist()[1:3] == ["archigos+reign", "reign"]
    assert rules(ledger) == ["gap_filled", "gap_filled"]


def test_spell_that_reaches_a_little_beyond_the_gap_is_clipped():
    spells, _ = merge(MIYAZAWA, MURAYAMA, archigos("Hosokawa", "1993-08-01", "1994-07-10"))
    assert line(spells)[1] == ("Hosokawa", "1993-08-09", "1994-06-29")


def test_president_who_holds_another_office_does_not_fill_the_gap():
    spells, ledger = merge(MIYAZAWA, MURAYAMA, archigos("Sampaio", "1990-03-09", "2000-03-09"))
    assert spells["status"].tolist() == ["observed", "unobserved", "observed"]
    assert set(rules(ledger)) == {"filler_refused", "unobserved_holder"}


@pytest.mark.parametrize(
    ("end", "rule"), [("1994-08-13", "gap_filled"), ("1994-08-14", "filler_refused")]
)
def test_spell_that_reaches_more_than_45_days_beyond_the_gap_is_another_office(end, rule):
    _, ledger = merge(MIYAZAWA, MURAYAMA, archigos("Hosokawa", "1993-08-09", end))
    assert rule in rules(ledger)


def test_office_is_told_by_every_source_that_names_the_holder():
    _, ledger = merge(
        MIYAZAWA,
        MURAYAMA,
        archigos("Mesic", "1993-08-09", "2010-02-18"),
        reign("Mesic", "1993-08-09", "1994-06"),
    )
    assert rules(ledger) == ["filler_refused", "filler_refused", "unobserved_holder"]


def test_spell_that_lies_mostly_outside_the_gap_is_refused():
    _, ledger = merge(MIYAZAWA, MURAYAMA, archigos("Brief", "1994-06-15", "1994-07-25"))
    assert "filler_refused" in rules(ledger)


def test_gap_that_no_source_fills_gets_an_unnamed_holder():
    spells, ledger = merge(
        whogov("Boris Johnson", "2019-07-24", "2022-09-05", 2020, 2022),
        whogov("Rishi Sunak", "2022-10-25", "", 2023),
    )
    unnamed = spells.iloc[1]
    assert line(spells)[1] == ("", "2022-09-05", "2022-10-25")
    assert (unnamed["status"], unnamed["sources"], unnamed["days"]) == ("unobserved", "", 50)
    assert not unnamed["interim"]
    assert rules(ledger) == ["unobserved_holder"]


@pytest.mark.parametrize(("next_start", "spells_made"), [("1993-09-08", 2), ("1993-09-09", 3)])
def test_thirty_days_without_a_holder_are_a_vacancy_and_more_are_not(next_start, spells_made):
    spells, _ = merge(MIYAZAWA, whogov("Next", next_start, "1996-01-11", 1994, 1995))
    assert len(spells) == spells_made


def test_days_on_either_side_of_a_filler_are_judged_as_gaps_of_their_own():
    spells, _ = merge(MIYAZAWA, MURAYAMA, archigos("Hosokawa", "1993-08-09", "1994-04-25"))
    assert spells["leader"].tolist() == ["Kiichi Miyazawa", "Hosokawa", "", "Tomiichi Murayama"]


def test_spell_of_less_than_thirty_days_is_kept_as_interim():
    spells, _ = merge(
        whogov("Obuchi", "1998-07-30", "2000-04-02", 1999),
        whogov("Mori", "2000-05-02", "2001-04-26", 2000),
        archigos("Acting for 29 days", "2000-04-02", "2000-05-01"),
    )
    assert spells[["days", "interim"]].to_numpy().tolist() == [
        [612, False],
        [29, True],
        [359, False],
    ]


@pytest.mark.parametrize(
    ("back_on", "last", "interim"),
    [("2012-10-08", "Basescu", True), ("2012-10-09", "Basescu", False), ("2012-08-28", "X", False)],
)
def test_up_to_ninety_days_before_the_same_leader_returns_are_interim(back_on, last, interim):
    spells, _ = merge(
        whogov("Basescu", "2007-05-23", "2012-07-10", 2008),
        whogov(last, back_on, "2014-12-21", 2013),
        archigos("Antonescu", "2012-07-10", back_on),
    )
    assert spells["leader"].tolist() == ["Basescu", "Antonescu", last]
    assert spells["interim"].tolist() == [False, interim, False]


def test_return_after_a_vacancy_is_no_interlude():
    spells, _ = merge(
        whogov("Anan", "1991-03-07", "1992-04-05", 1991),
        whogov("Anan", "1992-06-10", "1992-09-23", 1992),
        archigos("Kraprayoon", "1992-04-05", "1992-05-24"),
    )
    assert spells["interim"].tolist() == [False, False, False]


def test_filler_is_named_as_whogov_names_the_same_person_elsewhere():
    spells, _ = merge(
        whogov("Shimon Peres", "1984-09-14", "1986-10-20", 1985, 1986, party="labor"),
        whogov("Yitzhak Rabin", "1992-07-12", "1995-11-04", 1993, 1995),
        whogov("Netanyahu", "1996-06-18", "1999-07-06", 1996, 1998),
        archigos("Peres", "1984-09-14", "1986-10-20"),
        archigos("Peres", "1995-11-04", "1996-06-18"),
    )
    assert ("Shimon Peres", "1995-11-04", "1996-06-18") in line(spells)


def test_source_names_a_holder_only_for_the_term_that_it_has():
    spells, _ = merge(
        whogov("Shinzo Abe", "2006-09-26", "2007-09-26", 2007),
        whogov("Shinzo Abe", "2012-12-26", "2020-09-16", 2013, 2020),
        archigos("Shinzo Abe", "2006-09-26", "2007-09-26"),
    )
    observed = spells[spells["status"] == "observed"]
    assert observed["sources"].tolist() == ["archigos+whogov", "whogov"]


def test_neighbour_whom_a_source_has_in_the_gap_is_lengthened_instead_of_doubled():
    spells, ledger = merge(MIYAZAWA, MURAYAMA, archigos("Miyazawa", "1993-08-09", "1994-06-29"))
    assert line(spells) == [
        ("Kiichi Miyazawa", "1991-11-06", "1994-06-29"),
        ("Tomiichi Murayama", "1994-06-29", "1996-01-11"),
    ]
    assert rules(ledger) == ["lengthened_into_gap"]


def test_fillers_of_one_source_that_overlap_follow_each_other():
    spells, _ = merge(
        MIYAZAWA,
        MURAYAMA,
        archigos("Hosokawa", "1993-08-09", "1994-05-10"),
        archigos("Hata", "1994-04-25", "1994-06-29"),
    )
    assert line(spells)[1:3] == [
        ("Hosokawa", "1993-08-09", "1994-05-10"),
        ("Hata", "1994-05-10", "1994-06-29"),
    ]


# --- coverage ----------------------------------------------------------------------------


def test_only_spells_that_reach_1983_are_kept():
    spells, _ = merge(
        whogov("Before", "1980-07-17", "1982-12-31", 1981, 1982),
        whogov("Reaching 1983", "1982-12-31", "1983-01-01", 1983),
    )
    assert spells["leader"].tolist() == ["Reaching 1983"]


def test_new_state_starts_with_who_governed_at_independence_with_the_real_start():
    spells, _ = merge(
        whogov("Federal", "1989-01-01", "1990-05-30", 1989, 1990),
        whogov("Tudjman", "1990-05-30", "1999-11-26", 1991, 1999),
        independent_since="1991-06-25",
    )
    assert line(spells) == [("Tudjman", "1990-05-30", "1999-11-26")]
    assert spells["covered_from"].tolist() == ["1991-06-25"]


def test_new_state_before_the_first_snapshot_is_filled_from_other_sources():
    spells, _ = merge(
        whogov("Crvenkovski", "1992-08-17", "1998-11-30", 1995, 1998),
        archigos("Kljusev", "1991-01-27", "1992-08-17"),
        independent_since="1991-09-08",
    )
    assert line(spells)[0] == ("Kljusev", "1991-01-27", "1992-08-17")


def test_line_is_known_until_the_last_july_or_the_later_end_of_who_was_seen_then():
    table = pd.concat(
        [
            facts(whogov("Open", "2020-01-01", "", 2020, 2023), iso3="JPN"),
            facts(whogov("Gone", "2020-01-01", "2023-11-17", 2020, 2023), iso3="LUX"),
            facts(
                whogov("Later end, earlier snapshot", "2019-01-01", "2022-10-01", 2019, 2021),
                whogov("Seen last", "2022-01-01", "2022-02-01", 2022),
                reign("Elsewhere", "2022-02-01", "2024-05"),
                iso3="SVK",
            ),
        ]
    )
    assert covered_until(table).to_dict() == {
        "JPN": "2023-07-01",
        "LUX": "2023-11-17",
        "SVK": "2022-07-01",
    }


def test_ally_without_whogov_rows_has_no_line():
    spells, ledger = merge(archigos("Somebody", "1990-01-01", "1995-01-01"))
    assert spells.empty
    assert ledger.empty


# --- names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chatchai Chunhawan", "Choonhavan"),
        ("Abhisit Wechachiwa", "Vejjajiva"),
        ("Simeon Saxe-Coburg-Gotha", "Saksgoburggotski"),
        ("Massimo Dalema", "D'Alema"),
        ("Nicolae Vacaroiu", "Vacariou"),
        ("Gerhard Schroeder", "Schröder"),
        ("Roh Moo-Hyun", "Roh Moo Hyun"),
        ("安倍 晋三", "安倍 晋三"),
    ],
)
def test_spellings_of_one_name_are_one_person(one, other):
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paavo Lipponen", "Halonen"),
        ("Mart Siimann", "Vahi"),
        ("Yves Leterme", "van Rompuy"),
        ("Yoon Suk Yeol", "Moon Jae-in"),
    ],
)
def test_different_holders_are_not_one_person(one, other):
    assert not same_person(one, other)


def test_shared_first_name_is_not_the_same_whole_name():
    assert same_whole_name("Bronislaw Komorowski", "Komorowski")
    assert not same_whole_name("Poul Schluter", "Poul Nyrup Rasmussen")


# --- the real sources --------------------------------------------------------------------


@pytest.fixture(scope="module")
def merged():
    allies = read_allies(ROOT / "config" / "allies.csv")
    return merge_spells(leader_sources.parse(SOURCES, allies), allies)


@needs_sources
def test_real_sources_are_stacked_in_order_without_repeated_rows():
    table = leader_sources.parse(SOURCES, read_allies(ROOT / "config" / "allies.csv"))
    key = ["iso3", "source", "start", "leader", "end"]
    assert set(table["source"]) == {"archigos", "reign", "whogov"}
    assert not table.duplicated(key).any()
    pd.testing.assert_frame_equal(table, table.sort_values(key, ignore_index=True))
    assert (table["in_office"] == (table["end"] == "")).all()


@needs_sources
def test_real_lines_do_not_overlap_and_are_numbered_in_order(merged):
    spells, _ = merged
    for _, ally in spells.groupby("iso3"):
        assert ally["spell"].tolist() == list(range(1, len(ally) + 1))
        assert (ally["end"].iloc[:-1] != "").all()
        assert (ally["end"].iloc[:-1].to_numpy() <= ally["start"].iloc[1:].to_numpy()).all()
        closed = ally[ally["end"] != ""]
        assert (closed["start"] <= closed["end"]).all()


@needs_sources
def test_real_lines_cover_every_listed_ally(merged):
    spells, _ = merged
    assert set(spells["iso3"]) == set(read_allies(ROOT / "config" / "allies.csv")["iso3"])


# public record; each is a case on which at least one source alone is wrong or silent
KNOWN_HOLDERS = [
    ("JPN", "1993-08-08", "Kiichi Miyazawa"),
    ("JPN", "1993-08-09", "Hosokawa"),
    ("JPN", "1994-05-15", "Hata"),
    ("JPN", "1994-06-29", "Tomiichi Murayama"),
    ("JPN", "2010-01-01", "Hatoyama Yukio"),
    ("KOR", "2016-12-09", "Hwang Kyo Ahn"),
    ("KOR", "2017-05-10", "Moon Jae-In"),
    ("KOR", "2022-05-10", "Yoon Suk Yeol"),
    ("ITA", "1987-12-31", "Goria"),
    ("ISR", "1996-01-01", "Shimon Peres"),
    ("GRC", "1990-01-01", "Zolotas"),
    ("GRC", "2012-01-01", "Loukas Papadimos"),
    ("BEL", "2009-07-01", "Herman Van Rompuy"),
    ("LVA", "1999-12-31", "Andris Skele"),
    ("EST", "1997-03-01", "Tiit Vahi"),
    ("ROU", "2004-12-25", "Eugen Bejinariu"),
    ("BGR", "2017-03-01", "Ognyan Gerdzhikov"),
    ("TUR", "1997-01-01", "Erbakan"),
    ("THA", "2008-10-01", "Wongsawat"),
    ("FIN", "2015-06-10", "Juha Sipila"),
    ("FIN", "2003-06-23", "Jaatteenmaki"),
    ("PRT", "2004-06-30", "Jose Manuel Durao Barroso"),
    ("PRT", "2006-06-30", "Jose Socrates"),
    ("POL", "2010-07-01", "Bronislaw Komorowski"),
    ("CZE", "2004-12-31", "Stanislav Gross"),
    ("DNK", "2015-07-01", "Lars Loekke Rasmussen"),
    ("ESP", "2018-06-15", "Pedro Sanchez Perez-Castejon"),
    ("LTU", "2019-07-12", "Gitanas Nauseda"),
    ("MNE", "2006-11-01", "Milo Djukanovic"),
    ("TWN", "2000-05-21", "Chen Shui-Bian"),
]


@needs_sources
@pytest.mark.parametrize(("iso3", "day", "leader"), KNOWN_HOLDERS)
def test_real_line_has_the_known_holder(merged, iso3, day, leader):
    spells, _ = merged
    at = spells[(spells["iso3"] == iso3) & (spells["start"] <= day)]
    holding = at[(at["end"] == "") | (at["end"] > day)]
    assert holding["leader"].tolist() == [leader]


@needs_sources
def test_real_holders_whom_no_source_names(merged):
    spells, _ = merged
    unobserved = spells[spells["status"] == "unobserved"]
    # Donev; Truss; Sarmas; Santana Lopes
    assert unobserved[["iso3", "start", "end"]].to_numpy().tolist() == [
        ["BGR", "2022-08-02", "2023-06-06"],
        ["GBR", "2022-09-05", "2022-10-25"],
        ["GRC", "2023-05-24", "2023-06-26"],
        ["PRT", "2004-07-17", "2005-03-12"],
    ]


@needs_sources
def test_real_whogov_dates_that_were_changed_are_in_the_ledger(merged):
    _, ledger = merged
    changed = ledger[ledger["rule"].isin(["start_reconciled", "end_reconciled"])]
    assert set(changed["key"].str[:3]) == {
        "BEL",
        "DNK",
        "ESP",
        "EST",
        "FIN",
        "KOR",
        "LTU",
        "MNE",
        "ROU",
    }


@needs_sources
@pytest.mark.parametrize(
    ("iso3", "year", "changes"),
    [
        ("JPN", 1989, 3),  # Takeshita 1987, Uno and Kaifu 1989
        ("JPN", 1998, 2),  # Hashimoto 1996, Obuchi 1998
        ("JPN", 2002, 2),  # Mori 2000 (Aoki's three days between are none), Koizumi 2001
        ("JPN", 2009, 3),  # Fukuda, Aso, Hatoyama
        ("NOR", 1999, 1),  # Bondevik 1997; not again after Lahnstein acted for him in 1998
        ("GBR", 2022, 2),  # Truss, unnamed, and Sunak
        ("DEU", 2000, 1),  # Schröder 1998
        ("NLD", 2022, 0),
    ],
)
def test_real_turnover_is_what_one_counts_by_hand(merged, iso3, year, changes):
    spells, _ = merged
    counted = turnover_3y(spells, pd.DataFrame({"iso3": [iso3], "year": [year]}))
    assert counted["turnover_3y"].tolist() == [changes]


@needs_sources
def test_real_turnover_ends_with_2022_because_the_last_snapshot_is_july_2023(merged):
    spells, _ = merged
    ally_years = (
        spells[["iso3"]].drop_duplicates().merge(pd.DataFrame({"year": [2022, 2023]}), "cross")
    )
    counted = turnover_3y(spells, ally_years)
    known = counted.groupby("year")["turnover_3y"].agg(lambda t: t.notna().sum())
    assert known.to_dict() == {2022: 39, 2023: 0}
