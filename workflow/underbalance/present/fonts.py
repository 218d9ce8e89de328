"""The font of the figures: that of matplotlib, with the letters of Europe only.

A PDF carries the letters that it uses, and to find them in a font of six thousand takes longer
than to draw the figure. Letters that are not in the small one are taken from the whole one.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

WHOLE: Final = "DejaVu Sans"
SMALL: Final = "Underbalance Sans"
FILES: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
LETTERS: Final = [
    *range(0x20, 0x180),
    *range(0x2010, 0x2027),
    *map(ord, "\u2032←↑→↓−√∞≈≤≥×■│△▽●○"),
]
NAMES: Final = (1, 4, 6)  # of the name table: what a font is called


@cache
def families() -> list[str]:
    """Return the names of the fonts to use, the small one first; it is made on the first call."""
    import matplotlib as mpl
    from matplotlib.font_manager import fontManager

    folder = _kept_folder()
    for name in FILES:
        small = folder / name
        _make_small(Path(mpl.get_data_path(), "fonts", "ttf", name), small)
        fontManager.addfont(small)
    return [SMALL, WHOLE]


def _kept_folder() -> Path:
    """Return a folder that is there as long as this process, which reads the files again."""
    folder = TemporaryDirectory(prefix="underbalance_fonts_")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _make_small(whole: Path, small: Path) -> None:
    from fontTools import subset

    options = subset.Options(recalc_timestamp=False)
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    with subset.load_font(str(whole), options) as font:
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in NAMES:
                name = record.toUnicode().replace(WHOLE, SMALL)
                record.string = name.replace(WHOLE.replace(" ", ""), SMALL.replace(" ", ""))
        font.save(small)
