import pandas as pd
import pytest
from underbalance.clean.cabinets import cabinets_by_year
from underbalance.registry import RAW_FOLDER, read_allies, read_sources
from underbalance.schemas.facts.governments import cabinets as schema
from underbalance.tables import read_table

SOURCES = pd.DataFrame(
    {
        "table": ["cabinets"],
        "source": ["parlgov"],
        "first_year": [1980],
        "last_year": [2022],
        "allies_outside": ["KOR"],
        "years_by_ally": [""],
        "years_outside": [""],
    }
)


def cabinet(name: str, start: str, end: str = "", caretaker: bool = False, **others) -> dict:
    given = {"share": 0.55, "left_right": 5.0, "doubtful": False} | others
    return {
        "iso3": "ITA",
        "cabinet": name,
        "start": start,
        "end": end,
        "prime_minister": name.split()[0],
        "caretaker": caretaker,
        "parties": 2,
        "seats_government": 55,
        "seats_total": 100,
        "seats_doubtful": given["doubtful"],
        "seat_share": given["share"],
        "minority": given["share"] < 0.5,
        "left_right": given["left_right"],
    }


ITALY = [
    cabinet("Amato I", "1990-01-01", "1994-05-10"),
    cabinet("Berlusconi I", "1994-05-11", "1995-01-16", share=0.57, left_right=7.5),
    cabinet("Dini I", "1995-01-17", "1996-01-10", caretaker=True, share=0.0),
    cabinet("Dini II", "1996-01-11", "1996-05-17", caretaker=True, share=0.0),
    cabinet("Prodi I", "1996-05-18", "2022-12-31", share=0.45, left_right=3.5),
    cabinet("Meloni", "2023-01-01"),
]


def by_year(years, cabinets=ITALY, iso3="ITA", independent=""):
    table = pd.DataFrame(cabinets).astype({"seats_doubtful": "boolean", "minority": "boolean"})
    allies = pd.DataFrame({"iso3": ["ITA"], "independent_since": [independent]})
    keys = pd.DataFrame({"iso3": iso3, "year": list(years)})
    return cabinets_by_year(keys, table, allies, SOURCES)


def column(name, years, **given):
    values = by_year(years, **given)[0][name]
    return [None if pd.isna(value) else value for value in values]


def test_cabinet_in_force_on_31_december_counts():
    table, ledger = by_year([1993, 1994, 1996])
    assert table["government_seat_share"].tolist() == [0.55, 0.57, 0.45]
    assert table["minority_government"].tolist() == [False, False, True]
    assert table["government_parties"].tolist() == [2, 2, 2]
    assert ledger.empty


def test_shift_is_from_the_cabinet_of_a_year_before():
    assert column("left_right_shift", [1993, 1994, 1995, 1996]) == [0, 2.5, 2.5, 1.5]
    assert column("left_right_shift", [1990]) == [None]


def test_technical_cabinet_is_a_change_and_a_prime_minister_who_stays_on_is_none():
    # Berlusconi, Dini and Prodi, but not Dini after his resignation
    assert column("cabinet_turnover_3y", [1994, 1995, 1996, 1997]) == [1, 2, 3, 2]


def test_first_cabinet_is_no_change_and_its_window_must_be_known_from_the_first_day():
    assert column("cabinet_turnover_3y", [1991, 1992, 1993]) == [None, 0, 0]


def test_cabinet_a_state_is_born_with_is_no_change():
    given = {"independent": "1994-05-11"}
    assert column("cabinet_turnover_3y", [1996, 1997], **given) == [None, 2]
    assert column("left_right_shift", [1994, 1995], **given) == [None, 2.5]


def test_caretaker_days_are_those_of_the_year():
    # 17 January to 31 December; 1 January to 17 May of a leap year
    assert column("caretaker_days", [1994, 1995, 1996, 1997]) == [0, 349, 138, 0]


def test_nothing_is_carried_past_the_last_year_of_the_source():
    table, _ = by_year([2022, 2023])
    values = table.drop(columns=["iso3", "year"])
    assert values.loc[0].notna().all()
    assert values.loc[1].isna().all()


def test_caretaker_in_office_at_the_end_counts_to_the_last_covered_day():
    open_end = [cabinet("A", "2000-01-01", "2022-11-30"), cabinet("B", "2022-12-01", "", True)]
    assert column("caretaker_days", [2022, 2023], cabinets=open_end) == [31, None]


def test_ally_that_the_source_lacks_is_missing_and_not_zero():
    table, _ = by_year([1995], iso3="KOR")
    assert table.drop(columns=["iso3", "year"]).isna().all(None)


def test_doubtful_seats_go_to_the_ledger_of_each_year():
    wrong = [cabinet("Kishida II", "2021-11-10", share=float("nan"), doubtful=True)]
    table, ledger = by_year([2021, 2022, 2023], cabinets=wrong)
    assert table["government_seat_share"].isna().all()
    assert ledger[["key", "rule"]].to_dict("split")["data"] == [
        ["ITA 2021 government_seat_share", "seats_doubtful"],
        ["ITA 2022 government_seat_share", "seats_doubtful"],
    ]


# --- the committed table against public facts ---------------------------------------------


@pytest.fixture
def committed():
    table = read_table(RAW_FOLDER / "cabinets.csv", schema())
    keys = pd.DataFrame(
        [(iso3, year) for iso3 in ("BEL", "CZE", "JPN", "KOR") for year in range(1985, 2026)],
        columns=["iso3", "year"],
    )
    found, _ = cabinets_by_year(keys, table, read_allies(), read_sources())
    return found.set_index(["iso3", "year"])


def test_belgiums_541_days_are_split_between_the_years(committed):
    # Guinness World Records: 541 days from 13 June 2010 to 6 December 2011
    assert committed.loc[("BEL", [2010, 2011]), "caretaker_days"].tolist() == [202, 339]


def test_japan_changed_its_cabinet_three_times_from_2009_to_2011(committed):
    # Prime Minister of Japan and his Cabinet (kantei.go.jp): Hatoyama 16 September 2009, Kan
    # 8 June 2010, Noda 2 September 2011 took over in the 36 months to 31 December 2011
    assert committed.loc[("JPN", 2011), "cabinet_turnover_3y"] == 3
    assert not committed.loc[("JPN", 2010), "minority_government"]


def test_czechia_is_known_from_its_independence(committed):
    turnover = committed.loc["CZE", "cabinet_turnover_3y"]
    # Klaus governed from independence to 1997 (vlada.cz); his second cabinet is of July 1996
    assert pd.isna(turnover[1994])
    assert turnover.loc[[1995, 1996]].tolist() == [0, 1]


def test_korea_is_outside_and_every_ally_ends_with_2022(committed):
    assert committed.loc["KOR"].isna().all(None)
    assert committed["government_parties"].dropna().index.get_level_values("year").max() == 2022
