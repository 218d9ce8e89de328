"""The frame that all pages of the report share, and the files that they load."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from underbalance import __version__
from underbalance.places import in_run
from underbalance.tables import written_whole

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE / "templates"
LOADED: Final = ("site.css", "site.js", "ally.js")
VEGA: Final = "vega.js"
SNIPPET: Final = "window.vegaEmbed = vegaEmbed;"
INDEX: Final = "index.html"
# what the navigation names, and the page that each name leads to
NAVIGATION: Final = {
    "Overview": INDEX,
    "Allies": "allies/index.html",
    "Outcomes": "outcomes/index.html",
    "Cases": "cases/index.html",
    "Tables": "tables/index.html",
    "Figures": "figures.html",
    "Data coverage": "coverage.html",
    "Methods": "methods.html",
    "Provenance": "provenance.html",
}
# pages at the top that belong to a section of another name
SECTIONS: Final = {"measurement.html": "methods.html", "reliability.html": "methods.html"}


def render(
    template: str,
    path: Path,
    *,
    root: Path,
    title: str,
    sample: str,
    charts: bool = False,
    **values: object,
) -> None:
    """Write a page of the report.

    Parameters
    ----------
    template : name of a file in ``templates``, which extends ``base.html``.
    path : the page, somewhere below ``root``.
    root : the folder of the report.
    title : of the page.
    sample : label of the sample that the run is of.
    charts : whether the page has charts and so loads what draws them.
    values : what the template shows; every string in them is escaped.

    Raises
    ------
    jinja2.UndefinedError : for a value that the template needs and was not given.
    ValueError : for a page outside ``root``.
    """
    page = PurePosixPath(path.relative_to(root).as_posix())
    text = (
        _templates()
        .get_template(template)
        .render(
            **values,
            title=title,
            sample=sample,
            charts=charts,
            page_id=page_id(page),
            up="../" * (len(page.parts) - 1),
            navigation=_navigation(page),
            version=__version__,
        )
    )
    with written_whole(path) as part:
        part.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """The report that pages are part of.

    Parameters
    ----------
    root : its folder.
    sample : label of the sample that the run is of.
    """

    root: Path
    sample: str

    def write(
        self, template: str, page: str, *, title: str, charts: bool = False, **values: object
    ) -> None:
        """Write the page that has the path ``page`` below the root (:func:`render`)."""
        render(
            template,
            self.root / page,
            root=self.root,
            sample=self.sample,
            title=title,
            charts=charts,
            **values,
        )


def page_id(page: PurePosixPath) -> str:
    """Return the name of a page for tests and scripts: its path without the ending."""
    return str(page.with_suffix(""))


def write_assets(folder: Path) -> None:
    """Write the files that pages load: the look, the script, and what draws the charts.

    The last is the bundle of Vega, Vega-Lite and Vega-Embed that vl-convert carries.
    """
    import vl_convert

    folder.mkdir(parents=True, exist_ok=True)
    for name in LOADED:
        with written_whole(folder / name) as part:
            shutil.copyfile(HERE / "assets" / name, part)
    with written_whole(folder / VEGA) as part:
        part.write_text(vl_convert.javascript_bundle(SNIPPET), encoding="utf-8")


def relative(target: Path, page: Path) -> str:
    """Return the address of a file of the report as a link on a page has it."""
    return Path(os.path.relpath(target, page.parent)).as_posix()


def keep_only(paths: Sequence[Path], folder: Path) -> None:
    """Remove every other file below a folder: pages that an earlier run left behind."""
    kept = {path.resolve() for path in paths}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.resolve() not in kept:
            path.unlink()


def _navigation(page: PurePosixPath) -> list[tuple[str, str, str]]:
    """Return for each entry its name, its address below the root and its aria-current."""
    own = SECTIONS.get(str(page), str(page))
    return [
        (name, target, "page" if target == str(page) else "true" if _within(own, target) else "")
        for name, target in NAVIGATION.items()
    ]


def _within(page: str, target: str) -> bool:
    """Say whether a page is in the section that an entry of the navigation leads to."""
    if target == INDEX:
        return page == INDEX
    section = target.removesuffix(INDEX).removesuffix(".html").rstrip("/")
    return page == target or page.startswith(f"{section}/")


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["in_run"] = in_run
    return templates
