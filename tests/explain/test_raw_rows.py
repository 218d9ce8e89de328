from pathlib import Path

import pandas as pd
from underbalance.explain.raw_rows import LINE, PLACE, ties, with_extensions
from underbalance.explain.reading import read_plain
from underbalance.extensions import with_in_force

FILE = Path("data/raw/ratification.csv")


def rows(*codes: str) -> pd.DataFrame:
    with with_in_force(codes):
        return with_extensions(read_plain(FILE), "ratification", Path())


def test_table_without_an_extension_stays_as_it_is(extension):
    extension(ratification=["3"])
    pd.testing.assert_frame_equal(rows(), read_plain(FILE))


def test_row_of_an_extension_has_its_file_and_its_line_with_comments_counted(extension):
    path = extension(ratification=["3"]) / FILE.name
    header, *own = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, "# a comment\n", *own]), encoding="utf-8")
    found = rows("EGY")
    last = found.iloc[-1]
    assert (last["iso3"], last[PLACE], last[LINE]) == (
        "EGY",
        "data/raw/extensions/EGY/ratification.csv",
        3,
    )
    assert (found[PLACE].iloc[:-1] == "").all()
    assert len(found) == len(read_plain(FILE)) + 1


def test_row_that_is_shipped_too_is_there_once_as_shipped(extension):
    path = extension("SWE", ally="", tie="partner,1994-05-09,,day,0", ratification=["3"])
    lines = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    shipped = [line for line in lines if line.startswith("SWE,")]
    (path / FILE.name).write_text("".join([lines[0], *shipped]), encoding="utf-8")
    found = rows("SWE")
    assert len(found) == len(lines) - 1
    assert (found[PLACE] == "").all()


def test_ties_are_those_of_extensions_in_force(extension):
    extension()
    with with_in_force([]):
        assert ties(Path()) == frozenset()
    with with_in_force(["EGY"]):
        assert ties(Path()) == {("EGY", "MNNA", "1989-01-01")}
