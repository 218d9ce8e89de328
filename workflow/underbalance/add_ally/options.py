"""What is wrong with an option of the command."""

from __future__ import annotations

from typing import Final

from underbalance.errors import Fault

COMMAND: Final = "underbalance add-ally"


def option_fault(where: str, rule: str, found: str, allowed: str, mend: str) -> Fault:
    """Return a fault of the command line."""
    return Fault(COMMAND, where, rule, found, allowed, mend)
