from pathlib import Path

import pytest
from underbalance.check_extension_pairs import pair_faults
from underbalance.extensions import raw_files, with_in_force
from underbalance.stages import read_facts

HEADER = "state,year,cinc,milex_thousand_usd,personnel_thousand\n"
# a state that no shipped row of these years is of
ROW = "SDN,1990,0.001,500000.0,100.0\n"


@pytest.fixture
def capabilities(extension):
    """Give two extensions rows of capabilities; return the paths."""

    def write(*rows: str) -> list[Path]:
        folders = extension(), extension("ISR", "Israel,middle_east,666,666,")
        paths = [folder / "capabilities.csv" for folder in folders]
        for path, row in zip(paths, rows, strict=True):
            path.write_text(HEADER + row)
        return paths

    return write


def test_row_that_two_extensions_have_alike_is_sound_and_read_once(capabilities):
    capabilities(ROW, f"# of the same rival\n{ROW}")
    assert pair_faults(["EGY", "ISR"]) == []
    with with_in_force(["EGY", "ISR"]):
        paths = raw_files("capabilities")
        rows = read_facts(map(str, paths))["capabilities"]
    shipped = read_facts(map(str, paths[:1]))["capabilities"]
    assert len(paths) == 3
    assert len(rows) == len(shipped) + 1
    assert not rows.duplicated(["state", "year"]).any()


def test_rows_of_one_key_that_differ_are_told_with_both_files(capabilities):
    first, second = capabilities(ROW, ROW.replace("100.0", "200.0"))
    (fault,) = pair_faults(["ISR", "EGY"])
    assert fault.file == second.relative_to(Path.cwd()).as_posix()
    assert first.relative_to(Path.cwd()).as_posix() in fault.rule
    assert fault.where == "row SDN 1990"
    assert fault.value == "personnel_thousand 200.0"


def test_extension_alone_contradicts_none(capabilities):
    capabilities(ROW, ROW.replace("100.0", "200.0"))
    assert pair_faults(["EGY"]) == pair_faults([]) == []
