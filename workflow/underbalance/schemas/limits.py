"""Limits that schemas, steps and explanations share, apart from schemas, which load slowly."""

from __future__ import annotations

from math import log

# why a deal is not in the delivery outcome, in the order in which the reasons are tried
EXCLUSIONS = {
    "selected_not_ordered": "the register marks the system as selected, not ordered",
    "second_hand": "second-hand goods come from stock, not from production",
    "engine": "an engine follows the platform it is built into",
    "ordered_in_last_year": "ordered in the register's last year; orders count to the year before",
}
# an order answers a notice when it comes in its year or one of so many after it
ORDER_WINDOW_YEARS = 5
# A year that both editions count as settled and that still moved by more than this was
# counted in another way (pensions, a gendarmerie), so that plan and outturn do not compare.
REDEFINED = 0.05
# beyond a factor of three it is a change of unit or currency and no execution
IMPLAUSIBLE = log(3)
