from pathlib import Path

import pytest
from underbalance.check_extensions import extension_faults


def told(codes=("EGY",)) -> list[tuple[str, str]]:
    return [(fault.file.rpartition("/")[2], fault.value) for fault in extension_faults(codes)]


def lines_of(table: str) -> list[str]:
    return Path(f"data/raw/{table}.csv").read_text(encoding="utf-8").splitlines(keepends=True)


def test_sound_extension_has_no_fault(extension):
    extension(ratification=["3"])
    assert told() == []


def test_ally_that_is_not_listed_needs_a_row(extension):
    extension(ally="")
    assert ("allies.csv", "no row") in told()


def test_ally_that_is_listed_has_none(extension):
    extension("SWE", ally="Sweden,europe,380,380,", tie="partner,1994-05-09,2024-03-07,day,0")
    assert ("allies.csv", "SWE") in told(["SWE"])


def test_code_of_config_rivals_must_be_the_same(extension):
    extension(ally="Egypt,middle_east,652,651,")
    rules = [fault.rule for fault in extension_faults(["EGY"])]
    assert "cow_code must be the one of config/rivals.csv" in rules


@pytest.mark.parametrize("code", ["740", "160"], ids=["ally", "rival"])
def test_code_of_another_state_is_refused(extension, code):
    extension("XKX", ally=f"Kosovo,europe,{code},347,", tie="partner,2008-02-17,,day,0")
    (fault,) = [fault for fault in extension_faults(["XKX"]) if "cow_code" in fault.rule]
    assert fault.rule == "cow_code must be the ally's own"
    assert fault.value.startswith(code)


def test_extension_without_a_tie_is_told_which_command_writes_it(extension):
    (extension() / "alliance.csv").unlink()
    (fault,) = [fault for fault in extension_faults(["EGY"]) if "alliance" in fault.file]
    assert "underbalance add-ally EGY --since" in fault.mend


def test_table_without_a_source_is_told(extension):
    folder = extension(ratification=["3"])
    lines = (folder / "sources.csv").read_text().splitlines(keepends=True)
    (folder / "sources.csv").write_text(
        "".join(line for line in lines if "ratification" not in line)
    )
    (fault,) = extension_faults(["EGY"])
    assert fault.where == "table ratification"


def test_file_of_no_table_is_told_with_the_nearest_name(extension):
    folder = extension()
    (folder / "ratifications.csv").write_text("iso3\nEGY\n")
    (fault,) = extension_faults(["EGY"])
    assert (fault.value, "`ratification`" in fault.mend) == ("ratifications", True)


def test_row_of_another_ally_is_refused(extension):
    path = extension(ratification=["3"]) / "ratification.csv"
    path.write_text(path.read_text().replace("EGY", "JPN"))
    assert ("ratification.csv", "JPN") in told()


def test_row_that_contradicts_the_shipped_table_is_refused_and_the_same_is_not(extension):
    path = extension("SWE", ally="", tie="partner,1994-05-09,2024-03-07,day,0", ratification=["3"])
    shipped = next(line for line in lines_of("ratification") if line.startswith("SWE,"))
    file = path / "ratification.csv"
    header = file.read_text().splitlines(keepends=True)[0]
    file.write_text(header + shipped)
    assert told(["SWE"]) == []
    other = "1" if shipped.strip().endswith("3") else "3"
    file.write_text(f"{header}SWE,{other}\n")
    rules = [fault.rule for fault in extension_faults(["SWE"])]
    assert rules == ["a row must not contradict the shipped table"]


@pytest.mark.parametrize("table", ["missile_launches", "us_rivalries"])
def test_table_of_all_allies_is_no_part_of_an_extension(extension, table):
    folder = extension(**{table: []})
    lines = lines_of(table)[:2]
    (folder / f"{table}.csv").write_text("".join(lines), encoding="utf-8")
    assert (f"{table}.csv", table) in told()


def test_note_on_a_deal_of_another_ally_is_refused(extension):
    folder = extension(deal_notes=[])
    lines = lines_of("deal_notes")[:2]
    (folder / "deal_notes.csv").write_text("".join(lines), encoding="utf-8")
    assert ("deal_notes.csv", lines[1].split(",")[0]) in told()


@pytest.mark.parametrize("year", ["1989", "2021"])
def test_dated_row_outside_the_years_of_its_source_is_refused(extension, year):
    own = [f"{day}-06-01,{day}-06-02,1,2,0,1,0,1" for day in (year, "1990", "2020")]
    path = extension(exercises=own) / "exercises.csv"
    rows = path.read_text().splitlines()
    # the number of an exercise stands before its ally; a comment counts as a line
    numbered = [f"x{number},{row}" for number, row in enumerate(rows[1:])]
    path.write_text("\n".join([rows[0], "# coded by hand", *numbered, ""]))
    (fault,) = extension_faults(["EGY"])
    assert fault.where == f"line 3 (EGY {year})"
    assert fault.allowed == "the years and allies of data/raw/extensions/EGY/sources.csv"


def test_yearly_row_outside_its_years_names_the_extension_s_own_list_of_sources(extension):
    extension(us_troops=["2021,9,5,5"])
    faults = extension_faults(["EGY"])
    assert {fault.allowed for fault in faults} == {
        "the years and allies of data/raw/extensions/EGY/sources.csv"
    }
