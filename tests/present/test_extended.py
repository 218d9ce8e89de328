import pytest
from underbalance.extensions import with_in_force
from underbalance.present.extended import extension_notes, of_extensions
from underbalance.present.formats import write
from underbalance.present.table import Table
from underbalance.present.table_style import read_styles

NOTE = "With Egypt (major non-NATO ally since 1989), from data/raw/extensions/EGY."
TABLE = Table(
    name="t", title="T", header=("", "x"), body=(("a", "1"),), summary=(), notes=("One.",)
)


def test_run_without_extensions_has_no_note(extension):
    extension()
    with with_in_force([]):
        assert extension_notes() == ()
        assert of_extensions(TABLE).notes == ("One.",)


def test_note_names_the_ally_its_tie_and_the_folder(extension):
    extension()
    with with_in_force(["EGY"]):
        assert extension_notes() == (NOTE,)


def test_note_has_the_end_of_a_tie_and_the_name_of_a_listed_ally(extension):
    extension("SWE", ally="", tie="partner,1994-05-09,2024-03-07,day,0")
    with with_in_force(["SWE"]):
        assert extension_notes() == (
            "With Sweden (partner 1994 to 2024), from data/raw/extensions/SWE.",
        )


@pytest.mark.parametrize("name", ["t.html", "t.tex"])
def test_every_table_that_is_written_names_the_extensions(extension, tmp_path, name):
    extension()
    style = read_styles()["default"]
    with with_in_force(["EGY"]):
        write(TABLE, [tmp_path / name], style)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert "One." in text
    assert "With Egypt (major non-NATO ally since 1989)" in text
