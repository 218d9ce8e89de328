"""A line on the terminal for each step of long work."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from underbalance.sensitivity.tested import PrimaryTest


def told(what: str, tests: Sequence[PrimaryTest]) -> Iterator[PrimaryTest]:
    """Yield the tests, saying on stderr which one is at work."""
    for place, one in enumerate(tests, start=1):
        sys.stderr.write(f"{what}: {one.spec_id} ({place} of {len(tests)})\n")
        sys.stderr.flush()
        yield one
