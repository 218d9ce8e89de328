from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from underbalance.errors import Fault, FaultsError
from underbalance.schemas.columns import (
    code,
    iso3,
    iso_date,
    logical,
    not_reversed,
    number,
    table,
    text,
    year,
)
from underbalance.tables import check_frame, read_table, write_table, written_whole

GOOD = {
    "iso3": "JPN",
    "order": "1998",
    "delivery": "2001",
    "value": "1.5",
    "count": "4",
    "signed": "1998-11-06",
    "until": "2001-03",
    "new": "1",
    "kind": "Ships",
    "name": "E-767",
}


@pytest.fixture
def schema():
    return table(
        {
            "iso3": iso3(),
            "order": year(1990, 2025),
            "delivery": year(1990, 2026, nullable=True),
            "value": number(0, 1000),
            "count": number(whole=True),
            "signed": iso_date(),
            "until": iso_date(empty=True, month=True),
            "new": logical(),
            "kind": code(("Ships", "Aircraft")),
            "name": text(empty=False),
        },
        ["iso3", "order"],
        not_reversed("order", "delivery"),
        not_reversed("signed", "until"),
    )


def written(path: Path, *rows: dict, header: str | None = None, encoding: str = "utf-8") -> Path:
    lines = [header or ",".join(GOOD), *(",".join((GOOD | row).values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


@pytest.fixture
def faults(schema, tmp_path):
    """Return a function that writes rows and returns the faults of the file."""

    def read(*rows: dict, **how: str) -> tuple[Fault, ...]:
        path = written(tmp_path / "t.csv", *rows, **how)
        with pytest.raises(FaultsError) as error:
            read_table(path, schema, shown_as="data/t.csv")
        assert {fault.file for fault in error.value.faults} == {"data/t.csv"}
        assert all(fault.allowed and fault.mend for fault in error.value.faults)
        return error.value.faults

    return read


def test_sound_file_is_read_with_the_types_of_the_schema(schema, tmp_path):
    path = written(tmp_path / "t.csv", {}, {"order": "1999", "value": "", "count": "", "new": "0"})
    frame = read_table(path, schema)
    assert frame.dtypes.astype(str).to_dict() == {
        "iso3": "str",
        "order": "Int64",
        "delivery": "Int64",
        "value": "float64",
        "count": "Int64",
        "signed": "str",
        "until": "str",
        "new": "boolean",
        "kind": "str",
        "name": "str",
    }
    assert frame["value"].tolist()[0] == 1.5
    assert frame[["value", "count"]].iloc[1].isna().all()
    assert frame["new"].tolist() == [True, False]


# --- the file as a whole -----------------------------------------------------------------


def test_columns_may_stand_in_another_order(schema, tmp_path):
    names = list(GOOD)[::-1]
    path = tmp_path / "t.csv"
    path.write_text(f"{','.join(names)}\n{','.join(GOOD[name] for name in names)}\n")
    assert list(read_table(path, schema).columns) == list(GOOD)


def test_missing_and_extra_columns_are_told_together(faults):
    found = faults({}, header=",".join(GOOD).replace("value", "valeu"))
    assert [(f.where, f.value) for f in found] == [
        ("column value", "not in the header"),
        ("column valeu", "in the header"),
    ]
    assert found[0].allowed == ", ".join(GOOD)


def test_repeated_name_in_the_header_is_told_by_its_name(faults):
    (fault,) = faults({"name": "E-767,once more"}, header=",".join(GOOD) + ",name")
    assert (fault.where, fault.value) == ("column name", "2 times")


def test_byte_order_mark_is_no_part_of_the_first_name(schema, tmp_path):
    path = written(tmp_path / "t.csv", {}, encoding="utf-8-sig")
    assert len(read_table(path, schema)) == 1


@pytest.mark.parametrize("encoding", ["latin1", "utf-16"])
def test_other_encoding_is_a_fault_of_the_file(faults, encoding):
    (fault,) = faults({"name": "Türk"}, encoding=encoding)
    assert fault.where == "file"
    assert "UTF-8" in fault.rule


@pytest.mark.parametrize("content", ["", "\n\n", 'iso3,order\n"JPN,1998\n'])
def test_empty_file_and_open_quote_are_faults_of_the_file(schema, tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_text(content)
    with pytest.raises(FaultsError, match="comma-separated table"):
        read_table(path, schema)


def test_missing_file_is_told_with_the_command_that_restores_it(schema, tmp_path):
    with pytest.raises(FaultsError) as error:
        read_table(tmp_path / "no.csv", schema, shown_as="data/no.csv")
    (fault,) = error.value.faults
    assert fault.value == "no such file"
    assert "git checkout -- data/no.csv" in fault.mend


@pytest.mark.parametrize(
    ("line", "value"),
    [(list(GOOD.values())[:-1], "9 cells"), ([*GOOD.values(), "more"], "11 cells")],
    ids=["too short", "too long"],
)
def test_line_with_more_or_fewer_cells_than_the_header_is_told(faults, line, value):
    (fault,) = faults({}, header=f"{','.join(GOOD)}\n{','.join(line)}")
    assert (fault.where, fault.value, fault.allowed) == ("line 2", value, "10 cells")


def test_blank_line_inside_is_told_and_at_the_end_passed_over(faults, schema, tmp_path):
    first = ",".join(GOOD.values())
    (fault,) = faults({"order": "1999"}, header=",".join(GOOD) + f"\n{first}\n")
    assert (fault.where, fault.value) == ("line 3", "a blank line")
    path = tmp_path / "end.csv"
    path.write_text(f"{','.join(GOOD)}\n{first}\n\n\n")
    assert len(read_table(path, schema)) == 1


def test_line_break_in_a_cell_is_told(faults):
    (fault,) = faults({"name": '"E-767\nAWACS"'})
    assert (fault.where, fault.value) == ("line 2", repr("E-767\nAWACS"))


# --- cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["1.000.5", '"1,000"', '"1,5"', "..", "nan", "NaN", "inf", "-", "x"]
)
def test_number_that_is_none_is_told_with_its_line_and_key(faults, cell):
    (fault,) = faults({"order": "1997"}, {"value": cell})
    assert (fault.where, fault.rule) == ("line 3 (JPN 1998)", "value must be readable")
    assert fault.value == repr(cell.strip('"'))
    assert "without thousands separators" in fault.allowed


@pytest.mark.parametrize("cell", ["4.0", "4.5", "1e3", "four", "12345678901234567"])
def test_whole_number_that_is_none_is_told(faults, cell):
    (fault,) = faults({"count": cell})
    assert (fault.rule, fault.value) == ("count must be readable", repr(cell))


@pytest.mark.parametrize("cell", ["1e3", "+1.5", ".5", "2."])
def test_usual_ways_to_write_a_number_are_read(schema, tmp_path, cell):
    frame = read_table(written(tmp_path / "t.csv", {"value": cell}), schema)
    assert frame["value"].tolist() == [float(cell)]


@pytest.mark.parametrize("cell", ["yes", "TRUE", "2"])
def test_logical_value_is_0_or_1(faults, cell):
    (fault,) = faults({"new": cell})
    assert (fault.rule, fault.allowed) == ("new must be readable", "0 or 1")


@pytest.mark.parametrize(
    ("column", "cell", "rule", "allowed"),
    [
        ("iso3", "JAP", "iso3 must be a listed ally", "JPN"),
        ("iso3", "", "iso3 must be a listed ally", "JPN"),
        ("order", "1989", "order: year must lie in the coverage of the table", "1990 to 2025"),
        ("order", "", "order must not be empty", "a value"),
        ("value", "-0.1", "value: must be at least 0", "0 or more"),
        ("value", "1000.1", "value: must be at most 1000", "1000 or less"),
        ("signed", "2019-02-30", "signed: must be a date that exists", "YYYY-MM-DD"),
        ("signed", "2019-2-3", "signed: must be a date that exists", "YYYY-MM-DD"),
        ("signed", "03.02.2019", "signed: must be a date that exists", "YYYY-MM-DD"),
        ("signed", "2019-02", "signed: must be a date that exists", "YYYY-MM-DD"),
        ("signed", "", "signed: must be a date that exists", "YYYY-MM-DD"),
        ("until", "2019-13", "until: must be a date that exists", "YYYY-MM or empty"),
        ("until", "1998-10", "until must not be before signed", "until ≥ signed"),
        ("new", "", "new must not be empty", "a value"),
        ("kind", "Boats", "kind: must be a known code", "Ships, Aircraft"),
        ("name", " ", "name: must not be empty", "some text"),
        ("delivery", "1997", "delivery must not be before order", "delivery ≥ order"),
        ("delivery", "2027", "delivery: year must lie in the coverage", "1990 to 2026"),
    ],
)
def test_cell_that_breaks_a_rule_is_told_with_rule_value_and_what_is_allowed(
    faults, column, cell, rule, allowed
):
    (fault,) = faults({"order": "1997"}, {"until": "", column: cell})
    assert fault.where.startswith("line 3 (")
    assert fault.rule.startswith(rule)
    assert allowed in fault.allowed
    assert fault.value in ((cell,) if cell.strip() else (cell, "empty"))


@pytest.mark.parametrize("until", ["", "1998-11", "1998-11-06"])
def test_dates_of_unlike_precision_are_compared_in_what_they_share(schema, tmp_path, until):
    path = written(tmp_path / "t.csv", {"until": until})
    assert len(read_table(path, schema)) == 1


def test_repeated_key_is_told_at_its_second_line(faults):
    (fault,) = faults({}, {"order": "1999"}, {"value": "2"})
    assert fault.where == "line 4 (JPN 1998)"
    assert fault.rule == "the key (iso3, order) must be unique"
    assert fault.value == "JPN, 1998"


def test_every_unreadable_cell_and_every_broken_rule_of_a_file_is_told_once(faults):
    found = faults(
        {"value": "x", "kind": "Boats"},
        {"order": "1999", "value": "-1"},
        {"order": "MM", "new": "no", "value": "y"},
    )
    assert sorted((f.where, f.value) for f in found) == [
        ("line 2 (JPN 1998)", "'x'"),
        ("line 2 (JPN 1998)", "Boats"),
        ("line 3 (JPN 1999)", "-1.0"),
        ("line 4 (JPN MM)", "'MM'"),
        ("line 4 (JPN MM)", "'no'"),
        ("line 4 (JPN MM)", "'y'"),
    ]


def test_two_unreadable_keys_are_not_also_told_as_repeated(faults):
    found = faults({"order": "MM"}, {"order": "NN"})
    assert [f.value for f in found] == ["'MM'", "'NN'"]


def test_wrong_header_does_not_hide_unreadable_cells(faults):
    found = faults({"value": "x"}, header=",".join(GOOD).replace("name", "naem"))
    assert [f.where for f in found][:2] == ["column name", "column naem"]
    assert found[2].value == "'x'"


def test_every_broken_rule_of_a_file_is_told_at_once(faults):
    found = faults(
        {"kind": "Boats", "signed": "2019-02-30", "until": ""},
        {"order": "1999", "iso3": "XXX", "delivery": "1998"},
        {"order": "1999", "iso3": "XXX"},
    )
    assert {(f.where, f.value) for f in found} == {
        ("line 2 (JPN 1998)", "Boats"),
        ("line 2 (JPN 1998)", "2019-02-30"),
        ("line 3 (XXX 1999)", "XXX"),
        ("line 3 (XXX 1999)", "1998"),
        ("line 4 (XXX 1999)", "XXX"),
        ("line 4 (XXX 1999)", "XXX, 1999"),
    }


def test_frame_that_is_no_file_yet_is_told_by_the_line_it_will_have(schema, tmp_path):
    frame = read_table(written(tmp_path / "t.csv", {}, {"order": "1999"}), schema)
    wrong = frame.assign(kind=["Ships", "Boats"]).set_axis([7, 7])
    with pytest.raises(FaultsError) as error:
        check_frame(wrong, schema, "t")
    assert [fault.where for fault in error.value.faults] == ["line 3 (JPN 1999)"]


# --- writing -----------------------------------------------------------------------------


def test_logical_columns_are_written_as_0_and_1_and_read_back(tmp_path):
    schema = table({"id": number(whole=True), "a": logical(), "b": logical(True)}, ["id"])
    frame = pd.DataFrame({"id": [1, 2], "a": [True, False], "b": [pd.NA, True]})
    frame = frame.astype({"id": "Int64", "a": "bool", "b": "boolean"})
    path = tmp_path / "t.csv"
    write_table(frame, path, schema)
    assert path.read_text() == "id,a,b\n1,1,\n2,0,1\n"
    back = read_table(path, schema)
    assert back["a"].tolist() == [True, False]
    assert back["b"].tolist() == [pd.NA, True]


def test_floats_read_back_to_the_same_number(tmp_path):
    draw = np.random.default_rng(20120717)
    scales = 10.0 ** draw.integers(-12, 12, 5000)
    values = np.concatenate([draw.normal(size=5000) * scales, [0.1, 1 / 3, 2**53 + 2.0, 5e-324]])
    schema = table({"id": number(whole=True), "x": number()}, ["id"])
    frame = pd.DataFrame({"id": range(len(values)), "x": values})
    write_table(frame, tmp_path / "t.csv", schema)
    assert (read_table(tmp_path / "t.csv", schema)["x"].to_numpy() == values).all()


def test_reading_and_writing_gives_the_same_bytes(schema, tmp_path):
    path = written(tmp_path / "t.csv", {}, {"order": "1999", "value": "0.1", "until": ""})
    write_table(read_table(path, schema), tmp_path / "again.csv", schema)
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


def test_broken_frame_is_not_written(schema, tmp_path):
    path = written(tmp_path / "t.csv", {})
    before = path.read_bytes()
    frame = read_table(path, schema).assign(kind="Boats")
    with pytest.raises(FaultsError):
        write_table(frame, path, schema)
    assert path.read_bytes() == before


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_old_file_stays_when_writing_fails_half_way(tmp_path, stop):
    path = tmp_path / "t.csv"
    path.write_text("old")

    def write_half():
        with written_whole(path) as part:
            part.write_text("half of the n")
            raise stop

    with pytest.raises(stop):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_new_file_takes_the_place_of_the_old_and_folders_are_made(tmp_path):
    path = tmp_path / "a" / "b" / "t.csv"
    for content in ("old", "new"):
        with written_whole(path) as part:
            assert part.suffix == path.suffix
            part.write_text(content)
            assert not path.is_file() or path.read_text() == "old"
        assert path.read_text() == content
    assert list(path.parent.iterdir()) == [path]


def test_semicolons_between_cells_are_one_fault_of_the_file(schema, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(";".join(GOOD) + "\n" + ";".join(GOOD.values()) + "\n", encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        read_table(path, schema)
    (fault,) = error.value.faults
    assert fault.value == "semicolons between the cells"
    assert "with commas" in fault.mend
