import pytest
from underbalance.extensions import with_in_force
from underbalance.present.extended import (
    extension_notes,
    extension_sentences,
    of_extensions,
    with_uses,
)
from underbalance.present.extension_use import Use
from underbalance.present.formats import write
from underbalance.present.table import Table, WideTable
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


@pytest.fixture
def used(monkeypatch):
    """Egypt as an added ally, of which the models use something."""
    uses = {"EGY": Use("Egypt is in one model.", "Not in two.", "")}
    monkeypatch.setattr("underbalance.present.extended.extension_uses", lambda: uses)


def test_sentence_of_an_extension_says_what_it_is_and_what_is_used_of_it(extension, used):
    extension()
    with with_in_force(["EGY"]):
        assert extension_sentences() == (f"{NOTE} Egypt is in one model. Not in two.",)


def test_table_of_models_says_below_it_what_is_used(used):
    assert with_uses(TABLE).notes == ("One.", "Egypt is in one model. Not in two.")


def test_wide_table_says_before_its_rows_what_is_used(used):
    wide = WideTable("t", "T", ("Rule.",), ("a",), (1.0,), (("1",),), ("One.",))
    assert with_uses(wide).lead == ("Rule.", "Egypt is in one model. Not in two.")
    assert with_uses(wide).notes == ("One.",)


def test_table_of_a_run_without_extensions_is_as_it_was():
    with with_in_force([]):
        assert with_uses(TABLE) == TABLE
