import pytest
from underbalance.present.formats import escape_tex
from underbalance.present.formats.tex import float_tex, tabular_tex
from underbalance.present.formats.tex_text import starred
from underbalance.present.table import Table


def test_first_line_names_the_packages(numbers, texts, style) -> None:
    assert float_tex(numbers, style).startswith("% packages: array, booktabs, threeparttable\n")
    assert tabular_tex(numbers, style).startswith("% packages: array, booktabs\n")
    assert float_tex(texts, style).startswith("% packages: array, booktabs, longtable, pdflscape\n")
    assert tabular_tex(texts, style).startswith("% packages: array, booktabs, longtable\n")


def test_signs_that_latex_would_read_are_escaped() -> None:
    assert escape_tex("a_b & 50 % $ # {x} ~ ^ \\") == (
        r"a\_b \& 50 \% \$ \# \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )
    assert escape_tex("−1 ≤ x × y") == r"$-$1 $\leq$ x $\times$ y"


def test_row_beginning_with_a_bracket_is_no_option_of_the_line_break(style) -> None:
    bracket = Table("t", "T", ("", "b"), (("[x]", "[y]"),), (("[z]", ""),), ("n",))
    assert r"{[x]} & {[y]} \\" in float_tex(bracket, style)


def test_row_of_one_cell_is_a_heading_across_the_table(numbers, texts, style) -> None:
    assert r"\multicolumn{4}{@{}l}{\textit{Of $<$b$>$\_\& C}} \\" in float_tex(numbers, style)
    assert r"\multicolumn{3}{@{}p{" in float_tex(texts, style)


def test_table_without_summary_has_no_empty_part(style) -> None:
    bare = Table("t", "T", ("", "b"), (("x", "1"),), (), ("n",))
    assert float_tex(bare, style).count(r"\midrule") == 1


def test_width_of_the_labels_is_that_of_the_table(style) -> None:
    narrow = Table("t", "T", ("", "b"), (("x", "1"),), (), ("n",), label_width=0.1)
    assert r"p{0.1\linewidth}c@{}" in float_tex(narrow, style)


def test_head_of_a_table_of_texts_is_repeated_on_every_page(texts, style) -> None:
    lines = float_tex(texts, style).splitlines()
    assert lines.count(r"Claim & Says $\to$ coded & Agrees? \\") == 2
    assert r"A\_1 & mean $-$0.05 $<$ 0.31 & in part \\" in lines
    assert r"\noindent Of 2 claims: 1 supported. A note." in lines


@pytest.mark.parametrize("kind", ["numbers", "texts"])
def test_tabular_has_neither_caption_nor_notes(kind, request, style) -> None:
    table = request.getfixturevalue(kind)
    bare = tabular_tex(table, style)
    assert r"\caption" not in bare
    assert escape_tex(table.notes[0]) not in bare
    rows = [line for line in float_tex(table, style).splitlines() if " & " in line]
    assert [line for line in bare.splitlines() if " & " in line] == rows


@pytest.mark.parametrize("kind", ["numbers", "texts"])
def test_tex_is_plain_ascii(kind, request, style) -> None:
    assert float_tex(request.getfixturevalue(kind), style).isascii()


def test_stars_are_raised_and_other_cells_read_as_they_are() -> None:
    cells = ["−0.512**", "0.2", "(0.1)", "*", "Delivery*"]
    assert [starred(cell) for cell in cells] == [
        "$-$0.512$^{**}$",
        "0.2",
        "(0.1)",
        "*",
        "Delivery$^{*}$",
    ]


def test_number_of_a_model_stands_above_its_name(style) -> None:
    headed = Table("t", "T", ("", "(1) Effort", "(2) Loss†"), (("x", "1", "2"),), (), ("n",))
    assert r"\shortstack{(1) \\ Effort} & \shortstack{(2) \\ Loss$\dagger$} \\" in (
        float_tex(headed, style)
    )


def test_a_label_stands_beside_the_rows_that_continue_it(numbers, style) -> None:
    text = float_tex(numbers, style)
    assert r"\parbox[t][\ht\strutbox][t]{\linewidth}{\raggedright A $<$b$>$ \& C}" in text
    assert "\nObservations & 1,234 &  &  \\\\\n" in text


def test_notes_stand_within_the_float_with_their_label(numbers, style) -> None:
    text = float_tex(numbers, style)
    place = text.index(r"\item \emph{Notes: }Errors $\times$")
    assert text.index(r"\begin{tablenotes}") < place < text.index(r"\end{threeparttable}")


def test_a_table_that_no_page_holds_breaks_and_repeats_its_head(style) -> None:
    rows = tuple((f"row {k}", "1") for k in range(80))
    text = float_tex(Table("t", "T", ("", "b"), rows, (), ("n",)), style)
    assert text.startswith("% packages: array, booktabs, longtable\n")
    assert text.count(" & b \\\\") == 2
    assert text.index(r"\end{longtable}") < text.index(r"\emph{Notes: }n")
