"""What all figures share: size, greys, letters, notes, bytes."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image
from underbalance.present.fonts import SMALL, families
from underbalance.present.style import (
    DPI,
    WIDTH,
    Around,
    new_figure,
    note_height,
    note_lines,
    save_figure,
    say_empty,
    write_note,
)


def figure_with(text: str):
    figure, ((axes,),) = new_figure(1, 1.5, Around(0.5, 0.5))
    axes.plot([0, 1], [0, 1], color="#4a4a4a")
    write_note(figure, text)
    return figure, axes


def test_pictures_are_grey_of_text_width_and_300_dpi(tmp_path: Path) -> None:
    figure, _ = figure_with("Note")
    save_figure(figure, [tmp_path / "f.png"])
    with Image.open(tmp_path / "f.png") as picture:
        assert picture.mode == "L"
        assert picture.size == (WIDTH * DPI, 1.5 * DPI)
        assert [round(dpi) for dpi in picture.info["dpi"]] == [DPI, DPI]


def test_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        figure, _ = figure_with("“Note” – with letters → beyond ASCII, 5 ≤ 6, Łódź")
        save_figure(figure, [tmp_path / f"{name}.pdf", tmp_path / f"{name}.png"])
    for ending in ("pdf", "png"):
        first, again = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("a", "b"))
        assert first == again


def test_a_pdf_holds_the_small_font_and_letters_beyond_it_are_drawn(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure, _ = figure_with("plain")
        save_figure(figure, [tmp_path / "plain.pdf"])
        figure, _ = figure_with("Ελλάδα")
        save_figure(figure, [tmp_path / "greek.pdf"])
    name = SMALL.replace(" ", "").encode()
    plain, greek = ((tmp_path / f"{name}.pdf").read_bytes() for name in ("plain", "greek"))
    assert name in plain
    assert b"DejaVuSans" not in plain
    assert b"DejaVuSans" in greek


def test_the_small_font_comes_before_the_whole_one() -> None:
    assert families()[0] == SMALL
    assert len(families()) == 2


def test_notes_fit_the_page_and_a_number_stays_with_its_sign(text_faults) -> None:
    words = "Intervals of 95 % and a share below p < 0.05 stand in the notes of all figures. " * 6
    figure, axes = figure_with(words)
    axes.set_axis_off()
    assert text_faults(figure) == []
    assert len(note_lines(words)) > 3
    assert not any(line.startswith(("%", "0.05")) for line in note_lines(words))
    assert note_height(words) > note_height("one line")


def test_an_empty_panel_says_why() -> None:
    _, axes = figure_with("Note")
    say_empty(axes, "no case")
    assert [text.get_text() for text in axes.texts] == ["no case"]
