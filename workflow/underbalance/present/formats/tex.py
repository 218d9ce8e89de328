"""Tables as LaTeX: a float with caption and notes, or rows and rules alone."""

from __future__ import annotations

from underbalance.present.formats import tex_numbers, tex_texts
from underbalance.present.table import AnyTable, WideTable
from underbalance.present.table_style import Style


def float_tex(table: AnyTable, style: Style) -> str:
    r"""Return what is ``\input`` in a paper as it is; the first line names the packages."""
    if isinstance(table, WideTable):
        return _file(*tex_texts.whole_table(table))
    return _file(*tex_numbers.whole_table(table, style))


def tabular_tex(table: AnyTable, style: Style) -> str:
    """Return rows and rules without caption and notes; the first line names the packages.

    They are a ``tabular``, to go in a float of one's own; of a table of texts, which may be
    longer than a page, a ``longtable``.
    """
    if isinstance(table, WideTable):
        return _file(*tex_texts.bare_table(table))
    return _file(*tex_numbers.bare_table(table))


def _file(packages: tuple[str, ...], lines: list[str]) -> str:
    return "\n".join([f"% packages: {', '.join(packages)}", *lines]) + "\n"
