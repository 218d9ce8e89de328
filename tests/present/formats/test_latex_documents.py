"""Every form of a table compiles alone, with the packages that its first line names."""

import pytest
from underbalance.present.formats import write
from underbalance.present.formats.tex_fit import fit
from underbalance.present.table import Table

LABEL = "A label of many words that wraps beside the rows that continue it"


def table_of(name: str, *, columns: int, terms: int, notes: int = 1) -> Table:
    cells = ["−0.123**", "(0.045)", "[−0.456, 0.789]"]
    group = [(LABEL if cell is cells[0] else "", *[cell] * columns) for cell in cells]
    width = columns + 1
    return Table(
        name=name,
        title="Arms & effort_growth: 50 %",
        header=("", *(f"({k}) Commitment, all of it†" for k in range(1, width))),
        body=(("A heading",), *group * terms),
        summary=(("Observations", *["1,234"] * columns),),
        notes=("A note of some words that says what “the table” shows. " * notes,),
    )


FORMS = {
    "float": table_of("float", columns=2, terms=3),
    "small": table_of("small", columns=2, terms=12, notes=25),
    "long": table_of("long", columns=2, terms=40, notes=40),
    "sideways": table_of("sideways", columns=6, terms=5),
}


def test_form_is_that_which_the_page_holds() -> None:
    assert {name: fit(table).form for name, table in FORMS.items()} == {
        "float": "float",
        "small": "float",
        "long": "long",
        "sideways": "sideways",
    }
    assert fit(FORMS["small"]).size.points < fit(FORMS["float"]).size.points


@pytest.mark.needs("pdflatex")
def test_every_form_compiles_and_fits(style, texts, tmp_path, latex_faults) -> None:
    paths = []
    for table in (*FORMS.values(), texts):
        own = [tmp_path / f"{table.name}{ending}" for ending in (".tex", "_tabular.tex")]
        write(table, [path for path in own if fits_a_float(table, path)], style)
        paths += [path for path in own if path.exists()]
    told = latex_faults(paths)
    assert sorted(told) == sorted(path.stem for path in paths)
    assert {name: lines for name, lines in told.items() if lines} == {}


def fits_a_float(table, path) -> bool:
    """Rows alone of a table that is longer than a page do not go in a float."""
    return table.name != "long" or not path.stem.endswith("_tabular")


@pytest.mark.needs("pdflatex")
def test_a_table_that_is_too_wide_or_lacks_a_package_is_told(tmp_path, latex_faults) -> None:
    row = " & ".join(["1234567890"] * 12)
    wide = rf"\begin{{tabular}}{{{'c' * 12}}}{row}\end{{tabular}}"
    (tmp_path / "wide.tex").write_text(f"% packages: array\n\\noindent {wide}\n")
    (tmp_path / "lacking.tex").write_text("% packages: array, booktabs\n\\toprulee\n")
    told = latex_faults([tmp_path / "wide.tex", tmp_path / "lacking.tex"])
    assert "Overfull" in told["wide"][0]
    assert "Undefined control sequence" in told["lacking"][0]
