"""Tables as CSV."""

from __future__ import annotations

import csv
import io

from underbalance.present.table import AnyTable
from underbalance.present.table_style import Style


def csv_text(table: AnyTable, style: Style) -> str:
    """Return the cells as they are shown; numbers in full are in results/estimates."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.header)
    for part in table.parts:
        writer.writerows(part)
    return file.getvalue()
