"""The account that `make verify` gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from underbalance.places import in_run, make, sample_of_run
from underbalance.verify.compare import Difference, differences
from underbalance.verify.finished import MANIFEST, NoRunError, Run, finished_run
from underbalance.verify.headline import (
    KEPT,
    REFERENCE,
    Kept,
    Rows,
    read_headline,
    read_rows,
    write_headline,
)
from underbalance.verify.reasons import reasons
from underbalance.verify.tolerance import Value

PASSED: Final = 0
DIFFERS: Final = 1
NO_RUN: Final = 2
SHOWN: Final = 4  # numbers of a table that are named


@dataclass(frozen=True)
class Account:
    """What to print, and the exit status."""

    lines: tuple[str, ...]
    status: int


def verify(reference: Path | None = None, root: Path = Path()) -> Account:
    """Compare the results of the last run with those that are kept.

    Parameters
    ----------
    reference : the numbers that are kept; default: those that the project keeps, which are of
        the default run only.

    Returns
    -------
    A line for each table, the worst numbers of those that differ, and why they can; status 0
    when all agree, 1 when some differ or were edited, 2 without a finished run or a reference.
    """
    try:
        run = finished_run(root)
    except NoRunError as error:
        return Account((f"verify: {error}",), NO_RUN)
    reference = reference or _kept_for_all()
    if reference is None:
        return Account(tuple(_nothing_kept()), NO_RUN)
    if not reference.is_file():
        said = f"verify: no {reference.as_posix()} to compare with; --renew writes one."
        return Account((said,), NO_RUN)
    kept_run, kept_tables = read_headline(reference)
    lines: list[str] = []
    differing = 0
    for kept in KEPT:
        old, new = kept_tables.get(kept.files, {}), read_rows(kept, root)
        if not old and not new:
            continue
        found = differences(kept, old, new)
        differing += bool(found)
        lines += _table_lines(kept, old, found)
    lines += _edited_lines(run)
    if differing:
        lines += ["why:", *(f"  {line}" for line in reasons(kept_run, run.manifest, root))]
    lines.append(_conclusion(differing, run, reference))
    return Account(tuple(lines), DIFFERS if differing or run.edited else PASSED)


def renew(reference: Path | None = None, root: Path = Path()) -> Account:
    """Keep the results of the last run for later comparisons."""
    try:
        run = finished_run(root)
    except NoRunError as error:
        return Account((f"verify: {error}",), NO_RUN)
    reference = reference or _kept_for_all()
    if reference is None:
        return Account(tuple(_nothing_kept()), NO_RUN)
    if run.edited:
        return Account((*_edited_lines(run), "verify: nothing was renewed"), DIFFERS)
    count = write_headline(reference, run.manifest, root)
    return Account((f"kept: {count:,} numbers in {reference.as_posix()}",), PASSED)


def _kept_for_all() -> Path | None:
    return None if sample_of_run() else REFERENCE


def _nothing_kept() -> Iterator[str]:
    """Say that no numbers of this sample are kept, and how to keep one's own."""
    sample = sample_of_run()
    command = f"underbalance verify --sample {sample}"
    yield f"verify: no numbers are kept of the sample {sample}, only of the default run."
    yield f"  keep those of this run:         {command} --renew --reference {sample}.json"
    yield f"  compare a later run with them:  {command} --reference {sample}.json"


def _table_lines(kept: Kept, old: Rows, found: list[Difference]) -> Iterator[str]:
    numbers = len(old) * len(kept.columns)
    if not found:
        yield f"pass     {in_run(kept.files):<52} {numbers:>6,} numbers"
        return
    yield f"DIFFERS  {in_run(kept.files):<52} {len(found):>6,} of {numbers:,} numbers"
    for one in found[:SHOWN]:
        yield f"           {_said(kept, one)}"
    if len(found) > SHOWN:
        yield f"           … and {len(found) - SHOWN:,} more"


def _said(kept: Kept, one: Difference) -> str:
    where = " ".join(filter(None, one.key))
    if not one.column:
        return f"{where}: {_shown(one.kept)} → {_shown(one.found)}"
    told = 2 <= one.times < float("inf")
    far = f" ({one.times:,.0f} times as far as allowed)" if told else ""
    return f"{where}, {one.column}: {_shown(one.kept)} → {_shown(one.found)}{far}"


def _shown(value: Value) -> str:
    if value is None:
        return "empty"
    return f"{value:.7g}" if isinstance(value, float) else value


def _edited_lines(run: Run) -> Iterator[str]:
    manifest = in_run(MANIFEST)
    for name in run.edited:
        yield f"EDITED   {name} is not as the run wrote it (sha256 of {manifest})"


def _conclusion(differing: int, run: Run, reference: Path) -> str:
    if not differing and not run.edited:
        return f"verify: the run replicates {reference.as_posix()}"
    files = "1 file was" if len(run.edited) == 1 else f"{len(run.edited)} files were"
    parts = [
        f"{differing} of {len(KEPT)} tables differ from {reference.as_posix()}"
        if differing
        else "",
        f"{files} edited after the run: `{make('clean')}`, then `{make()}`" if run.edited else "",
    ]
    return f"verify: {'; '.join(filter(None, parts))}"
