"""How wide text is, from the widths of its letters."""

from __future__ import annotations

from typing import Final

# em of Computer Modern; others are half an em. Times is narrower.
LETTERS: Final = (
    dict.fromkeys(" il.,;:'|!’", 0.3)
    | dict.fromkeys("()tfrjs-[]/", 0.4)
    | dict.fromkeys("mwMW%", 0.86)
    | dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.72)
    | dict.fromkeys("−<>=×+→≤≥", 0.8)
)
USUAL: Final = 0.5


def text_width(text: str, points: float) -> float:
    """Return about how wide a line of text is, in points, at a size of type in points."""
    return points * sum(LETTERS.get(letter, USUAL) for letter in text)


def longest_word(text: str, points: float) -> float:
    """Return about how wide the longest word of a text is, in points."""
    return max((text_width(word, points) for word in text.split()), default=0.0)


def is_words(cell: str) -> bool:
    """Say whether a cell is of words, which may be broken, and not a number or a p-value."""
    return any(letter.isalpha() for letter in cell) and not cell.startswith("p ")
