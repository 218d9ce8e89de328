"""The figures, each with its caption and as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from underbalance.present.site.files import copied, png_size, scaled
from underbalance.present.site.frame import Site, relative

Captions = Mapping[str, Mapping[str, str]]


def write_figures(figures: Sequence[Path], captions: Captions, site: Site) -> None:
    """Write the page of all figures, with copies of them that are as large as a screen needs.

    Parameters
    ----------
    figures : PNG files; the PDF of each is beside it.
    captions : title, caption and alt by name of the figure, in the order of the page.

    Raises
    ------
    ValueError : for figures without a caption.
    """
    by_name = {figure.stem: figure for figure in figures}
    if without := sorted(set(by_name) - set(captions)):
        raise ValueError(f"figures without a caption: {', '.join(without)}")
    shown = []
    for name in (name for name in captions if name in by_name):
        picture = scaled(by_name[name], site.root / "figures")
        document = copied(by_name[name].with_suffix(".pdf"), site.root / "downloads")
        shown.append(
            {
                "name": name,
                **captions[name],
                "size": png_size(picture),
                "picture": relative(picture, site.root / "figures.html"),
                "document": relative(document, site.root / "figures.html"),
            }
        )
    site.write("figures.html", "figures.html", title="Figures", figures=shown)
