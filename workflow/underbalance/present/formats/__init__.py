"""Tables as files: one call for every kind of table and every format (:func:`write`)."""

from underbalance.present.formats.html import html_table
from underbalance.present.formats.tex_text import escape_tex
from underbalance.present.formats.writing import write

__all__ = ["escape_tex", "html_table", "write"]
