"""The pages of all allies of the sample."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from underbalance.explain.facts import Facts
from underbalance.present.ally.explained import write_explanations
from underbalance.present.ally.index import write_ally_index
from underbalance.present.ally.page import Shared, write_ally_page
from underbalance.present.site.frame import keep_only

EXPLAIN = "explain"


def write_ally_pages(facts: Facts, members: Sequence[str], shared: Shared) -> None:
    """Write for each ally its page and explanations, and the list of them.

    Pages of allies that are not of the sample any more are removed.

    Parameters
    ----------
    members : iso3 of the allies of the sample.
    """
    folder = shared.site.root / "allies"
    (folder / EXPLAIN).mkdir(parents=True, exist_ok=True)
    written = [folder / "index.html"]
    for iso3 in _told(members):
        explained = folder / EXPLAIN / f"{iso3}.js"
        write_explanations(facts, iso3, explained)
        written += [write_ally_page(facts, iso3, shared), explained]
    write_ally_index(facts, members, shared.site)
    keep_only(written, folder)


def _told(members: Sequence[str]) -> Iterator[str]:
    """Yield the allies, saying on stderr which one is at work."""
    for place, iso3 in enumerate(members, start=1):
        sys.stderr.write(f"ally pages: {iso3} ({place} of {len(members)})\n")
        sys.stderr.flush()
        yield iso3
