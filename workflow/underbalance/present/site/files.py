"""Files of the results that the report carries with it."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path
from typing import Final

from underbalance.tables import written_whole

MOST_PIXELS: Final = 1400  # width of a figure on a screen
COLOURS: Final = 64
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def copied(file: Path, folder: Path) -> Path:
    """Copy a file to a folder of the report; return the copy."""
    with written_whole(folder / file.name) as part:
        shutil.copyfile(file, part)
    return folder / file.name


def scaled(picture: Path, folder: Path) -> Path:
    """Write a PNG no wider than a screen needs, of few colours, to a folder; return it."""
    from PIL import Image

    target = folder / picture.name
    with Image.open(picture) as whole, written_whole(target) as part:
        # whole numbers, by which an image is made smaller ten times faster than by others
        image = whole.convert("RGB").reduce(-(-whole.width // MOST_PIXELS))
        image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(part)
    return target


def png_size(picture: Path) -> tuple[int, int]:
    """Return width and height of a PNG."""
    with picture.open("rb") as file:
        head = file.read(24)
    if not head.startswith(SIGNATURE):
        raise ValueError(f"{picture} is no PNG")
    width, height = struct.unpack(">II", head[16:24])
    return width, height
