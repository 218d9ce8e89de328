from underbalance.present.sampled import of_sample
from underbalance.present.table import Table


def table(name: str = "t", notes: tuple[str, ...] = (), body: tuple = (("a", "1"),)) -> Table:
    return Table(name=name, title="T", header=("", "x"), body=body, summary=(), notes=notes)


def test_sample_is_the_last_note():
    assert of_sample(table(notes=("One.",)), "Allies").notes == ("One.", "Sample: Allies.")


def test_sample_that_a_note_names_is_not_named_again():
    named = table(notes=("Sample: Allies. Source: x.",))
    assert of_sample(named, "Allies") is named


def test_table_of_all_allies_names_no_sample():
    assert of_sample(table("reliability"), "Allies").notes == ()


def test_table_without_rows_says_so():
    assert of_sample(table(body=()), "Allies").body == (("nothing in this sample",),)
